// Retries can hold an app down long after what brought it down has passed: a metastable failure
// (Bronson, Aghayev, Charapko and Zhu, Metastable Failures in Distributed Systems, 2021). Dynos work
// on after an H12, so an app that answers nobody in time is busy all the same.
import { createSimulation, exponential, RateProfile } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { createRouter, openLoop, type RetryingOptions, retrying } from '../../src/index.js'
import { FifoDyno } from '../fifo-dyno.js'
import { TestPool } from '../test-pool.js'
import { testMix } from './test-mix.js'

const MINUTE_MS = 60_000

/** Share of good answers in minutes 20 to 30, after a spike of one minute. */
function recovered(options: Partial<RetryingOptions>): number {
  const simulation = createSimulation({ seed: 'spike' })
  const dynos = [1, 2, 3, 4].map((number) => new FifoDyno(`web.${number}`, simulation))
  const router = createRouter({ simulation, pool: new TestPool(dynos) })
  const mix = testMix(simulation, exponential({ mean: 100 }))
  const backOff = { firstMs: 1000, jitter: 1 }
  const clients = retrying({ simulation, pool: mix.pool, target: router, backOff, ...options })
  // The dynos can serve 40 a second.
  const arrivals = new RateProfile([
    { atMs: 0, perSecond: 28 },
    { atMs: 2 * MINUTE_MS, perSecond: 28 },
    { atMs: 2 * MINUTE_MS, perSecond: 120 },
    { atMs: 3 * MINUTE_MS, perSecond: 120 },
    { atMs: 3 * MINUTE_MS, perSecond: 28 },
  ])
  openLoop({ simulation, arrivals, mix, target: clients }).start()
  const { statistics } = clients
  simulation.run(2 * MINUTE_MS)
  expect(statistics.failed).toBe(0)
  simulation.run(20 * MINUTE_MS)
  const { succeeded, failed } = statistics
  simulation.run(30 * MINUTE_MS)
  const good = statistics.succeeded - succeeded
  return good / (good + statistics.failed - failed)
}

test('an app recovers from a spike without retries and with a budget for them, not without one', () => {
  expect(recovered({ attemptsMax: 1 })).toBe(1)
  // Four attempts at 28 asks a second are 112 requests a second, which keep the dynos late for ever.
  expect(recovered({ attemptsMax: 4 })).toBeLessThan(0.01)
  expect(recovered({ attemptsMax: 4, budget: { ratio: 0.1 } })).toBe(1)
})
