// Several servers: M/M/c waits, M/M/c/K and M/M/c/c lose customers.
import { describe, test } from 'vitest'
import { createSimulation, type RandomStream } from '../../src/index.js'
import { type Draw, exponentialDraw, open } from './arrivals.js'
import { uniformDemand } from './demands.js'
import { birthDeath, erlangB, erlangC, meanNumber } from './formulas.js'
import { Station, type StationOptions } from './station.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const DEMAND_MS = 10
const CUSTOMERS = 3_000_000

const exponentialDemand = (stream: RandomStream): Draw => exponentialDraw(stream, DEMAND_MS)

class Observed {
  readonly wait = new SteadyMean()
  readonly delayed = new SteadyMean()
  /** Waits above `longDelayMs`, among those who wait at all. */
  readonly longDelay = new SteadyMean()
  readonly lost = new SteadyMean()
  readonly found = new SteadyMean()
}

interface Setting extends StationOptions {
  readonly seed: string
  /** Arrival rate times mean demand. */
  readonly load: number
  readonly demand?: (stream: RandomStream) => Draw
  readonly longDelayMs?: number
}

function observe(setting: Setting): Observed {
  const { seed, load, demand = exponentialDemand, longDelayMs = 0 } = setting
  const simulation = createSimulation({ seed })
  const observed = new Observed()
  const station = new Station(simulation, setting, ({ waitMs }) => {
    observed.wait.record(waitMs)
    observed.delayed.recordIf(waitMs > 0)
    if (waitMs > 0) observed.longDelay.recordIf(waitMs > longDelayMs)
  })
  const arrivals = {
    gap: exponentialDraw(simulation.stream('gaps'), DEMAND_MS / load),
    demand: demand(simulation.stream('demands')),
    customers: CUSTOMERS,
  }
  open(simulation, arrivals, (customer) => {
    observed.found.record(station.length)
    observed.lost.recordIf(!station.arrive(customer))
  })
  simulation.run()
  return observed
}

describe('M/M/c', () => {
  const servers = 8
  const load = 6.4
  const seed = 'M/M/c'
  /** Of those who wait, the wait is exponential with this mean. */
  const delayMs = DEMAND_MS / (servers - load)
  const right = observe({ seed, servers, load, longDelayMs: 2 * delayMs })

  test('waits as the Erlang C formula says, with all servers', () => {
    const theory = erlangC(servers, load) * delayMs
    expectMean(right.wait, theory, 0.05)
    expectOther(right.wait, erlangB(servers, load) * delayMs)
    expectOther(observe({ seed, servers: servers - 1, load }).wait, theory)
  })

  test('waits at all as often as the formula says, and then exponentially long', () => {
    expectMean(right.delayed, erlangC(servers, load), 0.02)
    expectOther(right.delayed, erlangC(servers + 1, load))
    expectMean(right.longDelay, Math.exp(-2), 0.08)
    expectOther(right.longDelay, Math.exp(-1))
  })
})

describe('M/M/c/K', () => {
  const servers = 3
  const places = 8
  const seed = 'M/M/c/K'

  for (const load of [2.4, 3.6]) {
    test(`loses and waits as birth and death say at load ${load}`, () => {
      const probabilities = birthDeath(servers, places, load)
      const loss = probabilities[places] as number
      const waiting = meanNumber([0, ...probabilities.slice(servers + 1)])
      const { lost, found, wait } = observe({ seed, servers, places, load })
      expectMean(lost, loss, 0.03)
      expectMean(found, meanNumber(probabilities), 0.01)
      expectMean(wait, (waiting / (load * (1 - loss))) * DEMAND_MS, 0.02)
      expectOther(lost, birthDeath(servers, places + 1, load)[places + 1] as number)
      expectOther(observe({ seed, servers, places: places - 1, load }).lost, loss)
    })
  }
})

describe('without a line', () => {
  const servers = 10
  const load = 8
  const base = { seed: 'loss', servers, places: servers, load }

  test('M/M/c/c loses as the Erlang B formula says, whatever the demands', () => {
    const theory = erlangB(servers, load)
    expectMean(observe(base).lost, theory, 0.02)
    expectMean(observe({ ...base, demand: uniformDemand.from }).lost, theory, 0.02)
    expectOther(observe({ ...base, load: 1.02 * load }).lost, theory)
    expectOther(observe({ ...base, places: servers + 1 }).lost, theory)
  })
})
