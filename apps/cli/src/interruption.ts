import { systemCode } from './command-error.js'
import { EXIT_CODES } from './exit-codes.js'
import { writeProblem } from './output-files.js'

/** Why a run ends before its time. */
export type StopReason = 'interrupted' | 'terminated' | 'unread' | 'unwritable'

/**
 * Hears of Ctrl-C, of SIGTERM, of a reader of standard output that went away, as `head` does, and of
 * other errors of standard output. A run that asks now and then can stop in an orderly way; a second
 * Ctrl-C ends the program at once.
 */
export class Interruption {
  /** Why the run ought to stop; null while it may go on. */
  reason: StopReason | null = null

  listen(): void {
    process.on('SIGINT', () => this.signalled('interrupted'))
    process.on('SIGTERM', () => this.signalled('terminated'))
    process.stdout.on('error', (error) => this.outputFailed(systemCode(error)))
    // Nothing is left to tell it to.
    process.stderr.on('error', () => {})
  }

  private outputFailed(code: string | undefined): void {
    if (this.reason !== null) return
    this.reason = code === 'EPIPE' ? 'unread' : 'unwritable'
    if (this.reason === 'unread') return
    process.stderr.write(`standard output: ${writeProblem(code)}\n`)
    process.exitCode = EXIT_CODES.failed
  }

  private signalled(reason: 'interrupted' | 'terminated'): void {
    if (this.reason === reason) process.exit(EXIT_CODES[reason])
    this.reason = reason
  }
}

/** How the program ends after a run that stopped for this reason. */
export function exitCodeOf(reason: StopReason): number {
  switch (reason) {
    case 'unread':
      return EXIT_CODES.done
    case 'unwritable':
      return EXIT_CODES.failed
    case 'interrupted':
    case 'terminated':
      return EXIT_CODES[reason]
  }
}
