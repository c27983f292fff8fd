// Whatever the platform does with requests, each ask has one answer, and none is lost on the way
// through clients that wait, try again and hedge.
import type { HttpRequest, RequestSender } from '@celadon/contracts'
import { createSimulation, exponential, RateProfile } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  closedLoop,
  hedging,
  openLoop,
  type RequestTarget,
  type RetryBudgetOptions,
  retrying,
} from '../../src/index.js'
import { testMix } from './test-mix.js'
import { TestTarget } from './test-target.js'

interface Plan {
  readonly seed: number
  readonly users: number
  readonly perSecond: number
  readonly failures: number
  readonly silence: number
  readonly atOnce: number
  readonly attemptsMax: number
  readonly budget: RetryBudgetOptions | undefined
  readonly hedgesMax: number
}

const plan: fc.Arbitrary<Plan> = fc.record({
  seed: fc.integer(),
  users: fc.nat({ max: 10 }),
  perSecond: fc.nat({ max: 50 }),
  failures: fc.constantFrom(0, 0.3, 0.9, 1),
  silence: fc.constantFrom(0, 0, 0.1),
  atOnce: fc.constantFrom(0, 0.5, 1),
  attemptsMax: fc.integer({ min: 1, max: 4 }),
  budget: fc.constantFrom(undefined, { ratio: 0.1, burst: 2 }),
  hedgesMax: fc.integer({ min: 1, max: 3 }),
})

/** Stands between two clients and counts by itself what goes down and what comes up. */
class Gauge implements RequestTarget {
  asked = 0
  answered = 0
  errors = 0

  constructor(private readonly target: RequestTarget) {}

  handle(request: HttpRequest): void {
    this.asked += 1
    request.sender = new GaugedSender(this, request.sender)
    this.target.handle(request)
  }
}

class GaugedSender implements RequestSender {
  private open = true

  constructor(
    private readonly gauge: Gauge,
    private readonly sender: RequestSender | null,
  ) {}

  answered(answer: HttpRequest): void {
    if (!this.open) throw new Error(`A second answer came: request ${answer.id}.`)
    this.open = false
    this.gauge.answered += 1
    if (answer.status >= 500) this.gauge.errors += 1
    this.sender?.answered(answer)
  }
}

function world(each: Plan) {
  const simulation = createSimulation({ seed: each.seed })
  const draws = simulation.stream('fates')
  const mix = testMix(simulation, exponential({ mean: 50 }))
  const { pool } = mix
  const target = new TestTarget(simulation, () => {
    if (draws.float() < each.silence) return null
    const afterMs = draws.float() < each.atOnce ? 0 : draws.exponential(100)
    return { afterMs, status: draws.float() < each.failures ? 503 : 200 }
  })
  const { attemptsMax, budget, hedgesMax, users } = each
  const hedge = hedging({ simulation, pool, target, afterMs: 80, hedgesMax })
  const below = new Gauge(hedge)
  const retry = retrying({
    simulation,
    pool,
    target: below,
    attemptsMax,
    backOff: { firstMs: 50, jitter: 0.5 },
    ...(budget === undefined ? {} : { budget }),
  })
  const above = new Gauge(retry)
  const loop = closedLoop({
    simulation,
    users,
    thinkMs: exponential({ mean: 40 }),
    mix,
    target: above,
  })
  const arrivals = new RateProfile([{ atMs: 0, perSecond: each.perSecond }])
  const open = openLoop({ simulation, arrivals, mix, target: above })
  loop.start()
  open.start()
  return { simulation, target, hedge, below, retry, above, loop, open, pool }
}

test('asks = succeeded + failed + open at each level, at any moment', () => {
  const property = fc.property(plan, (each) => {
    const { simulation, target, hedge, below, retry, above, loop, open, pool } = world(each)
    for (let count = 0; count < 1000 && simulation.step(); count += 1) {
      const levels = [retry, hedge].map(({ statistics }) => {
        const { asks, succeeded, failed, open: unanswered, attempts, latency } = statistics
        return [asks, succeeded, failed, unanswered, attempts, latency.count]
      })
      const expected = [[above, below.asked] as const, [below, target.handled] as const].map(
        ([{ asked, answered, errors }, attempts]) => {
          return [asked, answered - errors, errors, asked - answered, attempts, answered]
        },
      )
      expect(levels).toEqual(expected)
      const { asks, open: waiting } = loop.statistics
      expect([asks + open.sent, pool.created]).toEqual([above.asked, target.handled])
      expect(waiting).toBeLessThanOrEqual(each.users)
    }
  })
  fc.assert(property, { numRuns: 40 })
})

test('when all is over everything has come to an end, and every request is back in the pool', () => {
  const property = fc.property(plan, (each) => {
    const { simulation, target, hedge, retry, loop, open, pool } = world({ ...each, silence: 0 })
    simulation.run(3000)
    loop.setUsers(0)
    open.stop()
    simulation.run()
    for (const { statistics } of [hedge, retry, loop]) expect(statistics.open).toBe(0)
    expect(target.open).toBe(0)
    const endpoint = { method: 'GET', path: '/', responseBytes: 0 }
    const pooled = new Set<HttpRequest>()
    for (let count = 0; count < target.seen.size; count += 1) pooled.add(pool.take(endpoint))
    expect(pooled).toEqual(target.seen)
  })
  fc.assert(property)
})

test('a run goes on from a snapshot as it did the first time', () => {
  const property = fc.property(plan, fc.integer({ min: 0, max: 1500 }), (each, atMs) => {
    const { simulation, target, hedge, retry, loop, open, above, below } = world(each)
    const outcome = (): unknown => {
      simulation.run(2500)
      const levels = [hedge, retry, loop].map(({ statistics }) => {
        const { asks, attempts, succeeded, failed, latency } = statistics
        return [asks, attempts, succeeded, failed, latency.sum, latency.quantile(0.9)]
      })
      return [levels, open.sent, retry.denied, hedge.wasted, target.handled, target.open]
    }
    simulation.run(atMs)
    const snapshot = simulation.snapshot(above, below)
    const first = outcome()
    snapshot.restore()
    expect(simulation.now).toBe(atMs)
    expect(outcome()).toEqual(first)
  })
  fc.assert(property, { numRuns: 20 })
})
