// The numbers of the text are those of the result.
import type { MetricsView, ProcessMetrics, RunResult } from '@celadon/platform'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openMetrics } from '../../src/index.js'
import { quietRun } from '../quiet-run.js'
import { anyRun } from './any-run.js'
import { readExposition, samplesOf } from './exposition.js'

test('each column is there, shifted to the end of its interval, without its gaps', () => {
  fc.assert(
    fc.property(anyRun, (result) => {
      const families = readExposition(openMetrics(result))
      const { series } = result
      const columns = [
        ['request_duration_seconds', { quantile: '0.95' }, series.totalP95, 1000],
        ['request_processing_seconds', { quantile: '0.5' }, series.serviceP50, 1000],
        ['request_queueing_seconds', { quantile: '0.95' }, series.queueP95, 1000],
        ['requests_waiting', {}, series.requestsWaiting, 1],
      ] as const
      for (const [name, labels, column, divisor] of columns) {
        const expected = column.flatMap((value, index) =>
          value === null ? [] : [[startSeconds(result) + (index + 1) * 60, value / divisor]],
        )
        const found = samplesOf(families, name, labels)
        expect(found.map(({ seconds }) => seconds)).toEqual(expected.map(([at]) => at))
        for (const [index, { value }] of found.entries()) {
          // Seconds are written to the microsecond.
          expect(Math.abs(value - (expected[index]?.[1] ?? Number.NaN))).toBeLessThanOrEqual(
            5e-7 + 1e-15 * value,
          )
        }
      }
    }),
  )
})

test('a counter starts at 0 with the run, ends with its total and grows by each interval', () => {
  const families = readExposition(openMetrics(threeMinutes()))
  const counted = (name: string, labels: Record<string, string> = {}) =>
    samplesOf(families, name, { suffix: '_total', ...labels }).map(({ seconds, value }) => [
      seconds - startSeconds(threeMinutes()),
      value,
    ])
  // The run ended 30 s into the fourth minute, of which the series knows nothing yet.
  expect(counted('requests')).toEqual([
    [0, 0],
    [60, 120],
    [120, 300],
    [180, 301],
    [210, 340],
  ])
  expect(counted('responses', { status_class: '2xx' })).toEqual([
    [0, 0],
    [60, 118],
    [120, 290],
    [180, 291],
    [210, 329],
  ])
  expect(counted('errors', { code: 'H12' })).toEqual([
    [0, 0],
    [60, 0],
    [120, 7],
    [180, 7],
    [210, 8],
  ])
})

test('a run longer than the page looks back has counted before', () => {
  const result = threeMinutes()
  const lastMinutes: MetricsView = { ...onlyView(result), startMs: 60_000, length: 3 }
  const view = {
    ...lastMinutes,
    throughput: { '2xx': [172, 1, 76] },
    errors: { H12: [7, 0, 1] },
  }
  const text = openMetrics({ ...result, metrics: { ...result.metrics, views: [view] } })
  const found = samplesOf(readExposition(text), 'responses', { suffix: '_total' })
  expect(found.map(({ value }) => value)).toEqual([118, 290, 291, 329])
})

test('of the views the finest that covers the run is taken', () => {
  const result = threeMinutes()
  const view = onlyView(result)
  const late: MetricsView = { ...view, startMs: 60_000 }
  const coarse: MetricsView = { ...view, resolutionMs: 600_000, throughput: { '2xx': [94] } }
  const found = (...views: MetricsView[]) =>
    samplesOf(
      readExposition(openMetrics({ ...result, metrics: { ...result.metrics, views } })),
      'responses',
      { suffix: '_total' },
    ).map(({ seconds, value }) => [seconds - startSeconds(result), value])
  expect(found(late, view, coarse)).toEqual(found(view))
  // Ten minutes of which 3.5 have passed, at 94 a minute.
  expect(found(late, coarse, view)).toEqual([
    [0, 0],
    [210, 329],
  ])
})

