// Users who wait, try again and hedge on a whole platform.
import { exponential } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type App, createPlatform, type RunResult, type Workload } from '../src/index.js'
import { MINUTE_MS, tinyApp } from './tiny-app.js'

const { endpoints, rate } = tinyApp().workload
const THINK = exponential({ mean: 2000 })

function run(workload: Partial<Workload>, changes: Partial<App> = {}): RunResult {
  const platform = createPlatform(
    tinyApp({ ...changes, workload: { endpoints, rate, ...workload } }),
  )
  platform.advance(platform.durationMs)
  return platform.result()
}

describe('what users came to', () => {
  test('is told only when they want more than single requests', () => {
    expect(run({})).not.toHaveProperty('clients')
    expect(run({ sessions: 5 })).not.toHaveProperty('clients')
    expect(run({ hedge: { afterMs: 1000 } })).toHaveProperty('clients')
  })

  test('of users who wait and think', () => {
    const { clients, requests } = run({ rate: [], users: { users: 20, thinkMs: THINK } })
    expect(clients).toMatchObject({ failed: 0, denied: 0, wasted: 0, attempts: requests.arrived })
    expect(clients?.asks).toBe(requests.arrived)
    // The interactive response time law: each user's laps fill the run.
    const lapMs = THINK.mean + (clients?.latency.mean ?? 0)
    const laps = (20 * 10 * MINUTE_MS) / lapMs
    expect(Math.abs(requests.arrived - laps)).toBeLessThan(5 * Math.sqrt(laps))
  })

  test('of users who try again while every dyno is down', () => {
    const { web: up, ...others } = tinyApp().formation
    if (up === undefined) throw new Error('The tiny app has no web.')
    const formation = { ...others, web: { ...up, quantity: 0 } }
    const retries = { attemptsMax: 3, backOff: { firstMs: 100 } }
    const { clients, requests } = run({ retries }, { formation })
    expect(clients).toMatchObject({ succeeded: 0, attempts: requests.arrived })
    // All asks but those of the last 300 ms have had their three attempts.
    expect(requests.arrived).toBeGreaterThan(3 * (clients?.failed ?? 0))
    expect(requests.arrived).toBeLessThanOrEqual(3 * (clients?.asks ?? 0))
    const { clients: thrifty } = run(
      { retries: { ...retries, budget: { ratio: 0.1 } } },
      { formation },
    )
    expect(thrifty?.attempts).toBeLessThanOrEqual((thrifty?.asks ?? 0) * 1.1 + 10)
    expect(thrifty?.denied).toBeGreaterThan(0)
  })

  test('of users who hedge', () => {
    const { clients, requests } = run({ hedge: { afterMs: 200, hedgesMax: 2 } })
    expect(clients?.wasted).toBeGreaterThan(0)
    expect(clients?.attempts).toBe(requests.arrived)
    expect(clients?.asks).toBe(run({}).requests.arrived)
  })
})

test('asks = succeeded + failed + open whatever happens, and a seed gives one result', () => {
  const property = fc.property(
    fc.record({
      seed: fc.nat().map(String),
      isClosed: fc.boolean(),
      attemptsMax: fc.integer({ min: 1, max: 4 }),
      afterMs: fc.constantFrom(null, 50, 1000),
      crashAtMs: fc.nat(2 * MINUTE_MS),
    }),
    ({ seed, isClosed, attemptsMax, afterMs, crashAtMs }) => {
      const workload: Partial<Workload> = {
        ...(isClosed
          ? { rate: [], users: { users: [{ atMs: 0, users: 50 }], thinkMs: THINK } }
          : { rate: [{ atMs: 0, perSecond: 20 }] }),
        retries: { attemptsMax, backOff: { firstMs: 500, jitter: 1 } },
        ...(afterMs === null ? {} : { hedge: { afterMs } }),
        sessions: 10,
      }
      const changes: Partial<App> = {
        seed,
        durationMs: 2 * MINUTE_MS,
        events: [
          { type: 'crash', atMs: crashAtMs, dyno: 'web.1' },
          { type: 'scale', atMs: crashAtMs / 2, process: 'web', quantity: 1 },
        ],
      }
      const result = run(workload, changes)
      const { clients, requests } = result
      if (clients === undefined) throw new Error('There are no clients.')
      expect(clients.asks).toBe(clients.succeeded + clients.failed + clients.open)
      expect(clients.latency.count).toBe(clients.succeeded + clients.failed)
      expect(clients.attempts).toBe(requests.arrived)
      expect(clients.asks).toBeLessThanOrEqual(clients.attempts)
      expect(run(workload, changes)).toEqual(result)
    },
  )
  fc.assert(property, { numRuns: 15 })
})

test('a rate and users at once contradict each other', () => {
  const app = tinyApp({ workload: { endpoints, rate, users: { users: 3 } } })
  expect(() => createPlatform(app)).toThrow(
    'The app tiny cannot run: the workload has a rate and users; accepted: one of them.',
  )
})
