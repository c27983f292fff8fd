// M/G/1 and M/D/1: both moments of the wait, and the numbers that arrivals find.
import { describe, test } from 'vitest'
import { createSimulation } from '../../src/index.js'
import { exponentialDraw, open } from './arrivals.js'
import { constantDemand, lognormalDemand, normalDemand, uniformDemand } from './demands.js'
import { constantDemandNumbers, pollaczekKhinchine, takacs } from './formulas.js'
import { Station } from './station.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const CUSTOMERS = 2_000_000

describe('M/G/1', () => {
  const load = 0.6

  for (const demand of [constantDemand, uniformDemand, lognormalDemand, normalDemand]) {
    test(`has both moments of the wait with ${demand.name}`, () => {
      const simulation = createSimulation({ seed: 'M/G/1' })
      const wait = new SteadyMean()
      const squaredWait = new SteadyMean()
      const station = new Station(simulation, {}, ({ waitMs }) => {
        wait.record(waitMs)
        squaredWait.record(waitMs ** 2)
      })
      const arrivals = {
        gap: exponentialDraw(simulation.stream('gaps'), demand.mean / load),
        demand: demand.from(simulation.stream('demands')),
        customers: CUSTOMERS,
      }
      open(simulation, arrivals, (customer) => station.arrive(customer))
      simulation.run()
      const rate = load / demand.mean
      expectMean(wait, pollaczekKhinchine(rate, demand), 0.03)
      expectMean(squaredWait, takacs(rate, demand, demand.third), 0.12)
      // As if demands varied a tenth less or more.
      for (const factor of [0.9, 1.1]) {
        const other = { ...demand, second: factor * demand.second }
        expectOther(wait, pollaczekKhinchine(rate, other))
      }
    })
  }
})

describe('M/D/1', () => {
  test('has the numbers of theory, as arrivals find them', () => {
    const load = 0.8
    const simulation = createSimulation({ seed: 'M/D/1' })
    const found = [new SteadyMean(), new SteadyMean(), new SteadyMean()]
    const station = new Station(simulation, {}, () => {})
    const arrivals = {
      gap: exponentialDraw(simulation.stream('gaps'), constantDemand.mean / load),
      demand: constantDemand.from(simulation.stream('demands')),
      customers: CUSTOMERS,
    }
    open(simulation, arrivals, (customer) => {
      found.forEach((share, number) => {
        share.recordIf(station.length === number)
      })
      station.arrive(customer)
    })
    simulation.run()
    constantDemandNumbers(load).forEach((probability, number) => {
      expectMean(found[number] as SteadyMean, probability, 0.02)
    })
    // As in M/M/1, where an empty system is as likely.
    expectOther(found[1] as SteadyMean, (1 - load) * load)
    expectOther(found[2] as SteadyMean, (1 - load) * load ** 2)
  })
})
