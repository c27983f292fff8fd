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

/** A mean and half the width of its confidence interval. */
export interface Estimate {
  readonly mean: number
  readonly halfWidth: number
}

const BATCHES = 40
/** Student's t with 39 degrees of freedom, two-sided: a correct run misses 1 time in 1000. */
const T_999 = 3.558

/**
 * Method of batch means: correlated observations are cut into 40 batches whose means are nearly
 * independent. The first batch is the warm-up and is dropped.
 */
export function batchMeans(observations: readonly number[]): Estimate {
  const length = Math.floor(observations.length / (BATCHES + 1))
  const means: number[] = []
  for (let batch = 1; batch <= BATCHES; batch += 1) {
    let sum = 0
    for (let index = batch * length; index < (batch + 1) * length; index += 1) {
      sum += observations[index] ?? 0
    }
    means.push(sum / length)
  }
  const mean = means.reduce((sum, value) => sum + value, 0) / BATCHES
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (BATCHES - 1)
  return { mean, halfWidth: T_999 * Math.sqrt(variance / BATCHES) }
}

export function covers({ mean, halfWidth }: Estimate, value: number): boolean {
  return Math.abs(mean - value) <= halfWidth
}
