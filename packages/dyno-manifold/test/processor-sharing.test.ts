// A CPU is shared equally by whatever computes. Queueing theory knows the result, which does not
// depend on how demands are distributed; intervals come from the run itself.
import type { DynoProcess } from '@celadon/contracts'
import { constant, covers, exponential, type Interval, lognormal } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { DYNO_SIZES, unicorn } from '../src/index.js'
import { CPU, type OfferedLoad, offer } from './offered-load.js'
import { erlangWait, expectMean, longRunMean } from './statistics.js'
import { computingRequest, createTestApp, puppet } from './test-app.js'

const DEMAND_MS = 100
const EXPONENTIAL = exponential({ mean: DEMAND_MS })
const oneCore = { size: DYNO_SIZES['standard-1x'], requests: 205_000 }
const twoCores = { size: DYNO_SIZES['standard-2x'], requests: 205_000 }
/** So many workers that no request ever waits for one. */
const unlimited = unicorn({ workers: 200 })

function meanResponse(load: OfferedLoad): Interval {
  return longRunMean(offer(load).responses)
}

describe('a CPU that many workers share', () => {
  const load = 0.7
  const demands = [EXPONENTIAL, constant(DEMAND_MS), lognormal({ median: 60, p95: 300 })]

  test.each(demands)('answers within demand / (1 - load) on one core, with $name', (demand) => {
    const arrivalRate = load / demand.mean
    const offered = { ...oneCore, program: unlimited, demand, arrivalRate, steps: CPU }
    const { responses, demands: drawn, waits } = offer(offered)
    expect(waits.every((wait) => wait === 0)).toBe(true)
    expectMean(longRunMean(responses), demand.mean / (1 - load), 0.08)
    // Processor sharing is fair: every request is slowed down by the same factor, short or long.
    const slowdowns = responses.map((response, id) => response / (drawn[id] ?? 0))
    expectMean(longRunMean(slowdowns), 1 / (1 - load), 0.08)
  })

  test.each(demands)('answers as M/M/2 does on two cores, with $name', (demand) => {
    const cores = 2
    const arrivalRate = (cores * load) / demand.mean
    const response = meanResponse({
      ...twoCores,
      program: unlimited,
      demand,
      arrivalRate,
      steps: CPU,
    })
    expectMean(response, demand.mean * (1 + erlangWait(cores, cores * load)), 0.05)
    expect(covers(response, demand.mean * (1 + erlangWait(3, cores * load)))).toBe(false)
  })

  test('is not made faster by more workers: 3 on one core answer as M/M/1 does', () => {
    const arrivalRate = load / DEMAND_MS
    const base = { ...oneCore, demand: EXPONENTIAL, arrivalRate, steps: CPU }
    const response = meanResponse({ ...base, program: unicorn({ workers: 3 }) })
    expectMean(response, DEMAND_MS / (1 - load), 0.08)
    expect(covers(response, DEMAND_MS * (1 + erlangWait(3, load)))).toBe(false)
  })
})

test('who computes on gets the share of a process that is killed', () => {
  const memory = { startMb: 1, fullMb: 1, growthWorks: 0, leakMb: 0 }
  const doneAt: number[] = []
  const processes: DynoProcess[] = []
  const { program } = puppet({
    start(host) {
      for (const id of [1, 2, 3]) {
        const process = host.spawn({ threads: 1, globalLock: null, memory })
        const { work } = computingRequest(id, 90)
        process.run(work, () => doneAt.push(host.scheduler.now), null, null)
        processes.push(process)
      }
      return { terminate() {}, kill() {} }
    },
  })
  const app = createTestApp({ program })
  app.manifold.scale('web', 1, 'running')
  // Three share one core: 30 ms each after 90 ms. The two that are left need 60 ms more each.
  app.simulation.run(90)
  processes[0]?.kill()
  app.simulation.run()
  expect(doneAt).toEqual([210, 210])
})
