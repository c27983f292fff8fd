// Clients that try again: how often, after which pauses, and what that does to the load.
import { createSimulation, exponential, RateProfile } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLoop, type RetryingOptions, retrying } from '../../src/index.js'
import { isBelievable } from './binomial.js'
import { testMix } from './test-mix.js'
import { type Fate, TestTarget } from './test-target.js'
import { TestUser } from './test-user.js'

const USE = { lengthMs: 1000, clientEveryMs: 100, dynoEveryMs: 100 }
const REFUSED: Fate = { afterMs: 0, status: 503 }

function clients(fate: () => Fate | null, options: Partial<RetryingOptions> = {}) {
  const simulation = createSimulation({ seed: 'retrying' })
  const times: number[] = []
  const target = new TestTarget(simulation, () => {
    times.push(simulation.now)
    return fate()
  })
  const mix = testMix(simulation, exponential({ mean: 50 }))
  const backOff = { firstMs: 1000 }
  const retry = retrying({ simulation, pool: mix.pool, target, backOff, ...options })
  const user = new TestUser(mix, retry)
  return { simulation, target, times, mix, retry, user }
}

describe('attempts', () => {
  test('a good answer ends the ask', () => {
    const answers = [503, 500, 200, 200]
    const { simulation, user, retry, times } = clients(() => {
      return { afterMs: 10, status: answers.shift() ?? 0 }
    })
    simulation.run(500)
    user.ask()
    simulation.run()
    expect(user.answers).toEqual([200])
    expect(times).toEqual([500, 1510, 3520])
    expect(retry.statistics).toMatchObject({ asks: 1, attempts: 3, succeeded: 1, failed: 0 })
    expect(retry.statistics.latency).toMatchObject({ count: 1, sum: 3030 })
  })

  test('the last error is the answer', () => {
    const answers = [500, 501, 502, 503]
    const { simulation, user, retry } = clients(() => {
      return { afterMs: 0, status: answers.shift() ?? 0 }
    })
    user.ask()
    simulation.run()
    expect(user.answers).toEqual([502])
    expect(retry.statistics).toMatchObject({ asks: 1, attempts: 3, succeeded: 0, failed: 1 })
  })

  test('each is a new request of the same user for the same work', () => {
    const simulation = createSimulation({ seed: 'copies' })
    const sent: unknown[][] = []
    const target = new TestTarget(simulation, (request) => {
      const { id, work, endpoint, session, link, patienceMs, stalls, webSocket } = request
      sent.push([id, work.demandMs, work.steps, endpoint, session, link, patienceMs])
      expect([stalls, webSocket]).toEqual([true, USE])
      return { afterMs: 5, status: 503 }
    })
    const mix = testMix(simulation, exponential({ mean: 50 }), {
      sessions: 3,
      patienceMs: exponential({ mean: 9000 }),
      link: { uploadBytesPerMs: 1, downloadBytesPerMs: 2 },
    })
    const retry = retrying({ simulation, pool: mix.pool, target, backOff: { firstMs: 10 } })
    const user = new TestUser(mix, {
      handle(request) {
        request.stalls = true
        request.webSocket = USE
        retry.handle(request)
      },
    })
    user.ask()
    simulation.run()
    const [first = []] = sent
    expect(first.includes(undefined)).toBe(false)
    expect(sent).toEqual([1, 2, 3].map((id) => [id, ...first.slice(1)]))
    expect(target.seen.size).toBeGreaterThan(1)
  })

  test('what is tried again can be chosen; what would be tried again has failed', () => {
    const answers = [429, 500, 429, 429]
    const { simulation, user, retry } = clients(
      () => ({ afterMs: 0, status: answers.shift() ?? 0 }),
      { attemptsMax: 2, retryOn: ({ status }) => status === 429 },
    )
    user.ask()
    simulation.run()
    user.ask()
    simulation.run()
    expect(user.answers).toEqual([500, 429])
    expect(retry.statistics).toMatchObject({ asks: 2, attempts: 4, failed: 2 })
  })

  test('with independent failures their number is geometric, cut off at the most', () => {
    const FAILURE = 0.4
    const MOST = 4
    const ASKS = 40_000
    const simulation = createSimulation({ seed: 'geometric' })
    const draws = simulation.stream('failures')
    const attempts = new Map<number, number>()
    const target = new TestTarget(simulation, ({ work }) => {
      // Every ask has a demand of its own, by which its attempts are known.
      attempts.set(work.demandMs, (attempts.get(work.demandMs) ?? 0) + 1)
      return { afterMs: 20, status: draws.float() < FAILURE ? 500 : 200 }
    })
    const mix = testMix(simulation, exponential({ mean: 50 }))
    const retry = retrying({
      simulation,
      pool: mix.pool,
      target,
      attemptsMax: MOST,
      backOff: { firstMs: 100, jitter: 1 },
    })
    const user = new TestUser(mix, retry)
    for (let count = 0; count < ASKS; count += 1) user.ask()
    simulation.run()
    for (let count = 1; count <= MOST; count += 1) {
      const asks = [...attempts.values()].filter((each) => each === count).length
      const probability = FAILURE ** (count - 1) * (count < MOST ? 1 - FAILURE : 1)
      expect(isBelievable(asks, ASKS, probability)).toBe(true)
    }
    expect(isBelievable(retry.statistics.failed, ASKS, FAILURE ** MOST)).toBe(true)
    expect(isBelievable(retry.statistics.failed, ASKS, FAILURE ** (MOST - 1))).toBe(false)
  })
})

