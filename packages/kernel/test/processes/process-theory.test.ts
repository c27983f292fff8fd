// Models written as processes, against formulas. Every comparison has a wrong value beside it that
// the same run must refute.
import { describe, expect, test } from 'vitest'
import {
  type AcquireOptions,
  createSimulation,
  type ProcessGenerator,
  ProcessorSharing,
  type RandomStream,
  Resource,
  type ResourceOptions,
  type Simulation,
  startProcess,
} from '../../src/index.js'
import { barrer, cobham, erlangC } from '../theory/formulas.js'
import { expectMean, expectOther, SteadyMean } from '../theory/steady-mean.js'

const SERVICE_MS = 10
const CUSTOMERS = 300_000

interface Shop extends ResourceOptions {
  readonly seed: string
  /** Arrival rate times mean service, in erlangs. */
  readonly load: number
  readonly customers?: number
  options?(stream: RandomStream): AcquireOptions
  /** Told when a wait ends, `served` or not; `priority` is the customer's. */
  waited?(waitMs: number, served: boolean, priority: number): void
}

/** Exponential gaps and services, drawn at arrival so that every form of the model meets the same. */
class Draws {
  readonly gapMs: number
  private readonly gaps: RandomStream
  private readonly services: RandomStream

  constructor(simulation: Simulation, load: number) {
    this.gapMs = SERVICE_MS / load
    this.gaps = simulation.stream('gaps')
    this.services = simulation.stream('services')
  }

  gap(): number {
    return this.gaps.exponential(this.gapMs)
  }

  service(): number {
    return this.services.exponential(SERVICE_MS)
  }
}

/** Opens a shop whose customers are processes, until the last one has left. */
function runProcesses(shop: Shop): { readonly counter: Resource; readonly endsAt: number } {
  const simulation = createSimulation({ seed: shop.seed })
  const draws = new Draws(simulation, shop.load)
  const choice = simulation.stream('choice')
  const counter = new Resource(simulation, shop)

  function* customer(serviceMs: number): ProcessGenerator {
    const arrivedAt = simulation.now
    const options = shop.options?.(choice) ?? {}
    const served = yield* counter.acquire(options)
    shop.waited?.(simulation.now - arrivedAt, served, options.priority ?? 0)
    if (!served) return
    yield serviceMs
    counter.release()
  }

  startProcess(simulation, function* arrivals() {
    for (let count = 0; count < (shop.customers ?? CUSTOMERS); count += 1) {
      yield draws.gap()
      startProcess(simulation, customer, draws.service())
    }
  })
  simulation.run()
  return { counter, endsAt: simulation.now }
}

interface Visit {
  readonly arrivedAt: number
  readonly serviceMs: number
}

/** The same shop by handlers alone: its waits. */
function waitsByHandlers(shop: Shop): number[] {
  const simulation = createSimulation({ seed: shop.seed })
  const draws = new Draws(simulation, shop.load)
  const counter = new Resource(simulation, shop)
  const waits: number[] = []
  function arrive(_: null, left: number): void {
    counter.request(serve, { arrivedAt: simulation.now, serviceMs: draws.service() })
    if (left > 1) simulation.schedule(draws.gap(), arrive, null, left - 1)
  }
  function serve({ arrivedAt, serviceMs }: Visit): void {
    waits.push(simulation.now - arrivedAt)
    simulation.schedule(serviceMs, leave, counter)
  }
  function leave(released: Resource): void {
    released.release()
  }
  simulation.schedule(draws.gap(), arrive, null, shop.customers ?? CUSTOMERS)
  simulation.run()
  return waits
}

describe('M/M/c', () => {
  const capacity = 8
  const load = 6.4
  const shop = { seed: 'mmc', capacity, load }
  const theory = (erlangC(capacity, load) * SERVICE_MS) / (capacity - load)

  test('has the mean wait of the Erlang C formula', () => {
    const wait = new SteadyMean()
    runProcesses({ ...shop, waited: (waitMs) => wait.record(waitMs) })
    expectMean(wait, theory, 0.15)
    expectOther(wait, (erlangC(capacity + 1, load) * SERVICE_MS) / (capacity + 1 - load))
  })

  test.each(['fifo', 'lifo'] as const)(
    'gives handlers the same waits, bit for bit: %s',
    (discipline) => {
      const small = { ...shop, discipline, customers: 50_000 }
      const waits: number[] = []
      runProcesses({ ...small, waited: (waitMs) => waits.push(waitMs) })
      expect(waits).toEqual(waitsByHandlers(small))
    },
  )

  test('obeys the law of Little on its path', () => {
    const customers = 50_000
    let waitedMs = 0
    const { counter, endsAt } = runProcesses({
      ...shop,
      customers,
      waited: (waitMs) => (waitedMs += waitMs),
    })
    expect(counter).toMatchObject({ arrived: customers, served: customers })
    expect(counter.queue.value).toBe(0)
    const queueMs = counter.queue.integral(endsAt)
    // Two sums of `customers` positive terms or twice as many, each rounded once or twice.
    expect(Math.abs(queueMs / waitedMs - 1)).toBeLessThan(6 * customers * Number.EPSILON)
  })
})

