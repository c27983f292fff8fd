/**
 * How far a sum of chi-squared terms lies above its expectation, in standard deviations. With tens
 * of cells it is nearly normal: a correct generator passes 4 in all but 3 of 100,000 seeds.
 */
export function chiSquaredExcess(observed: readonly number[], expected: readonly number[]): number {
  let sum = 0
  for (const [cell, count] of observed.entries()) {
    const mean = expected[cell] ?? 0
    sum += (count - mean) ** 2 / mean
  }
  return (sum - observed.length) / Math.sqrt(2 * observed.length)
}

/** How many values fall into each of `cells` equal parts of [0, end). */
export function countCells(values: Iterable<number>, cells: number, end: number): number[] {
  const counts: number[] = new Array(cells).fill(0)
  for (const value of values) {
    const cell = Math.floor((value / end) * cells)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  return counts
}
