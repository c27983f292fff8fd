// Three M/M/1 one after the other. What leaves an M/M/1 is Poisson again (Burke 1956), and the
// sojourns of a customer are independent (Reich 1957), though its waits are not (Burke 1964).
import { describe, test } from 'vitest'
import { createSimulation, type RandomStream } from '../../src/index.js'
import { type Customer, type Draw, exponentialDraw, open } from './arrivals.js'
import { Station } from './station.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const CUSTOMERS = 2_500_000
/** Mean time between arrivals. */
const GAP_MS = 10
const LOADS = [0.7, 0.5, 0.6] as const
/** 1 / (service rate - arrival rate) for each station. */
const SOJOURNS_MS = LOADS.map((load) => (GAP_MS * load) / (1 - load))

class Observed {
  readonly sojourns: readonly SteadyMean[] = LOADS.map(() => new SteadyMean())
  /** Customers for whom the event happened at every station. */
  readonly everywhere = new SteadyMean()
  /** Of the gaps between those who leave the first station: the square, the product of neighbours. */
  readonly squaredGap = new SteadyMean()
  readonly gapProduct = new SteadyMean()
  private leftAt = 0
  private gapMs = 0

  leaveFirst(nowMs: number): void {
    const gapMs = nowMs - this.leftAt
    this.squaredGap.record(gapMs * gapMs)
    this.gapProduct.record(gapMs * this.gapMs)
    this.leftAt = nowMs
    this.gapMs = gapMs
  }
}

/** @param happens an event that a customer meets or does not meet at a station */
function observe(
  happens: (customer: Customer, station: number) => boolean,
  firstDemand: (stream: RandomStream) => Draw = (stream) =>
    exponentialDraw(stream, GAP_MS * LOADS[0]),
): Observed {
  const simulation = createSimulation({ seed: 'tandem' })
  const observed = new Observed()
  const demands = LOADS.map((load, index) => {
    const stream = simulation.stream(`demands/${index}`)
    return index === 0 ? firstDemand(stream) : exponentialDraw(stream, GAP_MS * load)
  })
  const stations = LOADS.map(
    (_, index) =>
      new Station(simulation, {}, (customer) => {
        observed.sojourns[index]?.record(customer.sojournMs)
        if (happens(customer, index)) customer.tally += 1
        if (index === 0) observed.leaveFirst(simulation.now)
        enter(customer, index + 1)
      }),
  )
  const enter = (customer: Customer, index: number): void => {
    const station = stations[index]
    if (station === undefined) {
      observed.everywhere.recordIf(customer.tally === LOADS.length)
      return
    }
    customer.demandMs = demands[index]?.() ?? 0
    station.arrive(customer)
  }
  const gap = exponentialDraw(simulation.stream('gaps'), GAP_MS)
  open(simulation, { gap, demand: () => 0, customers: CUSTOMERS }, (customer) => enter(customer, 0))
  simulation.run()
  return observed
}

describe('M/M/1 in tandem', () => {
  const staysLong = ({ sojournMs }: Customer, station: number): boolean =>
    sojournMs > (SOJOURNS_MS[station] as number) * Math.LN2
  const poisson = observe(staysLong)

  test('has the mean sojourn of an M/M/1 at every station', () => {
    poisson.sojourns.forEach((sojourn, station) => {
      expectMean(sojourn, SOJOURNS_MS[station] as number, 0.03)
    })
  })

  test('has independent sojourns', () => {
    // Each is above its median for half of the customers.
    expectMean(poisson.everywhere, 1 / 8, 0.04)
  })

  test('has waits that depend on each other', () => {
    const noWait = observe(({ waitMs }) => waitMs === 0)
    expectOther(
      noWait.everywhere,
      LOADS.reduce((product, load) => product * (1 - load), 1),
    )
  })

  test('lets go a Poisson stream', () => {
    expectMean(poisson.squaredGap, 2 * GAP_MS ** 2, 0.01)
    expectMean(poisson.gapProduct, GAP_MS ** 2, 0.01)
  })

  test('lets go a more regular one after constant demands', () => {
    const demandMs = GAP_MS * LOADS[0]
    const { squaredGap, sojourns } = observe(staysLong, () => () => demandMs)
    // Squared coefficient of variation: 1 - load² when demands are constant.
    expectMean(squaredGap, (2 - LOADS[0] ** 2) * GAP_MS ** 2, 0.01)
    expectOther(squaredGap, 2 * GAP_MS ** 2)
    expectOther(sojourns[1] as SteadyMean, SOJOURNS_MS[1] as number)
  })
})
