// A dyno with noisy neighbours against a queue whose server breaks down and is repaired.
import { exponential } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { DYNO_SIZES, singleThreaded } from '../src/index.js'
import { CPU, offer } from './offered-load.js'
import { expectMean, longRunMean } from './statistics.js'

const MEAN_MS = 20
const QUIET_MS = 400
const BUSY_MS = 100

/** A dyno that gets nothing while its neighbours are busy. */
const STARVED = { ...DYNO_SIZES['standard-1x'], guaranteedCores: 0 }

test('M/M/1 with breakdowns: the response time that generating functions give', () => {
  const arrivalRate = 0.5 / MEAN_MS
  const { responses } = offer({
    program: singleThreaded(),
    size: STARVED,
    settings: {
      neighbours: {
        quietMs: exponential({ mean: QUIET_MS }),
        busyMs: exponential({ mean: BUSY_MS }),
        coresLeft: 0,
      },
    },
    arrivalRate,
    demand: exponential({ mean: MEAN_MS }),
    steps: CPU,
    requests: 400_000,
  })
  expectMean(longRunMean(responses), responseWithBreakdowns(arrivalRate), 0.06)
})

test('guaranteed cores are a slower server in between: work takes demand over speed on average', () => {
  const size = { ...DYNO_SIZES['standard-1x'], guaranteedCores: 0.25 }
  // Renewal reward: a computation much longer than the periods runs at the mean speed.
  const speed = (QUIET_MS * 1 + BUSY_MS * 0.25) / (QUIET_MS + BUSY_MS)
  const demandMs = 50_000
  const { responses, waits } = offer({
    program: singleThreaded(),
    size,
    settings: {
      neighbours: {
        quietMs: exponential({ mean: QUIET_MS }),
        busyMs: exponential({ mean: BUSY_MS }),
        coresLeft: 0,
      },
    },
    arrivalRate: 0.3 / demandMs,
    demand: exponential({ mean: demandMs }),
    steps: CPU,
    requests: 4100,
  })
  const service = responses.map((ms, id) => ms - (waits[id] as number))
  expectMean(longRunMean(service), demandMs / speed, 0.08)
})

test('dedicated dynos have no neighbours', () => {
  const load = {
    program: singleThreaded(),
    size: { ...STARVED, dedicated: true },
    arrivalRate: 0.5 / MEAN_MS,
    demand: exponential({ mean: MEAN_MS }),
    steps: CPU,
    requests: 2000,
  }
  const neighbours = {
    quietMs: exponential({ mean: QUIET_MS }),
    busyMs: exponential({ mean: BUSY_MS }),
    coresLeft: 0,
  }
  expect(offer({ ...load, settings: { neighbours } }).responses).toEqual(offer(load).responses)
})

/**
 * Mean response time in M/M/1 whose server alternates between exponential times up and down and goes on
 * where it was interrupted (White and Christie 1958): Little's law on the mean number in system, with
 * breakdown rate `f`, repair rate `r`, service rate `m` and arrival rate `a`,
 * a ((f + r)² + m f) / ((f + r) (m r - a (f + r))).
 */
function responseWithBreakdowns(arrivalRate: number): number {
  const service = 1 / MEAN_MS
  const breakdown = 1 / QUIET_MS
  const repair = 1 / BUSY_MS
  const both = breakdown + repair
  return (both ** 2 + service * breakdown) / (both * (service * repair - arrivalRate * both))
}
