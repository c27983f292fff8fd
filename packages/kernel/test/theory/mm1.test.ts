// M/M/1: waits, sojourns and numbers in the system. Each comparison has a wrong model or formula
// beside it that must fall outside of the interval.
import { describe, test } from 'vitest'
import { createSimulation } from '../../src/index.js'
import { exponentialDraw, open } from './arrivals.js'
import { LastComeFirst, type Line } from './lines.js'
import { Station } from './station.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const DEMAND_MS = 10
const CUSTOMERS = 4_000_000
/** Percentiles of the sojourn, by the share of sojourns beyond, and how well a run knows the share. */
const PERCENTILES = [
  { beyond: 0.5, precision: 0.01 },
  { beyond: 0.1, precision: 0.05 },
  { beyond: 0.01, precision: 0.2 },
] as const

/** What one run of M/M/1 shows. */
class Observed {
  readonly wait = new SteadyMean()
  readonly delayed = new SteadyMean()
  readonly squaredWait = new SteadyMean()
  readonly found = new SteadyMean()
  readonly foundThree = new SteadyMean()
  /** Sojourns beyond the median, the 90th and the 99th percentile of theory. */
  readonly beyond: readonly SteadyMean[] = PERCENTILES.map(() => new SteadyMean())
}

describe('M/M/1', () => {
  const load = 0.7
  /** Mean sojourn; a sojourn is exponential, a wait is 0 or exponential with the same mean. */
  const sojournMs = DEMAND_MS / (1 - load)
  const bounds = PERCENTILES.map(({ beyond }) => -sojournMs * Math.log(beyond))
  const fair = observe(load)
  const unfair = observe(load, new LastComeFirst())

  function observe(ofLoad: number, line?: Line): Observed {
    const simulation = createSimulation({ seed: 'M/M/1' })
    const observed = new Observed()
    const station = new Station(simulation, line === undefined ? {} : { line }, (customer) => {
      const { waitMs, sojournMs } = customer
      observed.wait.record(waitMs)
      observed.delayed.recordIf(waitMs > 0)
      observed.squaredWait.record(waitMs ** 2)
      observed.beyond.forEach((share, index) => {
        share.recordIf(sojournMs > (bounds[index] as number))
      })
    })
    const arrivals = {
      gap: exponentialDraw(simulation.stream('gaps'), DEMAND_MS / ofLoad),
      demand: exponentialDraw(simulation.stream('demands'), DEMAND_MS),
      customers: CUSTOMERS,
    }
    open(simulation, arrivals, (customer) => {
      observed.found.record(station.length)
      observed.foundThree.recordIf(station.length >= 3)
      station.arrive(customer)
    })
    simulation.run()
    return observed
  }

  test('has the mean wait of theory, which 3 % more load misses', () => {
    expectMean(fair.wait, load * sojournMs, 0.03)
    expectOther(observe(1.03 * load).wait, load * sojournMs)
  })

  test('waits at all as often as the server is busy', () => {
    expectMean(fair.delayed, load, 0.005)
    expectMean(unfair.delayed, load, 0.005)
    expectOther(fair.delayed, load ** 2)
  })

  test('has a geometric number in the system, as arrivals find it', () => {
    expectMean(fair.found, load / (1 - load), 0.025)
    expectMean(fair.foundThree, load ** 3, 0.02)
    expectOther(fair.foundThree, load ** 4)
  })

  test('has exponential sojourns: median, 90th and 99th percentile', () => {
    PERCENTILES.forEach(({ beyond, precision }, index) => {
      expectMean(fair.beyond[index] as SteadyMean, beyond, precision)
      expectOther(unfair.beyond[index] as SteadyMean, beyond)
    })
  })

  test('last come, first served keeps the mean and multiplies the second moment', () => {
    const secondMoment = 2 * load * sojournMs ** 2
    expectMean(unfair.wait, load * sojournMs, 0.03)
    expectMean(fair.squaredWait, secondMoment, 0.07)
    expectMean(unfair.squaredWait, secondMoment / (1 - load), 0.12)
    expectOther(unfair.squaredWait, secondMoment)
  })
})
