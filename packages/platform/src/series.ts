const INTERVALS_MAX = 1440
const SECOND_STEPS = [
  1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400,
]
const DAY_MS = 86_400_000

/** The shortest round interval that cuts a run into at most 1440 parts: a minute for a day. */
export function seriesIntervalMs(durationMs: number): number {
  const step = SECOND_STEPS.find((seconds) => durationMs / (seconds * 1000) <= INTERVALS_MAX)
  return step === undefined ? Math.ceil(durationMs / INTERVALS_MAX / DAY_MS) * DAY_MS : step * 1000
}

/** Columns of numbers by name, all of the same length. */
export class Columns {
  private readonly columns = new Map<string, number[]>()
  private length = 0

  /** Adds one row. A name that is new gets zeros for the rows before; one that is missing a zero. */
  append(row: Iterable<readonly [string, number]>): void {
    for (const [name, value] of row) {
      let column = this.columns.get(name)
      if (column === undefined) {
        column = new Array<number>(this.length).fill(0)
        this.columns.set(name, column)
      }
      column.push(value)
    }
    this.length += 1
    for (const column of this.columns.values()) if (column.length < this.length) column.push(0)
  }

  /** Highest value of each column. */
  maxima(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.columns].map(([name, column]) => [
        name,
        column.reduce((max, value) => Math.max(max, value), 0),
      ]),
    )
  }

  toRecord(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries([...this.columns].map(([name, column]) => [name, [...column]]))
  }
}

/** Turns a count that only grows into its growth since it was last asked. */
export class Growth {
  private readonly before = new Map<string, number>()

  of(name: string, count: number): number {
    const growth = count - (this.before.get(name) ?? 0)
    this.before.set(name, count)
    return growth
  }
}