test('last come, first served keeps the mean wait of M/M/1 and multiplies its second moment', () => {
  const load = 0.6
  // A wait is 0 with probability 1 - load, else exponential with this mean.
  const delayedMs = SERVICE_MS / (1 - load)
  const secondMoment = 2 * load * delayedMs ** 2
  const wait = new SteadyMean()
  const square = new SteadyMean()
  runProcesses({
    seed: 'lifo',
    load,
    discipline: 'lifo',
    waited(waitMs) {
      wait.record(waitMs)
      square.record(waitMs ** 2)
    },
  })
  expectMean(wait, load * delayedMs, 0.1)
  expectMean(square, secondMoment / (1 - load), 0.5)
  expectOther(square, secondMoment)
})

test('priorities give each class of M/M/1 the mean wait of Cobham', () => {
  const load = 0.8
  const shares = [0.25, 0.75]
  const waits = [new SteadyMean(), new SteadyMean()] as const
  runProcesses({
    seed: 'priority',
    load,
    discipline: 'priority',
    options: (stream) => ({ priority: stream.float() < 0.25 ? 0 : 1 }),
    waited: (waitMs, _, priority) => waits[priority === 0 ? 0 : 1].record(waitMs),
  })
  const demand = { mean: SERVICE_MS, second: 2 * SERVICE_MS ** 2 }
  const theory = cobham(
    shares.map((share) => ({ arrivalRate: (share * load) / SERVICE_MS, demand })),
  )
  const withoutPriorities = (load * SERVICE_MS) / (1 - load)
  expectMean(waits[0], theory[0] as number, 0.05)
  expectMean(waits[1], theory[1] as number, 0.15)
  expectOther(waits[0], withoutPriorities)
  expectOther(waits[1], withoutPriorities)
})

describe('customers who give up', () => {
  test('after a constant time are as many as the formula of Barrer says: M/M/1+D', () => {
    const patienceMs = 25
    const gaveUp = new SteadyMean()
    const untimely: number[] = []
    const { counter } = runProcesses({
      seed: 'barrer',
      load: 1.2,
      options: () => ({ patienceMs }),
      waited(waitMs, served) {
        gaveUp.record(served ? 0 : 1)
        if (served ? waitMs > patienceMs : Math.abs(waitMs - patienceMs) > 1e-6)
          untimely.push(waitMs)
      },
    })
    const theory = (patience: number) => barrer(1.2 / SERVICE_MS, 1 / SERVICE_MS, patience)
    expectMean(gaveUp, theory(patienceMs), 0.05)
    expectOther(gaveUp, theory(patienceMs * 1.1))
    expect(untimely).toEqual([])
    expect(counter.served + counter.reneged).toBe(CUSTOMERS)
  })

  test('after an exponential time are as many as in the birth and death process: M/M/c+M', () => {
    const capacity = 4
    const load = 5
    const patienceMs = 15
    const gaveUp = new SteadyMean()
    runProcesses({
      seed: 'palm',
      load,
      capacity,
      options: (stream) => ({ patienceMs: stream.exponential(patienceMs) }),
      waited: (_, served) => gaveUp.record(served ? 0 : 1),
    })
    expectMean(gaveUp, palm(capacity, load, patienceMs), 0.05)
    expectOther(gaveUp, palm(capacity, load, patienceMs * 1.5))
  })
})

/**
 * Probability of giving up in M/M/c+M (Palm 1946): the number of customers is a birth and death
 * process in which each of those who wait leaves at the rate of its patience.
 */
function palm(servers: number, load: number, patienceMs: number): number {
  let weight = 1
  let sum = 1
  let waiting = 0
  for (let count = 1; count < 1000; count += 1) {
    const inLine = Math.max(0, count - servers)
    weight *= load / (Math.min(count, servers) + (inLine * SERVICE_MS) / patienceMs)
    sum += weight
    waiting += weight * inLine
  }
  return ((waiting / sum) * SERVICE_MS) / (patienceMs * load)
}

describe('M/G/1 with processor sharing', () => {
  const load = 0.6
  const demands: readonly (readonly [string, (stream: RandomStream) => number])[] = [
    ['exponential', (stream) => stream.exponential(SERVICE_MS)],
    // Squared coefficient of variation 4.5: one demand in ten is 55 ms, the others 5 ms.
    ['of two lengths', (stream) => (stream.float() < 0.1 ? 55 : 5)],
  ]

  test.each(demands)('has the mean response E[S] / (1 - load); demands %s', (_, draw) => {
    const simulation = createSimulation({ seed: 'sharing' })
    const gaps = simulation.stream('gaps')
    const services = simulation.stream('services')
    const cpu = new ProcessorSharing(simulation)
    const response = new SteadyMean()
    function* job(demandMs: number): ProcessGenerator {
      const startedAt = simulation.now
      yield* cpu.compute(demandMs)
      response.record(simulation.now - startedAt)
    }
    startProcess(simulation, function* arrivals() {
      for (let count = 0; count < CUSTOMERS; count += 1) {
        yield gaps.exponential(SERVICE_MS / load)
        startProcess(simulation, job, draw(services))
      }
    })
    simulation.run()
    expectMean(response, SERVICE_MS / (1 - load), 0.1)
    expectOther(response, SERVICE_MS / (1 - 0.9 * load))
  })
})
