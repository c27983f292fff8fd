// Known results of queueing theory about servers, against 99.9 % intervals that come from the run.
import { constant, covers, exponential, lognormal, squaredCv } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { node, puma, serverProgram, singleThreaded, unicorn } from '../../src/index.js'
import { CPU, offer, WAIT } from '../offered-load.js'
import { erlangWait, expectMean, longRunMean } from '../statistics.js'

const DEMAND_MS = 100
const REQUESTS = 205_000
const load = 0.6

describe('one core and as many requests under way as come', () => {
  const demands = [
    exponential({ mean: DEMAND_MS }),
    constant(DEMAND_MS),
    lognormal({ median: 60, p95: 300 }),
  ]

  test.each(demands)('threads without a lock share it: processor sharing, with $name', (demand) => {
    const program = serverProgram({ name: 'threads', threads: 200 })
    const base = { requests: REQUESTS, arrivalRate: load / demand.mean, steps: CPU }
    const { responses } = offer({ ...base, program, demand })
    expectMean(longRunMean(responses), demand.mean / (1 - load), 0.06)
  })

  test.each(demands)('node serves one callback after the other: M/G/1, with $name', (demand) => {
    const base = { requests: REQUESTS, arrivalRate: load / demand.mean, steps: CPU }
    const { responses } = offer({ ...base, program: node(), demand })
    const wait = (load * demand.mean * (1 + squaredCv(demand))) / (2 * (1 - load))
    expectMean(longRunMean(responses), demand.mean + wait, 0.06)
  })

  test('node waits for any number of others at once', () => {
    const program = node()
    const { responses, demands: drawn } = offer({
      requests: 2000,
      arrivalRate: 10,
      demand: exponential({ mean: 10_000 }),
      steps: WAIT,
      program,
    })
    const delays = responses.map((ms, id) => ms - (drawn[id] ?? 0))
    expect(Math.max(...delays)).toBeLessThan(1e-6)
  })
})

test('concurrency within a dyno beats as many dynos: M/M/c against c times M/M/1', () => {
  const slots = 4
  const arrivalRate = (slots * load) / DEMAND_MS
  const base = {
    requests: 2 * REQUESTS,
    arrivalRate,
    demand: exponential({ mean: DEMAND_MS }),
    steps: WAIT,
  }
  const one = longRunMean(offer({ ...base, program: unicorn({ workers: slots }) }).waits)
  const threads = longRunMean(
    offer({ ...base, program: puma({ workers: 1, threads: slots }) }).waits,
  )
  const many = longRunMean(offer({ ...base, program: singleThreaded(), dynos: slots }).waits)
  const shared = erlangWait(slots, slots * load) * DEMAND_MS
  const split = (DEMAND_MS * load) / (1 - load)
  expectMean(one, shared, 0.08)
  expectMean(threads, shared, 0.08)
  expectMean(many, split, 0.08)
  expect(covers(many, shared)).toBe(false)
})

test('workers that accept for themselves wait longer than workers that share a queue', () => {
  // Puma 7 hands a connection to the least busy worker and never takes it back: join the shortest
  // queue, which lies between one queue for all and a queue for each at random.
  const workers = 4
  const arrivalRate = (workers * 0.8) / DEMAND_MS
  const base = {
    requests: REQUESTS,
    arrivalRate,
    demand: exponential({ mean: DEMAND_MS }),
    steps: WAIT,
  }
  const wait = longRunMean(offer({ ...base, program: puma({ workers, threads: 1 }) }).waits)
  const shared = erlangWait(workers, workers * 0.8) * DEMAND_MS
  const random = (DEMAND_MS * 0.8) / (1 - 0.8)
  expect(wait.estimate - wait.halfWidth).toBeGreaterThan(shared)
  expect(wait.estimate + wait.halfWidth).toBeLessThan(random)
  const old = longRunMean(
    offer({ ...base, program: puma({ workers, threads: 1, version: '3.6' }) }).waits,
  )
  expectMean(old, random, 0.12)
})
