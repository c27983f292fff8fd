import { LogRow } from './log-row.js'

/** The newest lines, a fixed number of them. Rows are made once and written over. */
export class LogRing {
  /** Rows in use. */
  size = 0
  private next = 0
  private readonly rows: readonly LogRow[]

  constructor(capacity: number) {
    this.rows = Array.from({ length: capacity }, () => new LogRow())
  }

  /** The row for the newest line: an unused one, or that of the oldest line. */
  claim(): LogRow {
    const { rows } = this
    const row = rows[this.next] as LogRow
    this.next += 1
    if (this.next === rows.length) this.next = 0
    if (this.size < rows.length) this.size += 1
    return row
  }

  /** A row by its age: 0 is the newest, `size - 1` the oldest. */
  row(age: number): LogRow {
    const { rows } = this
    const index = this.next - 1 - age
    return rows[index < 0 ? index + rows.length : index] as LogRow
  }
}
