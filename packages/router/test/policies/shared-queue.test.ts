import {
  covers,
  createSimulation,
  type Distribution,
  exponential,
  FifoStation,
  Sampler,
  weibull,
} from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRouter, sharedQueue } from '../../src/index.js'
import { TestPool } from '../test-pool.js'
import { meanWait, queueingRun } from './queueing.js'
import { erlangCWait } from './theory.js'

const GAP_MS = 2
const SERVICE: Distribution = exponential({ mean: 10 })

/** The waits in a station with one line, by arithmetic. */
function stationWaits(seed: string, servers: number, requests: number): Float64Array {
  const simulation = createSimulation({ seed })
  const gaps = simulation.stream('gaps')
  const demands = new Sampler(SERVICE, simulation.stream('demands'))
  const station = new FifoStation({ servers })
  let arrivedAt = 0
  return Float64Array.from({ length: requests }, () => {
    arrivedAt += gaps.exponential(GAP_MS)
    return station.serve(arrivedAt, demands.next()) - arrivedAt
  })
}

test('is one line for all dynos, whichever free dyno is taken, to the bit', () => {
  const servers = fc.integer({ min: 2, max: 8 })
  const property = fc.property(fc.integer(), servers, (seed, dynos) => {
    const { waits } = queueingRun({
      seed: `${seed}`,
      policy: sharedQueue(),
      dynos,
      service: SERVICE,
      gapMs: GAP_MS,
      requests: 500,
    })
    expect(waits).toEqual(stationWaits(`${seed}`, dynos, 500))
  })
  fc.assert(property, { numRuns: 50 })
})

test('waits as Erlang says', () => {
  const options = { policy: sharedQueue(), dynos: 10, load: 0.9, requests: 1_000_000 }
  const wait = meanWait({ ...options, seed: 'erlang', instances: 1 })
  expect(wait.relativeHalfWidth).toBeLessThan(0.12)
  expect(covers(wait, erlangCWait(10, 0.9))).toBe(true)
})

test('lets as many requests into a dyno as it is told, and none waits while there is room', () => {
  const service = weibull({ shape: 0.46, scale: 5 })
  const run = (perDyno: number): number => {
    const policy = sharedQueue({ perDyno })
    const options = { service, dynos: 3, gapMs: 5, requests: 2000, seed: 'per dyno' }
    return queueingRun({ ...options, policy }).loadMax
  }
  expect([run(1), run(2), run(5)]).toEqual([1, 2, 5])
})

test('brings its settings along; those of the router win', () => {
  const simulation = createSimulation()
  const base = { simulation, pool: new TestPool([]), policy: sharedQueue({ perDyno: 3 }) }
  expect(createRouter(base).settings).toMatchObject({ instances: 1, activePerDyno: 3 })
  const { settings } = createRouter({ ...base, settings: { instances: 4 } })
  expect(settings).toMatchObject({ instances: 4, activePerDyno: 3 })
})

test('needs a whole number of requests per dyno', () => {
  expect(() => sharedQueue({ perDyno: 0.5 })).toThrow(
    'The option perDyno of sharedQueue must be a whole number of at least 1, but was 0.5.',
  )
})
