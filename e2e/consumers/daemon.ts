import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { inTime } from './deadline.js'

/** A program that runs in the background until it is told to end. */
export class Daemon {
  /** What it said on standard error so far. */
  said = ''
  private readonly child: ChildProcess
  private readonly ended: Promise<unknown>

  constructor(
    private readonly command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
  ) {
    this.child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    this.ended = once(this.child, 'close')
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said += text
    })
  }

  /** Waits until it is ready; the error has its own words when it ends before, or never is. */
  async ready(sign: Promise<unknown>): Promise<void> {
    const failed = this.ended.then(() => {
      throw new Error(`${this.command} ended before it was ready: ${this.said}`)
    })
    await inTime(Promise.race([sign, failed]), () => `${this.command} is ready. ${this.said}`)
  }

  /** Waits until it has said `words` on standard error. */
  async says(words: string): Promise<void> {
    for (const { stderr } = this.child; stderr !== null && !this.said.includes(words); ) {
      await once(stderr, 'data')
    }
  }

  /** Lets it finish what it has begun, and waits for its end. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM')
    try {
      await inTime(this.ended, () => `${this.command} ends. ${this.said}`)
    } finally {
      this.child.kill('SIGKILL')
    }
  }
}
