import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type App, createPlatform, type PlannedEvent, type RunResult } from '../src/index.js'
import { MINUTE_MS, tinyApp } from './tiny-app.js'

const DURATION_MS = 4 * MINUTE_MS

const event: fc.Arbitrary<PlannedEvent> = fc
  .tuple(fc.nat(DURATION_MS), fc.constantFrom('deploy', 'crash', 'restart', 'scale'), fc.nat(4))
  .map(([atMs, type, number]): PlannedEvent => {
    switch (type) {
      case 'deploy':
        return { type, atMs, description: `abc000${number}` }
      case 'crash':
        return { type, atMs, dyno: number === 0 ? 'worker.1' : `web.${number}` }
      case 'scale':
        return { type, atMs, process: number % 2 === 0 ? 'web' : 'worker', quantity: number }
      default:
        return { type: 'restart', atMs }
    }
  })

/** Apps in trouble: overloaded or idle, of any generation, with events at any moment. */
const app: fc.Arbitrary<App> = fc
  .record({
    seed: fc.nat(1_000_000).map(String),
    generation: fc.constantFrom(
      'bamboo-2010' as const,
      'cedar-2012' as const,
      'common-runtime-2019' as const,
      'router-2.0' as const,
    ),
    perSecond: fc.constantFrom(0, 1, 10, 60),
    events: fc.array(event, { maxLength: 8 }),
  })
  .map(({ perSecond, ...changes }) =>
    tinyApp({
      ...changes,
      durationMs: DURATION_MS,
      workload: { ...tinyApp().workload, rate: [{ atMs: 0, perSecond }] },
    }),
  )

describe('conservation', () => {
  test('nothing is lost or counted twice, at any moment, whatever happens', () => {
    fc.assert(
      fc.property(app, fc.array(fc.nat(DURATION_MS), { maxLength: 4 }), (described, moments) => {
        const platform = createPlatform(described)
        for (const moment of [...moments.sort((a, b) => a - b), DURATION_MS]) {
          platform.advance(moment)
          expectBalanced(platform.result())
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a quiet app ends with nothing under way', () => {
    const { workload } = tinyApp()
    const platform = createPlatform(
      tinyApp({
        workload: {
          ...workload,
          rate: [
            { atMs: 5 * MINUTE_MS, perSecond: 2 },
            { atMs: 5 * MINUTE_MS, perSecond: 0 },
          ],
        },
      }),
    )
    platform.advance(platform.durationMs)
    const { requests, jobs, log } = platform.result()
    expect(requests.arrived).toBeGreaterThan(500)
    expect(requests.inFlight).toBe(0)
    expect(jobs.map(({ running }) => running)).toEqual([0, 0])
    expect(log.lines).toBeGreaterThan(2 * requests.arrived)
  })
})

function expectBalanced({ requests, jobs, series, latency, processes }: RunResult): void {
  expect(requests.inFlight).toBeGreaterThanOrEqual(0)
  expect(requests.arrived).toBe(requests.served + requests.failed + requests.inFlight)
  expect(sum(Object.values(requests.byStatus))).toBe(requests.served + requests.failed)
  expect(sum(Object.values(requests.byCode))).toBeLessThanOrEqual(requests.failed)
  expect(latency.total.count).toBe(requests.served + requests.failed)
  for (const job of jobs) {
    expect(job.enqueued).toBe(job.done + job.failed + job.waiting + job.running + job.lost)
  }
  for (const { utilization, cpuUtilization } of processes) {
    expect(utilization).toBeGreaterThanOrEqual(0)
    expect(utilization).toBeLessThanOrEqual(1)
    expect(cpuUtilization).toBeLessThanOrEqual(1)
  }
  for (const column of [series.arrivalsPerSecond, series.totalP95, series.requestsWaiting]) {
    expect(column).toHaveLength(series.length)
  }
  for (const group of [series.byCode, series.dynosUp, series.jobsDone, series.memoryMb]) {
    for (const column of Object.values(group)) expect(column).toHaveLength(series.length)
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
