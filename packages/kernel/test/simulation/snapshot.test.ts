import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BatchMeans,
  BatchQuantiles,
  createSimulation,
  exponential,
  Fifo,
  Histogram,
  Moments,
  Resource,
  Sampler,
  type Simulation,
  startProcess,
  type Timeout,
  TimeWeighted,
} from '../../src/index.js'

/** A model that uses all parts of the kernel that keep state. */
class Shop {
  readonly waits = new Histogram()
  readonly means = new BatchMeans()
  readonly quantiles = new BatchQuantiles()
  readonly moments = new Moments()
  readonly length: TimeWeighted = new TimeWeighted()
  readonly line = new Fifo<Customer>()
  readonly desks: Resource
  readonly patience: Timeout<Customer>
  readonly demands: Sampler
  readonly byDay = new Map<number, number>()
  readonly seen = new Set<number>()
  readonly crowd: number[] = []
  lost = 0

  constructor(readonly simulation: Simulation) {
    this.desks = new Resource(simulation, { capacity: 2 })
    this.patience = simulation.timeout(40, giveUp)
    this.demands = new Sampler(exponential({ mean: 15 }), simulation.stream('demands'))
    const gaps = simulation.stream('gaps')
    simulation.source(() => gaps.exponential(10), arrive, this)
    simulation.schedule(0, holiday, this)
  }

  /** All that can be seen of the shop. */
  report(): unknown {
    const { simulation, waits, moments, length, lost, desks, line } = this
    return {
      now: simulation.now,
      executed: simulation.executed,
      pending: simulation.pending,
      waits: [waits.count, waits.sum, waits.quantile(0.9)],
      moments: [moments.mean, moments.variance],
      means: this.means.interval(),
      p90: this.quantiles.interval(0.9),
      length: length.mean(simulation.now),
      busy: desks.busy.mean(simulation.now),
      line: [line.length, desks.queue.value, lost],
      byDay: [...this.byDay],
      seen: this.seen.size,
      crowd: this.crowd.slice(),
      next: simulation.stream('late').float(),
    }
  }
}

class Customer {
  timer = 0
  readonly arrivedMs: number
  constructor(readonly shop: Shop) {
    this.arrivedMs = shop.simulation.now
  }
}

function arrive(shop: Shop): void {
  const customer = new Customer(shop)
  customer.timer = shop.patience.arm(customer)
  shop.length.add(1, shop.simulation.now)
  shop.line.push(customer)
  shop.desks.request(begin, shop)
}

function begin(shop: Shop): void {
  const { simulation } = shop
  const customer = shop.line.shift() as Customer
  shop.patience.cancel(customer.timer)
  const wait = simulation.now - customer.arrivedMs
  shop.waits.record(wait)
  shop.means.record(wait)
  shop.quantiles.record(wait)
  shop.moments.record(wait)
  const day = Math.floor(simulation.now / 1000)
  shop.byDay.set(day, (shop.byDay.get(day) ?? 0) + 1)
  shop.seen.add(Math.round(wait))
  simulation.schedule(shop.demands.next(), end, shop)
}

function end(shop: Shop): void {
  shop.length.add(-1, shop.simulation.now)
  shop.desks.release()
}

function giveUp(customer: Customer): void {
  customer.shop.lost += 1
}

/** Now and then a crowd of events, so that the queue lays buckets, and drops half of them. */
function holiday(shop: Shop): void {
  const { simulation } = shop
  const random = simulation.stream('holidays')
  for (let guest = 0; guest < 700; guest += 1) {
    const ticket = simulation.schedule(random.exponential(5000), enter, shop, guest)
    if (guest % 2 === 0) simulation.cancel(ticket)
  }
  simulation.schedule(4000, holiday, shop)
}

function enter(shop: Shop, guest: number): void {
  if (shop.crowd.length < 50 || guest % 7 === 0) shop.crowd.push(guest)
}