test('dynos have load and memory by process type, in bytes', () => {
  const result = threeMinutes()
  const web: ProcessMetrics = {
    quotaMb: 512,
    loadMean: [0.5, null, 0.75, 1],
    loadMax: [1, null, 1.5, 2],
    totalMeanMb: [300, null, 310, 320],
    totalMaxMb: [301, null, 311, 321],
    rssMeanMb: [290, null, 300, 310],
    rssMaxMb: [291, null, 301, 311],
    swapMeanMb: [10, null, 10, 10],
    swapMaxMb: [10, null, 10, 10.5],
  }
  const views = [{ ...onlyView(result), processes: { web } }]
  const text = openMetrics({ ...result, metrics: { ...result.metrics, views } })
  const of = (name: string, labels: Record<string, string> = {}) =>
    samplesOf(readExposition(text), name, { process_type: 'web', ...labels }).map(
      ({ seconds, value }) => [seconds - startSeconds(result), value],
    )
  const at = (column: readonly (number | null)[], bytes = 1) =>
    [60, 120, 180, 210].flatMap((seconds, index) => {
      const value = column[index] ?? null
      return value === null ? [] : [[seconds, value * bytes]]
    })
  const mb = 2 ** 20
  expect(of('dyno_load_mean')).toEqual(at(web.loadMean))
  expect(of('dyno_load_max')).toEqual(at(web.loadMax))
  for (const kind of ['total', 'rss', 'swap'] as const) {
    expect(of('dyno_memory_mean_bytes', { kind })).toEqual(at(web[`${kind}MeanMb`], mb))
    expect(of('dyno_memory_max_bytes', { kind })).toEqual(at(web[`${kind}MaxMb`], mb))
  }
  expect(of('dyno_memory_quota_bytes')).toEqual([[210, 512 * mb]])
})

test('durations of the whole run have quantiles, number and sum', () => {
  const total = { count: 400, mean: 75, p50: 60, p95: 200, p99: 500, max: 30_000 }
  const { latency, ...rest } = threeMinutes()
  const families = readExposition(openMetrics({ ...rest, latency: { ...latency, total } }))
  const of = (suffix: string) =>
    samplesOf(families, 'run_request_seconds', { suffix, part: 'total' }).map(
      ({ labels, value }) => [labels['quantile'], value],
    )
  expect(of('')).toEqual([
    ['0.5', 0.06],
    ['0.95', 0.2],
    ['0.99', 0.5],
    ['1.0', 30],
  ])
  expect(of('_count')).toEqual([[undefined, 400]])
  expect(of('_sum')).toEqual([[undefined, 30]])
  expect(samplesOf(families, 'run_request_seconds', { part: 'queue' })).toEqual([])
})

test('marks are counted by type, those of one moment together', () => {
  const marks = [
    { atMs: 1000, type: 'crash', label: 'web.1 crashed' },
    { atMs: 1000.3, type: 'crash', label: 'web.2 crashed' },
    { atMs: 1500, type: 'release', label: 'v5' },
    { atMs: 2000, type: 'crash', label: 'web.1 crashed' },
  ] as const
  const families = readExposition(openMetrics({ ...threeMinutes(), marks }))
  const crashes = samplesOf(families, 'events', { suffix: '_total', type: 'crash' })
  expect(crashes.map(({ value }) => value)).toEqual([2, 3])
  expect(samplesOf(families, 'events', { suffix: '_total', type: 'release' })).toHaveLength(1)
})

test('metrics of the app keep their unit and say what they are', () => {
  fc.assert(
    fc.property(anyRun, (result) => {
      const families = readExposition(openMetrics(result))
      const found = (name: string) => samplesOf(families, name).map(({ value }) => value)
      const of = (wanted: string) => result.metrics.custom.filter(({ type }) => type === wanted)
      const measures = of('measure')
      expect(found('custom_counted')).toEqual(of('count').map(({ sum }) => sum + 0))
      expect(found('custom_sample')).toEqual(of('sample').map(({ last }) => last + 0))
      expect(found('custom_measure_lines')).toEqual(measures.map(({ count }) => count))
      expect(found('custom_measure')).toEqual(
        measures.flatMap(({ min, p50, p95, p99, max }) =>
          [min, p50, p95, p99, max].map((value) => value + 0),
        ),
      )
      const units = samplesOf(families, 'custom_sample').map(({ labels }) => labels['unit'])
      expect(units).toEqual(of('sample').map(({ unit }) => unit))
    }),
  )
})

test('a drain tells what became of its messages', () => {
  const drain = {
    url: 'syslog://logs.example.com:514',
    token: 'd.1',
    taken: 100,
    delivered: 80,
    dropped: 10,
    unconfirmed: 6,
    waiting: 4,
    connections: 1,
    failures: 0,
  }
  const log = { lines: 100, refused: 2, lostByCode: { L10: 10 }, drains: [drain] }
  const families = readExposition(openMetrics({ ...threeMinutes(), log }))
  const outcomes = samplesOf(families, 'drain_messages', { suffix: '_total', drain: 'd.1' })
  expect(outcomes.map(({ labels, value }) => [labels['outcome'], value])).toEqual([
    ['delivered', 80],
    ['dropped', 10],
    ['unconfirmed', 6],
  ])
})

