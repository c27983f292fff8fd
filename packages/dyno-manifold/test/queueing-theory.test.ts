// Known results of queueing theory through the public API, against intervals that come from the run
// itself: batch means, 99.9 %. Each has a wrong model beside it that must fall outside.
import { constant, covers, exponential, type Interval, lognormal, squaredCv } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { DYNO_SIZES, puma, thin, unicorn } from '../src/index.js'
import { CPU, type OfferedLoad, type Outcome, offer, WAIT } from './offered-load.js'
import { erlangWait, expectMean, longRunMean } from './statistics.js'

const DEMAND_MS = 100
const REQUESTS = 205_000
const EXPONENTIAL = exponential({ mean: DEMAND_MS })
const oneCore = { size: DYNO_SIZES['standard-1x'], requests: REQUESTS }
const twoCores = { size: DYNO_SIZES['standard-2x'], requests: REQUESTS }

function meanWait(load: OfferedLoad): Interval {
  return longRunMean(offer(load).waits)
}

describe('unicorn with work that waits', () => {
  const servers = 4
  const load = 2.8
  const dynos = 2
  const base = {
    ...oneCore,
    requests: 2 * REQUESTS,
    dynos,
    demand: EXPONENTIAL,
    arrivalRate: (dynos * load) / DEMAND_MS,
    steps: WAIT,
  }
  const theory = erlangWait(servers, load) * DEMAND_MS

  test('is an M/M/c of its own on every dyno', () => {
    expectMean(meanWait({ ...base, program: unicorn({ workers: servers }) }), theory, 0.08)
  })

  test('with one worker more, or one queue for both dynos, is found out', () => {
    const short = { ...base, requests: REQUESTS / 5 }
    const more = meanWait({ ...short, program: unicorn({ workers: servers + 1 }) })
    expect(covers(more, theory)).toBe(false)
    const one = { ...short, dynos: 1, program: unicorn({ workers: dynos * servers }) }
    expect(covers(meanWait(one), theory)).toBe(false)
  })
})

describe('thin', () => {
  const load = 0.6
  const demands = [EXPONENTIAL, constant(DEMAND_MS), lognormal({ median: 60, p95: 300 })]

  test.each(demands)('is an M/G/1 with $name', (demand) => {
    const arrivalRate = load / demand.mean
    const wait = meanWait({ ...oneCore, program: thin(), demand, arrivalRate, steps: CPU })
    const theory = (load * demand.mean * (1 + squaredCv(demand))) / (2 * (1 - load))
    expectMean(wait, theory, 0.08)
  })

  test('does not wait as if every demand were exponential', () => {
    const demand = constant(DEMAND_MS)
    const arrivalRate = load / DEMAND_MS
    const requests = REQUESTS / 5
    const wait = meanWait({
      ...oneCore,
      requests,
      program: thin(),
      demand,
      arrivalRate,
      steps: CPU,
    })
    expect(covers(wait, (load * DEMAND_MS) / (1 - load))).toBe(false)
  })
})

describe('puma with threads', () => {
  const threads = 5
  const demand = lognormal({ median: 60, p95: 300 })

  function expectSameResponses(one: Outcome, other: Outcome): void {
    const differences = one.responses.map((ms, id) => Math.abs(ms - (other.responses[id] ?? 0)))
    expect(differences.reduce((largest, ms) => Math.max(largest, ms), 0)).toBeLessThan(1e-3)
  }

  test('computes no faster with five threads than with one: the global lock', () => {
    const arrivalRate = 0.7 / demand.mean
    const base = { ...twoCores, requests: 20_000, demand, arrivalRate, steps: CPU }
    const one = offer({ ...base, program: puma({ workers: 1, threads: 1 }) })
    const five = offer({ ...base, program: puma({ workers: 1, threads }) })
    // The lock is handed over after 100 ms, so requests end in another order, but as much is computed.
    expect(five.app.simulation.now).toBeCloseTo(one.app.simulation.now, 3)
    const processes = offer({ ...base, program: puma({ workers: threads, threads: 1 }) })
    expect(longRunMean(processes.responses).estimate).toBeLessThan(
      0.7 * longRunMean(one.responses).estimate,
    )
  })

  test('waits with five threads as five unicorn workers do: M/M/5', () => {
    const load = 3.5
    const requests = 2 * REQUESTS
    const arrivalRate = load / DEMAND_MS
    const base = { ...oneCore, requests, arrivalRate, demand: EXPONENTIAL, steps: WAIT }
    const five = offer({ ...base, program: puma({ workers: 1, threads }) })
    expectMean(longRunMean(five.waits), erlangWait(threads, load) * DEMAND_MS, 0.08)
    const short = { ...base, requests: 20_000 }
    const workers = offer({ ...short, program: unicorn({ workers: threads }) })
    expectSameResponses(workers, five)
  })

  test('serves at most what its lock lets through', () => {
    // Half of each request computes: two threads overlap computing and waiting, more do not help
    // beyond the rate of one computing thread.
    const steps = [
      { type: 'wait', share: 0.5 },
      { type: 'cpu', share: 0.5 },
    ] as const
    const requests = 4000
    const rates = [1, 2, 5, 50].map((count) => {
      const program = puma({ workers: 1, threads: count, backlog: requests })
      const base = { ...twoCores, requests, demand: constant(DEMAND_MS), arrivalRate: 10, steps }
      const { app } = offer({ ...base, program })
      return (requests / app.simulation.now) * 1000
    })
    const [one = 0, two = 0, five = 0, fifty = 0] = rates
    expect(one).toBeCloseTo(10, 1)
    expect(two).toBeCloseTo(20, 0)
    expect(five).toBeCloseTo(20, 0)
    expect(fifty).toBeLessThan(20)
  })
})
