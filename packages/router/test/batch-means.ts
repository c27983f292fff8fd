/** A mean and half the width of its confidence interval. */
export interface Estimate {
  readonly mean: number
  readonly halfWidth: number
}

const BATCHES = 40
/** Student's t with 39 degrees of freedom, two-sided: a correct run misses 1 time in 1000. */
const T_999 = 3.558

/**
 * Method of batch means: correlated observations are cut into 41 batches whose means are nearly
 * independent. The first one is the warm-up and is dropped.
 */
export function batchMeans(observations: Float64Array): Estimate {
  const length = Math.floor(observations.length / (BATCHES + 1))
  const means = Array.from({ length: BATCHES }, (_, batch) =>
    average(observations.subarray((batch + 1) * length, (batch + 2) * length)),
  )
  const mean = average(means)
  const squares = means.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return { mean, halfWidth: T_999 * Math.sqrt(squares / (BATCHES - 1) / BATCHES) }
}

export function covers({ mean, halfWidth }: Estimate, value: number): boolean {
  return Math.abs(mean - value) <= halfWidth
}

function average(values: Float64Array | readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
