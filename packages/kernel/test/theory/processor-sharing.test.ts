// M/G/1 with processor sharing: only the mean demand counts (Sakata, Noguchi, Oizumi 1971), and who
// brings the demand x stays x / (1 - load) on average, whatever x (Kleinrock 1967).
import { describe, test } from 'vitest'
import {
  type Computation,
  createSimulation,
  ProcessorSharing,
  type RandomStream,
} from '../../src/index.js'
import { type Customer, type Draw, exponentialDraw, open } from './arrivals.js'
import { normalDemand } from './demands.js'
import { Station } from './station.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const DEMAND_MS = 10
const LOAD = 0.6
const CUSTOMERS = 1_000_000
const THEORY_MS = DEMAND_MS / (1 - LOAD)
/** Demands are divided here into short, middling and long ones. */
const BOUNDS_MS = [5, 15] as const

class Observed {
  readonly sojourn = new SteadyMean()
  readonly found = [0, 1, 2].map(() => new SteadyMean())
  /** Sojourn over demand, for short, middling and long demands. */
  readonly stretches = [0, 1, 2].map(() => new SteadyMean())
}

const demands: readonly { readonly name: string; from(stream: RandomStream): Draw }[] = [
  { name: 'exponential demands', from: (stream) => exponentialDraw(stream, DEMAND_MS) },
  { name: 'lognormal demands', from: normalDemand.from },
  {
    name: 'demands of 4, 10 or 25 ms',
    from: (stream) => () => [4, 4, 4, 4, 4, 10, 10, 10, 25, 25][stream.below(10)] as number,
  },
]

/** A customer on a shared processor. */
class Job implements Computation {
  rank = 0
  sequence = 0
  place = -1

  constructor(
    private readonly customer: Customer,
    private readonly onLeave: (customer: Customer) => void,
  ) {}

  computed(): void {
    this.onLeave(this.customer)
  }
}

/** @param shared whether customers share the server, or are served first come, first served */
function observe(demandFrom: (stream: RandomStream) => Draw, shared: boolean): Observed {
  const simulation = createSimulation({ seed: 'processor sharing' })
  const observed = new Observed()
  const onLeave = (customer: Customer): void => {
    const { demandMs } = customer
    const sojournMs = simulation.now - customer.arrivedAt
    observed.sojourn.record(sojournMs)
    const group = BOUNDS_MS.filter((bound) => demandMs > bound).length
    observed.stretches[group]?.record(sojournMs / demandMs)
  }
  const processor = new ProcessorSharing(simulation)
  const station = new Station(simulation, {}, onLeave)
  const arrivals = {
    gap: exponentialDraw(simulation.stream('gaps'), DEMAND_MS / LOAD),
    demand: demandFrom(simulation.stream('demands')),
    customers: CUSTOMERS,
  }
  open(simulation, arrivals, (customer) => {
    observed.found.forEach((share, number) => {
      share.recordIf((shared ? processor.runnable : station.length) === number)
    })
    customer.arrivedAt = simulation.now
    if (shared) processor.start(new Job(customer, onLeave), customer.demandMs)
    else station.arrive(customer)
  })
  simulation.run()
  return observed
}

describe('M/G/1 with processor sharing', () => {
  for (const { name, from } of demands) {
    describe(`and ${name}`, () => {
      const shared = observe(from, true)

      test('has the mean sojourn and the geometric number of M/M/1', () => {
        expectMean(shared.sojourn, THEORY_MS, 0.03)
        shared.found.forEach((share, number) => {
          expectMean(share, (1 - LOAD) * LOAD ** number, 0.03)
        })
      })

      test('stretches every demand by the same factor', () => {
        for (const stretch of shared.stretches) {
          expectMean(stretch, 1 / (1 - LOAD), 0.03)
        }
      })

      test('is told from first come, first served', () => {
        expectOther(observe(from, false).stretches[2] as SteadyMean, 1 / (1 - LOAD))
      })
    })
  }
})
