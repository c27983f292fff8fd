import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPlatform, type Platform, type RunResult } from '../src/index.js'
import { Observer } from './swarm/observer.js'
import { randomApp, SWARM_MS } from './swarm/random-app.js'

/** Platforms that are tried in a run of the tests. */
const PLATFORMS = 1_000

/** Errors that a thousand random platforms ought to run into; otherwise they prove little. */
const TROUBLE = [
  ...['H10', 'H11', 'H12', 'H13', 'H14', 'H15', 'H18', 'H19', 'H20', 'H21', 'H22', 'H24', 'H27'],
  ...['H80', 'R10', 'R12', 'R14', 'R15'],
]

describe('swarm', () => {
  test('on any platform, at any moment, all accounts balance', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(randomApp, fc.array(fc.nat(SWARM_MS), { maxLength: 3 }), (app, moments) => {
        const observer = new Observer()
        const platform = createPlatform(app, { onResponse: observer.see })
        for (const moment of [...moments.sort((a, b) => a - b), SWARM_MS]) {
          platform.advance(moment)
          expectBalanced(platform, observer)
        }
        for (const code of codesOf(platform)) seen.add(code)
      }),
      { numRuns: PLATFORMS },
    )
    expect([...seen]).toEqual(expect.arrayContaining(TROUBLE))
  })

  test('any platform gives the same result again', () => {
    fc.assert(
      fc.property(randomApp, (app) => {
        expect(JSON.stringify(resultOf(app))).toBe(JSON.stringify(resultOf(app)))
      }),
      { numRuns: 20 },
    )
  })
})

/** Codes of all errors in a run. */
function codesOf(platform: Platform): readonly string[] {
  const { requests, processes } = platform.result()
  return [requests, ...processes].flatMap(({ byCode }) => Object.keys(byCode))
}

function resultOf(app: Parameters<typeof createPlatform>[0]): RunResult {
  const platform = createPlatform(app)
  platform.advance(SWARM_MS)
  return platform.result()
}

function expectBalanced(platform: Platform, observer: Observer): void {
  const { router, traffic, manifold } = platform
  const { requests, jobs, processes } = platform.result()
  expect(router.arrived).toBe(router.answered + router.open)
  expect(router.answered).toBe(observer.answers)
  expect(requests.arrived).toBe(requests.served + requests.failed + requests.inFlight)
  expect(requests.inFlight).toBe(router.open)
  expect(router.waiting).toBeLessThanOrEqual(router.open)
  expect(traffic.created).toBe(router.arrived)
  expectAsksBalanced(platform)
  for (const type of manifold.processTypes) {
    const { busy, slots, waiting, up } = type.statistics
    expect(waiting.value).toBeGreaterThanOrEqual(0)
    expect(busy.value).toBeGreaterThanOrEqual(0)
    expect(busy.value).toBeLessThanOrEqual(slots.value)
    expect(up.value).toBeLessThanOrEqual(2 * type.quantity + 5)
    for (const dyno of type.dynos) expect(dyno.load).toBeGreaterThanOrEqual(0)
  }
  for (const job of jobs) {
    expect(job.enqueued).toBe(job.done + job.failed + job.waiting + job.running + job.lost)
  }
  for (const { utilization, cpuUtilization } of processes) {
    expect(utilization).toBeLessThanOrEqual(1 + 1e-9)
    expect(cpuUtilization).toBeLessThanOrEqual(1 + 1e-9)
  }
}

/** What users want is done, given up or under way. */
function expectAsksBalanced({ traffic }: Platform): void {
  if (traffic.asks === null) return
  const { asks, succeeded, failed, open } = traffic.asks
  expect(asks).toBe(succeeded + failed + open)
  expect(traffic.created).toBeGreaterThanOrEqual(asks)
}
