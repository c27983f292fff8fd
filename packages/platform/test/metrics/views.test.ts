// The views against what a list of all requests says.
import { HttpRequest } from '@celadon/contracts'
import { puma } from '@celadon/dyno-manifold'
import { Histogram } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type App, createPlatform, type MetricsView, type RunResult } from '../../src/index.js'
import { MINUTE_MS, tinyApp, WEB } from '../tiny-app.js'

const HOUR_MS = 60 * MINUTE_MS
const CAPACITIES = { '2h': 120, '24h': 144, '72h': 72, '7d': 84 } as const

/** What a finished request contributes to the metrics page. */
interface Answer {
  readonly atMs: number
  readonly status: number
  readonly code: string
  /** Null where the router prints none, or none is shown. */
  readonly serviceMs: number | null
}

function run(app: App, steps: readonly number[] = []): { result: RunResult; answers: Answer[] } {
  const answers: Answer[] = []
  const platform = createPlatform(app, {
    onResponse: ({ respondedAt, status, code, dyno, dispatchedAt, connectMs, webSocket }) => {
      const isConnected = dyno !== '' && code !== 'H19' && code !== 'H21' && webSocket === null
      const serviceMs = isConnected ? respondedAt - dispatchedAt - connectMs : null
      answers.push({ atMs: respondedAt, status, code, serviceMs })
    },
  })
  for (const step of steps) {
    platform.advance(step)
    platform.result()
  }
  platform.advance(platform.durationMs)
  return { result: platform.result(), answers }
}

const busyApp: fc.Arbitrary<App> = fc
  .record({
    seed: fc.nat(1_000_000).map(String),
    durationMs: fc.integer({ min: 1, max: 15 * MINUTE_MS }),
    perSecond: fc.constantFrom(0, 0.02, 2, 20),
    crashAtMs: fc.nat(10 * MINUTE_MS),
  })
  .map(({ seed, durationMs, perSecond, crashAtMs }) =>
    tinyApp({
      seed,
      durationMs,
      workload: { ...tinyApp().workload, rate: [{ atMs: 0, perSecond }] },
      events: [
        { type: 'crash', atMs: crashAtMs, dyno: 'web.1' },
        { type: 'crash', atMs: crashAtMs, dyno: 'web.2' },
      ],
    }),
  )

/** The requests of an interval. */
function during(answers: readonly Answer[], view: MetricsView, index: number): readonly Answer[] {
  const fromMs = view.startMs + index * view.resolutionMs
  return answers.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + view.resolutionMs)
}

/** How long the interval has lasted, in minutes. */
function minutesOf(view: MetricsView, index: number, nowMs: number): number {
  const fromMs = view.startMs + index * view.resolutionMs
  return Math.min(nowMs - fromMs, view.resolutionMs) / MINUTE_MS
}

function expectPercentile(found: number | null | undefined, sorted: readonly number[], p: number) {
  if (sorted.length === 0) {
    expect(found).toBeNull()
    return
  }
  const exact = sorted[Math.ceil(p * sorted.length) - 1] ?? 0
  // Values are rounded to thousandths, and cells below 2^-10 ms count as 0.
  expect(Math.abs((found ?? 0) - exact)).toBeLessThanOrEqual(
    exact * Histogram.RELATIVE_ERROR + 0.002,
  )
}

