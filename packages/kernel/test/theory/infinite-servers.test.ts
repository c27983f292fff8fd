// A server for everybody: the number in M/G/∞ is Poisson whatever the demands, and so is what leaves
// it (Mirasol 1963). Hundreds of events wait at once here, so the queue of events keeps buckets.
import { describe, test } from 'vitest'
import { createSimulation, type RandomStream } from '../../src/index.js'
import { type Draw, exponentialDraw, open } from './arrivals.js'
import { lognormalDemand } from './demands.js'
import { poissonUpTo } from './formulas.js'
import { Station } from './station.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const CUSTOMERS = 2_000_000
const WARM_UP = 50_000
const DEMAND_MS = 10

class Observed {
  /** Arrivals that find so many customers or fewer, for each bound. */
  readonly atMost: readonly SteadyMean[]
  /** Spans of time in which nobody leaves, one leaves, and so on. */
  readonly leaving = [0, 1, 2, 3].map(() => new SteadyMean(WARM_UP))

  constructor(readonly bounds: readonly number[]) {
    this.atMost = bounds.map(() => new SteadyMean(WARM_UP))
  }

  arrive(found: number): void {
    this.atMost.forEach((share, index) => {
      share.recordIf(found <= (this.bounds[index] as number))
    })
  }

  endSpan(left: number): void {
    this.leaving.forEach((share, number) => {
      share.recordIf(left === number)
    })
  }
}

const systems = [
  {
    name: 'M/M/∞',
    load: 100,
    demandFrom: (stream: RandomStream): Draw => exponentialDraw(stream, DEMAND_MS),
  },
  { name: 'M/G/∞', load: 800, demandFrom: lognormalDemand.from },
]

for (const { name, load, demandFrom } of systems) {
  describe(name, () => {
    const bounds = [-1, 0, 1.5].map((deviations) => Math.floor(load + deviations * Math.sqrt(load)))
    /** In a span two customers leave on average. */
    const spanMs = (2 * DEMAND_MS) / load

    function observe(gapFrom: (stream: RandomStream) => Draw): Observed {
      const simulation = createSimulation({ seed: name })
      const observed = new Observed(bounds)
      let left = 0
      const station = new Station(simulation, { servers: Number.POSITIVE_INFINITY }, () => {
        left += 1
      })
      const arrivals = {
        gap: gapFrom(simulation.stream('gaps')),
        demand: demandFrom(simulation.stream('demands')),
        customers: CUSTOMERS,
      }
      open(simulation, arrivals, (customer) => {
        observed.arrive(station.length)
        station.arrive(customer)
      })
      for (let until = spanMs; until < (CUSTOMERS * DEMAND_MS) / load; until += spanMs) {
        left = 0
        simulation.run(until)
        observed.endSpan(left)
      }
      return observed
    }

    const poisson = observe((stream) => exponentialDraw(stream, DEMAND_MS / load))

    test('holds a Poisson number of customers', () => {
      poisson.atMost.forEach((share, index) => {
        expectMean(share, poissonUpTo(load, bounds[index] as number), 0.25)
      })
    })

    test('lets go a Poisson number of them in any span of time', () => {
      poisson.leaving.forEach((share, number) => {
        const theory = poissonUpTo(2, number) - poissonUpTo(2, number - 1)
        expectMean(share, theory, 0.015)
      })
      // As if a twentieth more left.
      expectOther(poisson.leaving[0] as SteadyMean, poissonUpTo(2.1, 0))
    })

    test('with regular arrivals is found out', () => {
      const regular = observe(() => () => DEMAND_MS / load)
      expectOther(regular.atMost[0] as SteadyMean, poissonUpTo(load, bounds[0] as number))
    })
  })
}
