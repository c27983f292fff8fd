import { BatchMeans, covers, type Interval } from '@celadon/kernel'
import { expect } from 'vitest'

/** The mean in the long run with its 99.9 % interval. A first part, 1 in 41, is the warm-up. */
export function longRunMean(observations: readonly number[]): Interval {
  const means = new BatchMeans()
  for (const value of observations.slice(Math.floor(observations.length / 41))) means.record(value)
  return means.interval(0.999)
}

/** The interval covers what theory says and is precise enough to mean something. */
export function expectMean(interval: Interval, theory: number, precision: number): void {
  const { estimate, halfWidth } = interval
  expect(halfWidth / theory).toBeLessThan(precision)
  expect(covers(interval, theory), `${estimate} ± ${halfWidth} ms, not ${theory} ms`).toBe(true)
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
