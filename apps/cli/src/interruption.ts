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
  private readonly controller = new AbortController()

  /** Aborted when there is a reason to stop: for what waits and cannot ask. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  listen(): void {
    process.on('SIGINT', () => this.signalled('interrupted'))
    process.on('SIGTERM', () => this.signalled('terminated'))
    process.stdout.on('error', (error) => this.standardOutputFailed(systemCode(error)))
    // Nothing is left to tell it to.
    process.stderr.on('error', () => {})
  }

  /** An output cannot be written: there is no use in running on for it. */
  readonly outputFailed = (message: string): void => {
    process.stderr.write(`${message}\n`)
    this.stop('unwritable')
  }

  private standardOutputFailed(code: string | undefined): void {
    if (code === 'EPIPE') this.stop('unread')
    else if (this.reason === null) this.outputFailed(`standard output: ${writeProblem(code)}`)
    // A failure after the run finds nobody who asks for the reason.
    if (this.reason !== null) process.exitCode = exitCodeOf(this.reason)
  }

  private signalled(reason: 'interrupted' | 'terminated'): void {
    if (this.reason === reason) process.exit(EXIT_CODES[reason])
    this.reason = reason
    this.controller.abort()
  }

  private stop(reason: StopReason): void {
    this.reason ??= reason
    this.controller.abort()
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