describe('the views of the metrics page', () => {
  test('tell what a list of all requests tells', () => {
    fc.assert(
      fc.property(busyApp, (app) => {
        const { result, answers } = run(app)
        for (const view of result.metrics.views) {
          for (let index = 0; index < view.length; index += 1) {
            const inside = during(answers, view, index)
            const services = inside
              .flatMap(({ serviceMs }) => (serviceMs === null ? [] : [serviceMs]))
              .sort((a, b) => a - b)
            const { p50, p95, p99, max } = view.responseTime
            expectPercentile(p50[index], services, 0.5)
            expectPercentile(p95[index], services, 0.95)
            expectPercentile(p99[index], services, 0.99)
            expect(max[index]).toEqual(
              services.length === 0 ? null : expect.closeTo(services.at(-1) ?? 0, 2),
            )
            for (const [name, rates] of Object.entries(view.throughput)) {
              const count = inside.filter(({ status }) => `${Math.floor(status / 100)}xx` === name)
              const minutes = minutesOf(view, index, app.durationMs)
              expect((rates[index] ?? 0) * minutes).toBeCloseTo(count.length, 6)
            }
            for (const [code, counts] of Object.entries(view.errors)) {
              if (!code.startsWith('H')) continue
              const count = inside.filter((answer) => answer.code === code).length
              expect(counts[index]).toBe(count)
            }
          }
        }
      }),
      { numRuns: 10 },
    )
  })

  test('cover the end of the run in intervals that begin at multiples of their length', () => {
    fc.assert(
      fc.property(busyApp, (app) => {
        for (const view of run(app).result.metrics.views) {
          expect(view.startMs % view.resolutionMs).toBe(0)
          const endMs = view.startMs + view.length * view.resolutionMs
          expect(endMs).toBeGreaterThanOrEqual(app.durationMs)
          expect(endMs - view.resolutionMs).toBeLessThanOrEqual(app.durationMs)
          expect(view.length).toBeLessThanOrEqual(CAPACITIES[view.window])
          const columns = [
            ...Object.values(view.responseTime),
            ...Object.values(view.throughput),
            ...Object.values(view.errors),
            ...Object.values(view.processes).flatMap(({ quotaMb: _, ...rest }) =>
              Object.values(rest),
            ),
          ]
          for (const column of columns) expect(column).toHaveLength(view.length)
        }
      }),
      { numRuns: 10 },
    )
  })

  test('sum up to the totals of the run', () => {
    fc.assert(
      fc.property(busyApp, (app) => {
        const { metrics, requests, processes } = run(app).result
        for (const view of metrics.views) {
          const counted = Object.values(view.throughput).reduce(
            (sum, rates) =>
              sum + rates.reduce((s, rate, i) => s + rate * minutesOf(view, i, app.durationMs), 0),
            0,
          )
          expect(counted).toBeCloseTo(requests.served + requests.failed, 4)
          const byCode = Object.fromEntries(
            Object.entries(view.errors).map(([code, counts]) => [code, sum(counts)]),
          )
          expect(byCode).toEqual(merged([requests, ...processes].map((part) => part.byCode)))
        }
      }),
      { numRuns: 10 },
    )
  })

  test('do not depend on the steps in which time passes, nor on who looks', () => {
    fc.assert(
      fc.property(busyApp, fc.array(fc.nat(15 * MINUTE_MS), { maxLength: 6 }), (app, steps) => {
        const inSteps = run(
          app,
          steps.sort((a, b) => a - b),
        )
        expect(inSteps.result.metrics).toEqual(run(app).result.metrics)
      }),
      { numRuns: 10 },
    )
  })

  test('coarse intervals are the sums of the fine ones where both are there', () => {
    const { workload } = tinyApp()
    const { metrics } = run(
      tinyApp({
        durationMs: 5 * HOUR_MS,
        workload: { ...workload, rate: [{ atMs: 0, perSecond: 0.2 }] },
      }),
    ).result
    const counts = metrics.views.map((view) => countsOf(view))
    for (const [index, fine] of counts.entries()) {
      const coarse = counts[index + 1]
      if (coarse === undefined) continue
      const ratio = coarse.lengthMs / fine.lengthMs
      let compared = 0
      for (const [startMs, count] of coarse.byStart) {
        const parts = Array.from({ length: ratio }, (_, part) =>
          fine.byStart.get(startMs + part * fine.lengthMs),
        )
        if (parts.some((part) => part === undefined)) continue
        compared += 1
        expect(parts.reduce<number>((total, part) => total + (part ?? 0), 0)).toBeCloseTo(count, 6)
      }
      expect(compared).toBeGreaterThan(1)
    }
  })

  test('an interval begins with its first moment', () => {
    const { workload } = tinyApp()
    const quiet = { ...workload, rate: [{ atMs: 0, perSecond: 0 }] }
    const platform = createPlatform(tinyApp({ durationMs: 5 * MINUTE_MS, workload: quiet }))
    const { simulation, monitor } = platform
    const request = Object.assign(new HttpRequest(), {
      status: 200,
      dyno: 'web.1',
      dispatchedAt: 2 * MINUTE_MS - 7,
      respondedAt: 2 * MINUTE_MS,
    })
    // It was scheduled before the end of the second minute was, so it happens before that.
    simulation.schedule(2 * MINUTE_MS, () => monitor.responded(request), null)
    platform.advance(platform.durationMs)
    const [minutes] = platform.result().metrics.views
    expect(minutes?.throughput['2xx']).toEqual([0, 0, 1, 0, 0])
    expect(minutes?.responseTime.max).toEqual([null, null, 7, null, null])
  })

  test('a run of no time at all has no intervals', () => {
    const { views } = createPlatform(tinyApp()).result().metrics
    expect(views.map(({ length, startMs }) => ({ length, startMs }))).toEqual(
      Array.from({ length: 4 }, () => ({ length: 0, startMs: 0 })),
    )
  })

  test('WebSockets are answers without a response time', () => {
    const { workload } = tinyApp()
    const { metrics } = run(
      tinyApp({
        formation: { web: { ...WEB, program: () => puma({ threads: 30 }) } },
        workload: {
          ...workload,
          endpoints: workload.endpoints.map((endpoint) => ({
            ...endpoint,
            webSocket: { lengthMs: 5_000, clientEveryMs: 1_000, dynoEveryMs: 1_000 },
          })),
        },
      }),
    ).result
    const [minutes] = metrics.views
    expect(minutes?.throughput['1xx']?.[5]).toBeGreaterThan(50)
    expect(minutes?.responseTime.max[5]).toBeNull()
  })

  test('keep the newest intervals of a long run, and no more', () => {
    const { workload } = tinyApp()
    const endMs = 9 * 24 * HOUR_MS
    const { metrics } = run(
      tinyApp({
        durationMs: endMs - 90_000,
        formation: { web: WEB },
        workload: { ...workload, rate: [{ atMs: 0, perSecond: 0.001 }] },
      }),
    ).result
    expect(
      metrics.views.map(({ window, length, startMs }) => ({
        window,
        length,
        hours: (endMs - startMs) / HOUR_MS,
      })),
    ).toEqual([
      { window: '2h', length: 120, hours: 2 + 1 / 60 },
      { window: '24h', length: 144, hours: 24 },
      { window: '72h', length: 72, hours: 72 },
      { window: '7d', length: 84, hours: 168 },
    ])
  })
})

function countsOf(view: MetricsView): { lengthMs: number; byStart: Map<number, number> } {
  const rates = Array.from({ length: view.length }, (_, index) =>
    sum(Object.values(view.throughput).map((column) => column[index] ?? 0)),
  )
  return {
    lengthMs: view.resolutionMs,
    byStart: new Map(
      rates.map((rate, index) => [
        view.startMs + index * view.resolutionMs,
        rate * (view.resolutionMs / MINUTE_MS),
      ]),
    ),
  }
}

function merged(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {}
  for (const record of records) {
    for (const [code, count] of Object.entries(record)) all[code] = (all[code] ?? 0) + count
  }
  return all
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
