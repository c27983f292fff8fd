import type { MetricsView } from '@celadon/platform'

/** What becomes of intervals that share a column. */
export type Merge = (values: readonly number[]) => number

export const highest: Merge = (values) => values.reduce((most, value) => Math.max(most, value))
export const total: Merge = (values) => values.reduce((sum, value) => sum + value, 0)
export const mean: Merge = (values) => total(values) / values.length

/**
 * How the intervals of a view lie on the columns of a terminal: each column holds the same whole
 * number of intervals, or each interval fills the same whole number of columns.
 */
export class TimeGrid {
  /** Columns that are drawn. */
  readonly width: number
  /** Milliseconds that one column stands for. */
  readonly columnMs: number
  private readonly startMs: number
  private readonly merged: number
  private readonly repeated: number

  /** @param room columns that there are, at least one */
  constructor({ length, resolutionMs, startMs }: MetricsView, room: number) {
    this.merged = Math.max(Math.ceil(length / room), 1)
    this.repeated = Math.max(Math.floor(room / Math.max(length, 1)), 1)
    this.width = Math.ceil(length / this.merged) * this.repeated
    this.columnMs = (resolutionMs * this.merged) / this.repeated
    this.startMs = startMs
  }

  /** The values of the columns; null where no interval has one. */
  columns(values: readonly (number | null)[], merge: Merge): (number | null)[] {
    return Array.from({ length: this.width }, (_, column) => {
      const first = Math.floor(column / this.repeated) * this.merged
      const known = values.slice(first, first + this.merged).filter((value) => value !== null)
      return known.length === 0 ? null : merge(known)
    })
  }

  /** The column of a virtual time; it may lie outside. */
  columnAt(atMs: number): number {
    return Math.floor((atMs - this.startMs) / this.columnMs)
  }

  /** Virtual time at which a column starts. */
  timeAt(column: number): number {
    return this.startMs + column * this.columnMs
  }
}
