// The recursion against a model with events: every customer's service begins at the same time, to
// the last bit.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FifoStation, RandomStream, type Simulation } from '../../src/index.js'
import { type Customer, EventStation } from './event-station.js'
import { anyWorkload, arrivalsOf, drawn, firstDifference, play, type Workload } from './workload.js'

interface Stations {
  readonly servers: number
  /** Which station each customer goes to. */
  readonly to: (index: number) => number
  readonly count: number
}

function recursion(workload: Workload, { count, servers, to }: Stations): Float64Array {
  const stations = Array.from({ length: count }, () => new FifoStation({ servers }))
  return arrivalsOf(workload).map((arrivalMs, index) => {
    const station = stations[to(index)] as FifoStation
    return station.serve(arrivalMs, workload.demandsMs[index] as number)
  })
}

function withEvents(
  { count, servers, to }: Stations,
  onEnd: (customer: Customer) => void = () => {},
): (simulation: Simulation) => (customer: Customer) => void {
  return (simulation) => {
    const stations = Array.from(
      { length: count },
      () => new EventStation(simulation, { servers, onEnd }),
    )
    return (customer) => stations[to(customer.index)]?.arrive(customer)
  }
}

function startsOf(customers: readonly Customer[]): Float64Array {
  return Float64Array.from(customers, ({ startMs }) => startMs)
}

describe('any workload, ties and overload included', () => {
  const servers = fc.integer({ min: 1, max: 8 })
  const count = fc.integer({ min: 1, max: 10 })

  test('at random over stations', () => {
    fc.assert(
      fc.property(anyWorkload, count, servers, fc.string(), (workload, count, servers, seed) => {
        const route = drawn(seed, workload.gapsMs.length, 'uniform', count / 2)
        const stations = { count, servers, to: (index: number) => Math.floor(route[index] ?? 0) }
        const customers = play(workload, withEvents(stations))
        expect(firstDifference(recursion(workload, stations), startsOf(customers))).toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  test('in turn over stations', () => {
    fc.assert(
      fc.property(anyWorkload, count, servers, (workload, count, servers) => {
        const stations = { count, servers, to: (index: number) => index % count }
        const customers = play(workload, withEvents(stations))
        expect(firstDifference(recursion(workload, stations), startsOf(customers))).toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  test('at one station with many servers', () => {
    fc.assert(
      fc.property(anyWorkload, fc.integer({ min: 9, max: 80 }), (workload, servers) => {
        const stations = { count: 1, servers, to: () => 0 }
        const customers = play(workload, withEvents(stations))
        expect(firstDifference(recursion(workload, stations), startsOf(customers))).toBeNull()
      }),
      { numRuns: 100 },
    )
  })
})

test('a million requests at random over 75 dynos, a 30 s timer with each', () => {
  const requests = 1_000_000
  const deadlineMs = 30_000
  const mu = Math.log(46)
  const sigma = Math.sqrt(2 * Math.log(306 / 46))
  const demands = new RandomStream('demands')
  const route = new RandomStream('route')
  const dynos = new Int32Array(requests).map(() => route.below(75))
  const stations = { count: 75, servers: 1, to: (index: number) => dynos[index] as number }
  const workload = {
    gapsMs: drawn('gaps', requests, 'exponential', 1000 / 150),
    demandsMs: new Float64Array(requests).map(() => Math.exp(mu + sigma * demands.normal())),
  }

  let late = 0
  const customers = play(workload, (simulation) => {
    const timer = simulation.timeout(deadlineMs, () => {
      late += 1
    })
    const tickets = new Float64Array(requests)
    const stop = ({ index }: Customer): boolean => timer.cancel(tickets[index] as number)
    const receive = withEvents(stations, stop)(simulation)
    return (customer) => {
      tickets[customer.index] = timer.arm(customer)
      receive(customer)
    }
  })

  const starts = recursion(workload, stations)
  expect(firstDifference(starts, startsOf(customers))).toBeNull()
  const lateByRecursion = arrivalsOf(workload).filter(
    (arrivalMs, index) =>
      (starts[index] as number) + (workload.demandsMs[index] as number) > arrivalMs + deadlineMs,
  )
  expect(lateByRecursion.length).toBe(late)
  expect(late).toBeGreaterThan(requests / 100)
})
