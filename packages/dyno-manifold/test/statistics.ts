import { expect } from 'vitest'

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
 * independent. The first of 41 is the warm-up and is dropped.
 */
export function batchMeans(observations: readonly number[]): Estimate {
  const length = Math.floor(observations.length / (BATCHES + 1))
  const means = Array.from({ length: BATCHES }, (_, index) => {
    const batch = observations.slice((index + 1) * length, (index + 2) * length)
    return batch.reduce((sum, value) => sum + value, 0) / length
  })
  const mean = means.reduce((sum, value) => sum + value, 0) / BATCHES
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (BATCHES - 1)
  return { mean, halfWidth: T_999 * Math.sqrt(variance / BATCHES) }
}

export function covers({ mean, halfWidth }: Estimate, value: number): boolean {
  return Math.abs(mean - value) <= halfWidth
}

/** The estimate covers what theory says and is precise enough to mean something. */
export function expectMean(estimate: Estimate, theory: number, precision: number): void {
  const { mean, halfWidth } = estimate
  expect(halfWidth / theory).toBeLessThan(precision)
  expect(covers(estimate, theory), `${mean} ± ${halfWidth} ms, not ${theory} ms`).toBe(true)
}

/** Mean wait in M/M/c, in units of the mean service time; `load` in erlangs. */
export function erlangWait(servers: number, load: number): number {
  let blocking = 1
  for (let count = 1; count <= servers; count += 1) {
    blocking = (load * blocking) / (count + load * blocking)
  }
  const delayed = blocking / (1 - (load / servers) * (1 - blocking))
  return delayed / (servers - load)
}
