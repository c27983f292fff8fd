// Clients that send a second copy when the first one's answer takes long.
import { createSimulation, type Simulation } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { type HedgingOptions, hedging } from '../../src/index.js'
import { isBelievable } from './binomial.js'
import { testMix } from './test-mix.js'
import { type Fate, TestTarget } from './test-target.js'
import { TestUser } from './test-user.js'

function clients(
  fate: (simulation: Simulation) => Fate | null,
  options: Partial<HedgingOptions> = {},
) {
  const simulation = createSimulation({ seed: 'hedging' })
  const target = new TestTarget(simulation, () => fate(simulation))
  const mix = testMix(simulation)
  const hedge = hedging({ simulation, pool: mix.pool, target, afterMs: 100, ...options })
  return { simulation, target, mix, hedge, user: new TestUser(mix, hedge) }
}

function scripted(fates: readonly Fate[], options: Partial<HedgingOptions> = {}) {
  const rest = [...fates]
  return clients(() => rest.shift() ?? null, options)
}

test('a quick answer needs no copy', () => {
  const { simulation, user, hedge } = scripted([{ afterMs: 99, status: 200 }])
  user.ask()
  simulation.run()
  expect(user.answers).toEqual([200])
  expect(hedge.statistics).toMatchObject({ asks: 1, attempts: 1, succeeded: 1 })
  expect(hedge.statistics.latency.max).toBe(99)
})

test('the first good answer counts, that of the loser is wasted', () => {
  const { simulation, user, hedge } = scripted([
    { afterMs: 500, status: 201 },
    { afterMs: 50, status: 200 },
  ])
  simulation.run(70)
  user.ask()
  simulation.run()
  expect(user.answers).toEqual([200])
  expect(hedge.wasted).toBe(1)
  expect(hedge.statistics).toMatchObject({ asks: 1, attempts: 2, succeeded: 1, failed: 0 })
  expect(hedge.statistics.latency).toMatchObject({ count: 1, sum: 150 })
})

test('an error waits for the copy that is under way', () => {
  const { simulation, user, hedge } = scripted([
    { afterMs: 500, status: 201 },
    { afterMs: 50, status: 503 },
  ])
  user.ask()
  simulation.run()
  expect(user.answers).toEqual([201])
  expect(hedge.wasted).toBe(0)
  expect(hedge.statistics).toMatchObject({ succeeded: 1, failed: 0 })
})

test('an error without another copy under way is the answer', () => {
  const { simulation, user, hedge, target } = scripted([{ afterMs: 50, status: 503 }])
  user.ask()
  simulation.run()
  expect(user.answers).toEqual([503])
  expect(target.handled).toBe(1)
  expect(hedge.statistics).toMatchObject({ attempts: 1, succeeded: 0, failed: 1 })
})

test('when all copies fail, so does the ask', () => {
  const { simulation, user, hedge } = scripted([
    { afterMs: 500, status: 500 },
    { afterMs: 50, status: 503 },
  ])
  user.ask()
  simulation.run()
  expect(user.answers).toEqual([500])
  expect(hedge.statistics).toMatchObject({ attempts: 2, succeeded: 0, failed: 1 })
})

test('copies follow each other at the same distance, up to the most', () => {
  const times: number[] = []
  const { simulation, user, hedge } = clients(
    ({ now }) => {
      times.push(now)
      return null
    },
    { hedgesMax: 3 },
  )
  user.ask()
  simulation.run(10_000)
  expect(times).toEqual([0, 100, 200, 300])
  expect(hedge.statistics).toMatchObject({ asks: 1, attempts: 4, open: 1 })
})

describe('with independent exponential answers', () => {
  const MEAN_MS = 200
  const AFTER_MS = 100
  const ASKS = 50_000

  test('P(T > t) is the product of the two tails', () => {
    const { simulation, user, hedge, target } = clients(
      () => ({ afterMs: answers.exponential(MEAN_MS), status: 200 }),
      { afterMs: AFTER_MS },
    )
    const answers = simulation.stream('answers')
    for (let count = 0; count < ASKS; count += 1) user.ask()
    simulation.run()
    const { latency } = hedge.statistics
    const tail = (tMs: number): number => Math.exp(-Math.max(0, tMs) / MEAN_MS)
    for (const tMs of [50, 90, 150, 250, 400, 600]) {
      // A cell of the histogram lies between these two: count what is surely above, and surely not.
      const low = latency.countAbove(tMs * (1 + 1 / 128))
      const high = latency.countAbove(tMs * (1 - 1 / 128))
      const expected = ASKS * tail(tMs) * tail(tMs - AFTER_MS)
      const margin = 5 * Math.sqrt(expected)
      expect(low).toBeLessThan(expected + margin)
      expect(high).toBeGreaterThan(expected - margin)
    }
    expect(isBelievable(target.handled - ASKS, ASKS, tail(AFTER_MS))).toBe(true)
    expect(hedge.wasted).toBe(target.handled - ASKS)
  })
})