test('a run that goes back to a snapshot goes on as it did the first time', () => {
  const moments = fc.record({
    seed: fc.nat(),
    atMs: fc.integer({ min: 0, max: 12_000 }),
    events: fc.integer({ min: 0, max: 50 }),
    onMs: fc.integer({ min: 0, max: 8000 }),
  })
  fc.assert(
    fc.property(moments, ({ seed, atMs, events, onMs }) => {
      const simulation = createSimulation({ seed })
      const shop = new Shop(simulation)
      simulation.run(atMs)
      simulation.run({ events })
      const snapshot = simulation.snapshot(shop)
      expect(snapshot.atMs).toBe(simulation.now)
      const continued = (): unknown => {
        simulation.run(snapshot.atMs + onMs)
        return shop.report()
      }
      const first = continued()
      simulation.run({ events: 500 })
      snapshot.restore()
      expect(simulation.now).toBe(snapshot.atMs)
      expect(continued()).toEqual(first)
      snapshot.restore()
      expect(continued()).toEqual(first)
    }),
    { numRuns: 25 },
  )
})

test('a snapshot leads to one of several futures', () => {
  const simulation = createSimulation({ seed: 5 })
  const shop = new Shop(simulation)
  simulation.run(5000)
  const snapshot = simulation.snapshot(shop)
  const lost = [2, 3].map((capacity) => {
    snapshot.restore()
    shop.desks.setCapacity(capacity)
    simulation.run(60_000)
    return shop.lost
  })
  expect(lost[1]).toBeLessThan(lost[0] ?? 0)
})

describe('restoring gives back', () => {
  test('plain values, arrays, maps, sets and bytes of any depth, in the same objects', () => {
    const inner = { list: [1, 2, 3], at: new Map([['a', { n: 1 }]]), of: new Set([1]) }
    const bytes = new Uint8Array([1, 2, 3])
    const part: Record<string, unknown> = { inner, bytes, view: bytes.subarray(1), text: 'x' }
    part['self'] = part
    const snapshot = createSimulation().snapshot(part)
    inner.list.length = 1
    inner.list.push(9)
    const entry = inner.at.get('a')
    if (entry !== undefined) entry.n = 2
    inner.at.set('b', { n: 3 })
    inner.of.clear()
    bytes.fill(0)
    part['text'] = 'y'
    part['more'] = true
    part['inner'] = null
    snapshot.restore()
    expect(part['inner']).toBe(inner)
    expect(inner).toEqual({ list: [1, 2, 3], at: new Map([['a', { n: 1 }]]), of: new Set([1]) })
    expect([...bytes]).toEqual([1, 2, 3])
    expect(Object.keys(part)).toEqual(['inner', 'bytes', 'view', 'text', 'self'])
    expect(part['text']).toBe('x')
  })

  test('what frozen objects and accessors refer to, and leaves these alone', () => {
    const counter = { n: 1 }
    const part = Object.freeze({
      counter,
      get twice() {
        return 2 * counter.n
      },
    })
    const snapshot = createSimulation().snapshot(part)
    counter.n = 5
    snapshot.restore()
    expect(part.twice).toBe(2)
  })
})

describe('a snapshot cannot hold', () => {
  const refused = (simulation: Simulation, what: RegExp, ...parts: object[]): void => {
    expect(() => simulation.snapshot(...parts)).toThrow(
      expect.objectContaining({
        code: 'KERNEL_SNAPSHOT_UNSUPPORTED',
        message: expect.stringMatching(what),
      }),
    )
  }

  test('a process under way', () => {
    const simulation = createSimulation()
    startProcess(simulation, function* patient() {
      yield 10
    })
    refused(simulation, /cannot hold a Generator, but simulation\..+ is one/)
    simulation.run()
    expect(() => simulation.snapshot()).not.toThrow()
  })

  test('promises and weak collections', () => {
    const simulation = createSimulation()
    refused(simulation, /a Promise, but part 2\.later is one/, {}, { later: Promise.resolve() })
    refused(simulation, /a WeakMap, but part 1\[0\] is one/, [new WeakMap()])
  })
})
