import type { LogSource } from '@celadon/contracts'

/** Which lines a reader wants, as `heroku logs --source SOURCE --ps PROCESS` does. */
export interface LineSelection {
  /** Only lines of this source. */
  readonly source?: LogSource
  /** Only lines of this process, or of all of a type: `web` stands for `web.1`, `web.2` and so on. */
  readonly process?: string
}

/** Decides about lines by where they come from. */
export class LineFilter {
  private readonly source: LogSource | null
  private readonly process: string | null
  private readonly type: string

  constructor({ source, process }: LineSelection) {
    this.source = source ?? null
    this.process = process ?? null
    this.type = `${process ?? ''}.`
  }

  passes(source: LogSource, process: string): boolean {
    if (this.source !== null && source !== this.source) return false
    return this.process === null || process === this.process || process.startsWith(this.type)
  }
}
