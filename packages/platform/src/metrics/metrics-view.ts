import { round } from '../latency.js'
import type { DynoUsage, SampledQuantity } from './dyno-usage.js'
import type { IntervalSummary } from './metered-interval.js'
import type { MetricsView, ProcessMetrics } from './metrics.js'
import type { Resolution } from './resolution.js'

const MINUTE_MS = 60_000
/** Classes that are there even when no answer was of them. */
const CLASSES: readonly number[] = [2, 3, 4, 5]
/** What a WebSocket is answered with is of the class 1xx. */
const OTHER_CLASSES: readonly number[] = [0, 1]

/**
 * The columns of a view.
 *
 * @param unfinished the interval that is open; null when nothing of it has passed
 */
export function metricsView(
  resolution: Resolution,
  unfinished: IntervalSummary | null,
  nowMs: number,
): MetricsView {
  const { window, resolutionMs } = resolution
  const intervals = resolution.intervals(unfinished)
  const endMs = unfinished === null ? resolution.startMs : resolution.endMs
  const startMs = endMs - intervals.length * resolutionMs
  const rates = (first: number): readonly number[] =>
    intervals.map(({ answers }, index) => {
      const passedMs = Math.min(nowMs - startMs - index * resolutionMs, resolutionMs)
      return (answers[first] as number) / ((passedMs || resolutionMs) / MINUTE_MS)
    })
  return {
    window,
    resolutionMs,
    startMs,
    length: intervals.length,
    responseTime: {
      p50: intervals.map(({ p50 }) => p50),
      p95: intervals.map(({ p95 }) => p95),
      p99: intervals.map(({ p99 }) => p99),
      max: intervals.map(({ max }) => max),
    },
    throughput: Object.fromEntries(
      classesOf(intervals).map((first) => [`${first}xx`, rates(first)] as const),
    ),
    errors: Object.fromEntries(
      namesOf(intervals.map(({ errors }) => errors)).map((code) => [
        code,
        intervals.map(({ errors }) => errors.get(code) ?? 0),
      ]),
    ),
    processes: Object.fromEntries(
      namesOf(intervals.map(({ processes }) => processes)).map((process) => [
        process,
        processMetrics(intervals.map(({ processes }) => processes.get(process) ?? null)),
      ]),
    ),
  }
}

function classesOf(intervals: readonly IntervalSummary[]): readonly number[] {
  const others = OTHER_CLASSES.filter((first) => intervals.some(({ answers }) => answers[first]))
  return [...others, ...CLASSES]
}

/** All keys, sorted, so that the order does not depend on what came first. */
function namesOf(maps: readonly ReadonlyMap<string, unknown>[]): readonly string[] {
  return [...new Set(maps.flatMap((map) => [...map.keys()]))].sort()
}

function processMetrics(usages: readonly (DynoUsage | null)[]): ProcessMetrics {
  const means = (quantity: (usage: DynoUsage) => SampledQuantity): (number | null)[] =>
    usages.map((usage) => rounded(usage === null ? null : quantity(usage).mean))
  const maxima = (quantity: (usage: DynoUsage) => SampledQuantity): (number | null)[] =>
    usages.map((usage) => rounded(usage === null ? null : quantity(usage).max))
  return {
    quotaMb: usages.findLast((usage) => usage !== null)?.quotaMb ?? 0,
    loadMean: means(({ load }) => load),
    loadMax: maxima(({ load }) => load),
    totalMeanMb: means(({ total }) => total),
    totalMaxMb: maxima(({ total }) => total),
    rssMeanMb: means(({ rss }) => rss),
    rssMaxMb: maxima(({ rss }) => rss),
    swapMeanMb: means(({ swap }) => swap),
    swapMaxMb: maxima(({ swap }) => swap),
  }
}

function rounded(value: number | null): number | null {
  return value === null ? null : round(value)
}
