import { LogRow } from '../channel/log-row.js'

/** Lines that log-shuttle posts together. Rows are made once and written over. */
export class Batch {
  /** Lines in it. */
  length = 0
  private readonly rows: LogRow[] = []

  /** The row for the next line. */
  claim(): LogRow {
    let row = this.rows[this.length]
    if (row === undefined) {
      row = new LogRow()
      this.rows.push(row)
    }
    this.length += 1
    return row
  }

  /** A line, from 0 on. */
  row(index: number): LogRow {
    return this.rows[index] as LogRow
  }

  clear(): void {
    this.length = 0
  }
}
