// Three classes in a non-preemptive M/G/1: the mean wait of each by Cobham's formula.
import { describe, test } from 'vitest'
import { createSimulation, Fifo, uniform } from '../../src/index.js'
import { type Customer, exponentialDraw, open, sampledDraw } from './arrivals.js'
import { type CustomerClass, cobham, pollaczekKhinchine } from './formulas.js'
import { type Line, LowestRankFirst } from './lines.js'
import { Station } from './station.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const CUSTOMERS = 3_000_000
/** Mean time between arrivals of any class. */
const GAP_MS = 10

/** Each with a third of the arrivals: short and random, even, long and random. */
const classes: readonly CustomerClass[] = [
  { arrivalRate: 1 / 30, demand: { mean: 4, second: 32 } },
  { arrivalRate: 1 / 30, demand: { mean: 8, second: 64 + 64 / 12 } },
  { arrivalRate: 1 / 30, demand: { mean: 12, second: 288 } },
]
const theory = cobham(classes)

/** Waits of each class. */
function observe(line: Line): SteadyMean[] {
  const simulation = createSimulation({ seed: 'priority' })
  const waits = classes.map(() => new SteadyMean())
  const ranks = simulation.stream('ranks')
  const demands = [
    exponentialDraw(simulation.stream('demands/0'), 4),
    sampledDraw(simulation.stream('demands/1'), uniform({ min: 4, max: 12 })),
    exponentialDraw(simulation.stream('demands/2'), 12),
  ]
  const station = new Station(simulation, { line }, ({ rank, waitMs }) => {
    waits[rank]?.record(waitMs)
  })
  const arrivals = {
    gap: exponentialDraw(simulation.stream('gaps'), GAP_MS),
    rank: () => ranks.below(classes.length),
    demand: () => 0,
    customers: CUSTOMERS,
  }
  open(simulation, arrivals, (customer) => {
    customer.demandMs = demands[customer.rank]?.() ?? 0
    station.arrive(customer)
  })
  simulation.run()
  return waits
}

describe('M/G/1 with three classes', () => {
  test('makes each class wait as Cobham says', () => {
    observe(new LowestRankFirst(classes.length)).forEach((wait, rank) => {
      expectMean(wait, theory[rank] as number, 0.04)
    })
  })

  test('without priorities makes all wait as Pollaczek and Khinchine say', () => {
    const all = { mean: 8, second: (32 + 64 + 64 / 12 + 288) / 3 }
    const wait = pollaczekKhinchine(1 / GAP_MS, all)
    observe(new Fifo<Customer>()).forEach((observed, rank) => {
      expectMean(observed, wait, 0.04)
      expectOther(observed, theory[rank] as number)
    })
  })
})