describe('back-off', () => {
  test('pauses grow by the factor up to the longest one', () => {
    const { simulation, user, times } = clients(() => REFUSED, {
      attemptsMax: 6,
      backOff: { firstMs: 100, factor: 3, maxMs: 2000 },
    })
    user.ask()
    simulation.run()
    expect(times).toEqual([0, 100, 400, 1300, 3300, 5300])
  })

  test('jitter leaves its share of a pause to chance, each part as likely', () => {
    const { simulation, user, times } = clients(() => REFUSED, {
      attemptsMax: 20_001,
      backOff: { firstMs: 1000, factor: 1, jitter: 0.4 },
    })
    user.ask()
    simulation.run()
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    // A pause is the difference of two times of up to 2e7 ms, so its last bits are lost.
    expect(Math.min(...pauses)).toBeGreaterThan(600 - 1e-6)
    expect(Math.max(...pauses)).toBeLessThan(1000 + 1e-6)
    for (const limitMs of [650, 700, 800, 900]) {
      const below = pauses.filter((pause) => pause < limitMs).length
      expect(isBelievable(below, pauses.length, (limitMs - 600) / 400)).toBe(true)
    }
  })

  test('a client that tries again at once stops all the same', () => {
    const { simulation, user, target } = clients(() => REFUSED, {
      attemptsMax: 2000,
      backOff: { firstMs: 0 },
    })
    user.ask()
    simulation.run()
    expect(target.handled).toBe(2000)
    expect(simulation.now).toBe(0)
  })
})

describe('when everything fails', () => {
  test('the load grows to the attempts at most', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer(),
      (attemptsMax, seed) => {
        const simulation = createSimulation({ seed })
        const target = new TestTarget(simulation, () => ({ afterMs: 30, status: 503 }))
        const mix = testMix(simulation)
        const backOff = { firstMs: 50, jitter: 0.5 }
        const retry = retrying({
          simulation,
          pool: mix.pool,
          target,
          attemptsMax,
          backOff,
        })
        const arrivals = new RateProfile([{ atMs: 0, perSecond: 100 }])
        const loop = openLoop({ simulation, arrivals, mix, target: retry })
        loop.start()
        simulation.run(2000)
        loop.stop()
        simulation.run()
        expect(retry.statistics.asks).toBe(loop.sent)
        expect(retry.statistics.failed).toBe(loop.sent)
        expect(target.handled).toBe(loop.sent * attemptsMax)
      },
    )
    fc.assert(property)
  })

  test('a budget bounds it at any moment', () => {
    const property = fc.property(
      fc.integer(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat({ max: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seed, ratio, burst, failures) => {
        const simulation = createSimulation({ seed })
        const draws = simulation.stream('failures')
        const target = new TestTarget(simulation, () => {
          return { afterMs: 30, status: draws.float() < failures ? 503 : 200 }
        })
        const mix = testMix(simulation)
        const retry = retrying({
          simulation,
          pool: mix.pool,
          target,
          attemptsMax: 5,
          backOff: { firstMs: 20 },
          budget: { ratio, burst },
        })
        const arrivals = new RateProfile([{ atMs: 0, perSecond: 100 }])
        openLoop({ simulation, arrivals, mix, target: retry }).start()
        const { statistics } = retry
        while (simulation.now < 3000) {
          simulation.step()
          const most = statistics.asks * (1 + ratio) + burst
          expect(statistics.attempts).toBeLessThanOrEqual(most + 1e-9 * most)
        }
      },
    )
    fc.assert(property, { numRuns: 50 })
  })

  test('a budget is spent to the last token', () => {
    const { simulation, user, retry } = clients(() => ({ afterMs: 10, status: 503 }), {
      attemptsMax: 10,
      backOff: { firstMs: 0 },
      budget: { ratio: 0.25, burst: 3 },
    })
    for (let count = 0; count < 400; count += 1) user.ask()
    simulation.run()
    // All asks come before the first retry, and no more than three tokens can be saved.
    expect(retry.statistics).toMatchObject({ asks: 400, attempts: 403, failed: 400 })
    expect(retry.denied).toBe(400)
    for (let count = 0; count < 400; count += 1) {
      user.ask()
      simulation.run()
    }
    // One ask in four earns a retry, which fails and is denied another one.
    expect(retry.statistics).toMatchObject({ asks: 800, attempts: 903, failed: 800 })
  })
})
