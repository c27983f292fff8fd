import { LogRow } from './log-row.js'

/**
 * The newest lines, a fixed number of them, by their numbers: the first line that was ever written
 * has number 1. Rows are made once and written over.
 */
export class LogRing {
  /** Lines written so far, which is the number of the newest. */
  written = 0
  private next = 0
  private readonly rows: readonly LogRow[]

  constructor(capacity: number) {
    this.rows = Array.from({ length: capacity }, () => new LogRow())
  }

  /** The row for the next line: an unused one, or that of the oldest line. */
  claim(): LogRow {
    const { rows } = this
    const row = rows[this.next] as LogRow
    this.next += 1
    if (this.next === rows.length) this.next = 0
    this.written += 1
    return row
  }

  /** The row of a line that is still there, by its number. */
  row(number: number): LogRow {
    const { rows } = this
    const index = this.next - 1 - (this.written - number)
    return rows[index < 0 ? index + rows.length : index] as LogRow
  }
}
