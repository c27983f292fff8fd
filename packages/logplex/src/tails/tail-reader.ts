import type { TailSession } from './tail-session.js'

/** A line as a tail session hands it on. */
export interface TailLine {
  /**
   * Number of the line in the app's log, from 1: the event id by which a reader resumes. A line that
   * logplex adds for this session has the number of the line before it.
   */
  readonly id: number
  /** The line as `heroku logs` prints it. */
  readonly text: string
}

/** Who reads a tail session: a program at the other end of the connection, or a model of one. */
export interface TailReader {
  /**
   * Gets lines, oldest first, at least one. No more come until `session.ready()` is called, which may
   * be at once; meanwhile the session's buffer fills.
   */
  take(lines: readonly TailLine[], session: TailSession): void
}

/** A reader that never falls behind: it gets each line at once. */
export function promptReader(write: (line: TailLine) => void): TailReader {
  return new PromptReader(write)
}

class PromptReader implements TailReader {
  constructor(private readonly write: (line: TailLine) => void) {}

  take(lines: readonly TailLine[], session: TailSession): void {
    for (const line of lines) this.write(line)
    session.ready()
  }
}