test('an alert that is raised when another ends goes on', () => {
  const result = threeMinutes()
  const alert = { type: 'response-time', threshold: 500, worst: 900, notifications: 1 } as const
  const alerts = [
    { ...alert, raisedAtMs: 60_000, endedAtMs: 120_000 },
    { ...alert, raisedAtMs: 120_000, endedAtMs: 180_000 },
  ]
  const text = openMetrics({ ...result, metrics: { ...result.metrics, alerts } })
  const found = samplesOf(readExposition(text), 'alert_firing', { threshold: '500' })
  expect(found.map(({ value }) => value)).toEqual([1, 1, 0])
})

test('the text of a run in which nothing happened', () => {
  const { metrics, ...rest } = threeMinutes()
  const nothing = { ...metrics, views: [] }
  const text = openMetrics({ ...quietRun(), app: rest.app, log: rest.log, metrics: nothing })
  expect(text).toMatchInlineSnapshot(`
    "# TYPE celadon_run info
    # HELP celadon_run What was simulated.
    celadon_run_info{app="shop",generation="cedar-2012",seed="1"} 1 1772409810
    # TYPE celadon_log_lines counter
    # HELP celadon_log_lines Lines that went through logplex.
    celadon_log_lines_total{app="shop"} 0 1772409810
    # TYPE celadon_log_lines_refused counter
    # HELP celadon_log_lines_refused Lines beyond the limit of the logging add-on, which logplex refused.
    celadon_log_lines_refused_total{app="shop"} 0 1772409810
    # TYPE celadon_requests counter
    # HELP celadon_requests Requests that reached the router.
    celadon_requests_total{app="shop"} 0 1772409600
    celadon_requests_total{app="shop"} 0 1772409810
    # TYPE celadon_requests_served counter
    # HELP celadon_requests_served Requests that got an answer of the app with a status below 500.
    celadon_requests_served_total{app="shop"} 0 1772409600
    celadon_requests_served_total{app="shop"} 0 1772409810
    # TYPE celadon_requests_failed counter
    # HELP celadon_requests_failed Requests that ended with an H-code or a status of 500 and more, or were refused for their form.
    celadon_requests_failed_total{app="shop"} 0 1772409600
    celadon_requests_failed_total{app="shop"} 0 1772409810
    # EOF
    "
  `)
})

/** A short run with a page: 120, 180 and 1 requests in its minutes, 39 after the last one. */
function threeMinutes(): RunResult {
  const run = quietRun()
  const zeros = [0, 0, 0]
  const nulls = [null, null, null, null]
  return {
    ...run,
    log: { lines: 0, refused: 0, lostByCode: {}, drains: [] },
    app: { ...run.app, name: 'shop', startedAt: '2026-03-02T00:00:00Z', durationMs: 210_000 },
    requests: {
      ...run.requests,
      arrived: 340,
      served: 332,
      failed: 8,
      byStatus: { '200': 320, '201': 9, '302': 3, '503': 8 },
      byCode: { H12: 8 },
    },
    series: {
      ...run.series,
      intervalMs: 60_000,
      length: 3,
      arrivalsPerSecond: [2, 3, 0.017],
      servedPerSecond: [2, 2.883, 0.017],
      failedPerSecond: [0, 0.117, 0],
      totalP50: [60, 80, null],
      totalP95: [200, 300, null],
      totalP99: [400, 500, null],
      serviceP50: [50, 60, null],
      queueP95: [0, 3, null],
      requestsWaiting: zeros,
    },
    metrics: {
      alerts: [],
      custom: [],
      views: [
        {
          window: '2h',
          resolutionMs: 60_000,
          startMs: 0,
          length: 4,
          responseTime: { p50: nulls, p95: nulls, p99: nulls, max: nulls },
          throughput: { '2xx': [118, 172, 1, 76] },
          errors: { H12: [0, 7, 0, 1] },
          processes: {},
        },
      ],
    },
  }
}

function onlyView({ metrics }: RunResult): MetricsView {
  const [view] = metrics.views
  if (view === undefined) throw new Error('the example has no view')
  return view
}

function startSeconds({ app }: RunResult): number {
  return Date.parse(app.startedAt) / 1000
}
