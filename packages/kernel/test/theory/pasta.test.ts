// What arrivals find against what holds on average over time: Poisson arrivals see time averages
// (Wolff 1982), arrivals in a more regular stream find less. GI/M/1 says how much less.
import { expect, test } from 'vitest'
import { createSimulation, TimeWeighted } from '../../src/index.js'
import { type Draw, exponentialDraw, open } from './arrivals.js'
import { delayRoot } from './formulas.js'
import { Station } from './station.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const DEMAND_MS = 10
const LOAD = 0.7
const GAP_MS = DEMAND_MS / LOAD
const CUSTOMERS = 2_500_000
/** Averages over time are taken over spans of this length. */
const SPAN_MS = 10_000

class Observed {
  readonly wait = new SteadyMean()
  readonly foundBusy = new SteadyMean()
  readonly busy = new SteadyMean(100)
}

/** @param gapFrom makes the draw of the gaps from one of exponential numbers with their mean */
function observe(gapFrom: (exponential: Draw) => Draw): Observed {
  const simulation = createSimulation({ seed: 'GI/M/1' })
  const observed = new Observed()
  const busy = new TimeWeighted()
  const station = new Station(simulation, {}, ({ waitMs }) => {
    observed.wait.record(waitMs)
    busy.set(station.busy, simulation.now)
  })
  const arrivals = {
    gap: gapFrom(exponentialDraw(simulation.stream('gaps'), GAP_MS)),
    demand: exponentialDraw(simulation.stream('demands'), DEMAND_MS),
    customers: CUSTOMERS,
  }
  open(simulation, arrivals, (customer) => {
    observed.foundBusy.recordIf(station.busy > 0)
    station.arrive(customer)
    busy.set(station.busy, simulation.now)
  })
  for (let until = SPAN_MS; until < 0.99 * CUSTOMERS * GAP_MS; until += SPAN_MS) {
    simulation.run(until)
    observed.busy.record(busy.mean(until))
    busy.reset(until)
  }
  return observed
}

test('Poisson arrivals see time averages', () => {
  const { busy, foundBusy, wait } = observe((exponential) => exponential)
  expectMean(busy, LOAD, 0.008)
  expectMean(foundBusy, LOAD, 0.008)
  expectMean(wait, (LOAD * DEMAND_MS) / (1 - LOAD), 0.03)
  expectOther(foundBusy, 0.98 * LOAD)
})

const regular = [
  {
    name: 'constant gaps',
    transform: (s: number) => Math.exp(-s * GAP_MS),
    gapFrom: () => () => GAP_MS,
  },
  {
    name: 'gaps of two exponential phases',
    transform: (s: number) => 1 / (1 + (s * GAP_MS) / 2) ** 2,
    gapFrom: (exponential: Draw) => () => (exponential() + exponential()) / 2,
  },
]

for (const { name, transform, gapFrom } of regular) {
  test(`arrivals with ${name} find the server busy less often`, () => {
    const root = delayRoot(transform, 1 / DEMAND_MS)
    expect(root).toBeLessThan(LOAD)
    const { busy, foundBusy, wait } = observe(gapFrom)
    expectMean(foundBusy, root, 0.01)
    expectOther(foundBusy, LOAD)
    expectMean(busy, LOAD, 0.008)
    expectOther(busy, root)
    expectMean(wait, (root * DEMAND_MS) / (1 - root), 0.03)
  })
}
