// The recursion against formulas, each with a wrong model or formula beside it that must fall
// outside of the interval.
import { describe, test } from 'vitest'
import { FifoStation, RandomStream, WaitingLine } from '../../src/index.js'
import { birthDeath, erlangC, pollaczekKhinchine } from '../theory/formulas.js'
import { expectMean, expectOther, SteadyMean } from '../theory/steady-mean.js'

const DEMAND_MS = 10
const CUSTOMERS = 4_000_000

interface Setting {
  readonly servers: number
  /** Arrival rate times mean demand. */
  readonly load: number
  /** Default: exponential. */
  readonly constantDemand?: boolean
  /** Places in the line. Default: any number. */
  readonly places?: number
}

class Observed {
  readonly wait = new SteadyMean()
  readonly lost = new SteadyMean()
}

function observe(setting: Setting): Observed {
  const { servers, load, constantDemand = false, places = Number.POSITIVE_INFINITY } = setting
  const gaps = new RandomStream('recursion/gaps')
  const demands = new RandomStream('recursion/demands')
  const station = new FifoStation({ servers })
  const line = new WaitingLine()
  const observed = new Observed()
  let nowMs = 0
  for (let customer = 0; customer < CUSTOMERS; customer += 1) {
    nowMs += gaps.exponential(DEMAND_MS / load)
    const demandMs = constantDemand ? DEMAND_MS : demands.exponential(DEMAND_MS)
    const isLost = station.freeAtMs > nowMs && line.lengthAt(nowMs) >= places
    observed.lost.recordIf(isLost)
    if (isLost) continue
    const startMs = station.serve(nowMs, demandMs)
    line.join(startMs)
    observed.wait.record(startMs - nowMs)
  }
  return observed
}

/** Probability of `from` or more events in a Poisson distribution. */
function poissonTail(from: number, mean: number): number {
  let term = Math.exp(-mean)
  let below = 0
  for (let count = 0; count < from; count += 1) {
    below += term
    term *= mean / (count + 1)
  }
  return 1 - below
}

/** Mean wait in M/D/c in units of the demand (Crommelin 1932; Tijms 2003, section 9.6). */
function crommelin(servers: number, load: number): number {
  let sum = 0
  for (let period = 1; period <= 60; period += 1) {
    const [mean, full] = [period * load, period * servers]
    sum += poissonTail(full, mean) - (servers / load) * poissonTail(full + 1, mean)
  }
  return sum
}

test('M/M/1 has the wait of Pollaczek and Khinchine', () => {
  const load = 0.7
  const mean = DEMAND_MS
  const { wait } = observe({ servers: 1, load })
  expectMean(wait, pollaczekKhinchine(load / mean, { mean, second: 2 * mean ** 2 }), 0.03)
  expectOther(wait, pollaczekKhinchine(load / mean, { mean, second: mean ** 2 }))
})

test('M/M/c has the wait of Erlang', () => {
  const servers = 8
  const load = 6.4
  const { wait } = observe({ servers, load })
  const theory = (erlangC(servers, load) * DEMAND_MS) / (servers - load)
  expectMean(wait, theory, 0.05)
  expectOther(observe({ servers: servers - 1, load }).wait, theory)
})

describe('M/D/c', () => {
  const servers = 3
  const load = 2.1
  const constantDemand = true

  test('has the wait of Crommelin', () => {
    const { wait } = observe({ servers, load, constantDemand })
    expectMean(wait, crommelin(servers, load) * DEMAND_MS, 0.02)
    expectOther(wait, (erlangC(servers, load) * DEMAND_MS) / (servers - load) / 2)
  })

  test('is M/D/1 with one server', () => {
    const { wait } = observe({ servers: 1, load: 0.7, constantDemand })
    expectMean(wait, crommelin(1, 0.7) * DEMAND_MS, 0.02)
    expectMean(wait, pollaczekKhinchine(0.07, { mean: 10, second: 100 }), 0.02)
  })
})

test('M/M/c/K loses as many as birth and death say', () => {
  const servers = 3
  const load = 3.6
  const { lost } = observe({ servers, load, places: 5 })
  expectMean(lost, birthDeath(servers, 8, load)[8] as number, 0.01)
  expectOther(lost, birthDeath(servers, 9, load)[9] as number)
})
