import type {
  Alert,
  CustomMetric,
  LogSummary,
  Metrics,
  MetricsView,
  RunResult,
} from '@celadon/platform'
import fc from 'fast-check'
import { anyResult } from '../any-result.js'

const MINUTE_MS = 60_000
const WINDOWS = [
  { window: '2h', resolutionMs: MINUTE_MS },
  { window: '24h', resolutionMs: 10 * MINUTE_MS },
  { window: '72h', resolutionMs: 60 * MINUTE_MS },
  { window: '7d', resolutionMs: 120 * MINUTE_MS },
] as const
/** Far less than a view really has: enough to have a beginning, a middle and an end. */
const INTERVALS_MAX = 4

const name = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('a"b', 'a\\n', 'line\nfeed'))
const amount = fc.double({ min: 0, max: 1e6, noNaN: true })
const anyNumber = fc.double({ min: -1e6, max: 1e6, noNaN: true })

const custom: fc.Arbitrary<CustomMetric> = fc.record({
  name,
  type: fc.constantFrom('measure', 'count', 'sample'),
  source: name,
  unit: fc.constantFrom('', 'ms', 'GB'),
  count: fc.nat(),
  sum: anyNumber,
  min: anyNumber,
  max: anyNumber,
  p50: anyNumber,
  p95: anyNumber,
  p99: anyNumber,
  last: anyNumber,
})

const log: fc.Arbitrary<LogSummary> = fc.record({
  lines: fc.nat(),
  refused: fc.nat(),
  lostByCode: fc.dictionary(fc.constantFrom('L10', 'L12', 'L13'), fc.nat()),
  drains: fc.uniqueArray(
    fc.record({
      url: fc.webUrl(),
      token: name,
      taken: fc.nat(),
      delivered: fc.nat(),
      dropped: fc.nat(),
      unconfirmed: fc.nat(),
      waiting: fc.nat(),
      connections: fc.nat(),
      failures: fc.nat(),
    }),
    { selector: ({ token }) => token, maxLength: 3 },
  ),
})

/** Alerts of one kind, one after the other. */
const alerts: fc.Arbitrary<Alert[]> = fc
  .tuple(
    fc.constantFrom<Alert['type']>('response-time', 'failed-requests'),
    fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 3 })), { maxLength: 3 }),
  )
  .map(([type, spells]) => {
    let minute = 0
    return spells.map(([quiet, length], index) => {
      const raisedAtMs = (minute + quiet) * MINUTE_MS
      minute += quiet + length
      const endedAtMs = index === spells.length - 1 ? null : minute * MINUTE_MS
      return { type, threshold: 0.05, raisedAtMs, endedAtMs, worst: 0.2, notifications: 1 }
    })
  })

function anyView(durationMs: number, index: number): fc.Arbitrary<MetricsView> {
  const { window, resolutionMs } = WINDOWS[index] ?? WINDOWS[0]
  const ended = Math.ceil(durationMs / resolutionMs)
  const length = Math.min(ended, INTERVALS_MAX)
  const column = fc.array(amount, { minLength: length, maxLength: length })
  const counts = fc.array(fc.nat(1000), { minLength: length, maxLength: length })
  const gaps = fc.array(fc.option(amount), { minLength: length, maxLength: length })
  const process = fc.record({
    quotaMb: fc.constantFrom(512, 1024),
    loadMean: gaps,
    loadMax: gaps,
    totalMeanMb: gaps,
    totalMaxMb: gaps,
    rssMeanMb: gaps,
    rssMaxMb: gaps,
    swapMeanMb: gaps,
    swapMaxMb: gaps,
  })
  return fc.record({
    window: fc.constant(window),
    resolutionMs: fc.constant(resolutionMs),
    startMs: fc.constant((ended - length) * resolutionMs),
    length: fc.constant(length),
    responseTime: fc.record({ p50: gaps, p95: gaps, p99: gaps, max: gaps }),
    throughput: fc.record({ '2xx': column, '5xx': column }),
    errors: fc.dictionary(fc.constantFrom('H12', 'R14', 'L10'), counts),
    processes: fc.dictionary(name, process, { maxKeys: 3 }),
  })
}

function anyMetrics(durationMs: number): fc.Arbitrary<Metrics> {
  return fc.record({
    views: fc.tuple(...WINDOWS.map((_, index) => anyView(durationMs, index))),
    alerts,
    custom: fc.uniqueArray(custom, { selector: (one) => `${one.name}/${one.source}/${one.unit}` }),
  })
}

/** Any result that a run can have: names are unique and its parts lie within its time. */
export const anyRun: fc.Arbitrary<RunResult> = fc
  .tuple(anyResult, fc.integer({ min: 5 * MINUTE_MS, max: 600 * MINUTE_MS }))
  .chain(([result, durationMs]) =>
    fc.tuple(anyMetrics(durationMs), log).map(([metrics, log]) => ({
      ...result,
      log,
      app: { ...result.app, durationMs },
      processes: uniqueBy(result.processes, ({ type }) => type),
      jobs: uniqueBy(result.jobs, ({ queue }) => queue),
      addOns: uniqueBy(result.addOns, ({ attachment }) => attachment),
      cost: { ...result.cost, items: uniqueBy(result.cost.items, ({ what }) => what) },
      marks: [...result.marks].sort((a, b) => a.atMs - b.atMs),
      metrics,
    })),
  )

function uniqueBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()]
}
