import type { LogRow } from './log-row.js'

/** What gets every line that the log takes in: firehoses, drains, tail sessions. */
export interface LogOutlet {
  /** A line was taken in. The row is written over later, so what is kept of it has to be copied. */
  take(row: LogRow): void
}
