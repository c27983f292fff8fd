// Many lines with a server each: random routing, the shorter of two lines, and the shorter of two
// random ones out of a thousand.
import { describe, expect, test } from 'vitest'
import { createSimulation, type RandomStream } from '../../src/index.js'
import { exponentialDraw, open } from './arrivals.js'
import { erlangC, meanFieldSojourn, meanFieldTail } from './formulas.js'
import { Station } from './station.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'
import { solveTwoLines } from './two-lines.js'

const DEMAND_MS = 10

/** Chooses where an arrival goes. */
type Router = (stations: readonly Station[], random: RandomStream) => Station

const anyStation: Router = (stations, random) => stations[random.below(stations.length)] as Station

const shorterOfTwo: Router = (stations, random) => {
  const one = anyStation(stations, random)
  const other = anyStation(stations, random)
  return other.length < one.length ? other : one
}

/** The shortest line of all; a random one of the shortest when there are several. */
const shortest: Router = (stations, random) => {
  let best = anyStation(stations, random)
  for (const station of stations) if (station.length < best.length) best = station
  return best
}

class Observed {
  readonly sojourn: SteadyMean
  /** Arrivals that found at least 1, 2 and 3 customers in a line that was chosen at random. */
  readonly tail: readonly SteadyMean[]

  constructor(warmUp: number) {
    this.sojourn = new SteadyMean(warmUp)
    this.tail = [1, 2, 3].map(() => new SteadyMean(warmUp))
  }
}

interface Setting {
  readonly lines: number
  /** Of each server. */
  readonly load: number
  readonly router: Router
  /** Servers of each line. Default 1. */
  readonly servers?: number
  readonly customers: number
  readonly warmUp?: number
}

function observe(setting: Setting): Observed {
  const { lines, load, router, servers = 1, customers, warmUp = 20_000 } = setting
  const simulation = createSimulation({ seed: 'routing' })
  const observed = new Observed(warmUp)
  const stations = Array.from(
    { length: lines },
    () =>
      new Station(simulation, { servers }, ({ sojournMs }) => observed.sojourn.record(sojournMs)),
  )
  const routing = simulation.stream('routing')
  const inspection = simulation.stream('inspection')
  const arrivals = {
    gap: exponentialDraw(simulation.stream('gaps'), DEMAND_MS / (load * lines * servers)),
    demand: exponentialDraw(simulation.stream('demands'), DEMAND_MS),
    customers,
  }
  open(simulation, arrivals, (customer) => {
    const inspected = anyStation(stations, inspection)
    observed.tail.forEach((share, index) => {
      share.recordIf(inspected.length > index)
    })
    router(stations, routing).arrive(customer)
  })
  simulation.run()
  return observed
}

describe('random routing over eight lines', () => {
  const load = 0.7
  const customers = 3_000_000
  const theory = DEMAND_MS / (1 - load)

  test('makes every line an M/M/1 of its own', () => {
    const { sojourn, tail } = observe({ lines: 8, load, router: anyStation, customers })
    expectMean(sojourn, theory, 0.025)
    tail.forEach((share, index) => {
      expectMean(share, load ** (index + 1), 0.03)
    })
  })

  test('is told from one shared line, and from a line less', () => {
    const shared = observe({ lines: 1, servers: 8, load, router: anyStation, customers })
    expectOther(shared.sojourn, theory)
    expectMean(shared.sojourn, DEMAND_MS * (1 + erlangC(8, 8 * load) / (8 * (1 - load))), 0.01)
    const seven = observe({ lines: 7, load: (8 / 7) * load, router: anyStation, customers })
    expectOther(seven.sojourn, theory)
  })
})

describe('the shorter of two lines', () => {
  const load = 0.7
  const customers = 3_000_000
  const joinShorter = (one: number, other: number): number => (1 + Math.sign(other - one)) / 2
  const chain = solveTwoLines(load, joinShorter)
  // Little's law: the mean sojourn is the mean number over the arrival rate.
  const theory = (chain.meanNumber / (2 * load)) * DEMAND_MS

  test('has the mean sojourn of its Markov chain', () => {
    const { sojourn, tail } = observe({ lines: 2, load, router: shortest, customers })
    expectMean(sojourn, theory, 0.03)
    expectMean(tail[0] as SteadyMean, load, 0.01)
    const random = observe({ lines: 2, load, router: anyStation, customers })
    expectOther(random.sojourn, theory)
    expectOther(sojourn, DEMAND_MS / (1 - load))
  })

  test('lies between one shared line and random routing', () => {
    const pooled = DEMAND_MS * (1 + erlangC(2, 2 * load) / (2 * (1 - load)))
    expect(theory).toBeGreaterThan(pooled)
    expect(theory).toBeLessThan(DEMAND_MS / (1 - load))
  })
})

describe('the shorter of two random lines out of a thousand', () => {
  // The mean-field limit is off by a term of order 1/1000, less than a tenth of the intervals.
  const load = 0.8
  const setting = { lines: 1000, load, customers: 2_500_000, warmUp: 250_000 }

  test('has the tail and the mean sojourn of the mean field', () => {
    const { sojourn, tail } = observe({ ...setting, router: shorterOfTwo })
    expectMean(sojourn, meanFieldSojourn(load, 2) * DEMAND_MS, 0.01)
    tail.forEach((share, index) => {
      expectMean(share, meanFieldTail(load, 2, index + 1), 0.03)
    })
    expectOther(sojourn, meanFieldSojourn(load, 3) * DEMAND_MS)
  })

  test('is told from one random choice', () => {
    const { sojourn, tail } = observe({ ...setting, router: anyStation })
    expectOther(sojourn, meanFieldSojourn(load, 2) * DEMAND_MS)
    expectOther(tail[2] as SteadyMean, meanFieldTail(load, 2, 3))
  })
})
