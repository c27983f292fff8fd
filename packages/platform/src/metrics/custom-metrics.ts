import { Histogram } from '@celadon/kernel'
import { type Metric, parseMetrics } from '@celadon/logplex'
import { round } from '../latency.js'
import type { CustomMetric } from './metrics.js'

/** Metrics that are kept, by name, source and unit. Further ones are left out. */
const SERIES_MAX = 1000

/** What the app's own lines measure, by the conventions of l2met. */
export class CustomMetrics {
  private readonly byKey = new Map<string, CustomSeries>()

  /** A line of the app. */
  take(text: string): void {
    const { source, metrics } = parseMetrics(text)
    for (const metric of metrics) this.seriesOf(metric, source ?? '')?.record(metric.value)
  }

  /** Sorted by name, kind, source and unit. */
  toArray(): readonly CustomMetric[] {
    return [...this.byKey]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, series]) => series.toCustomMetric())
  }

  private seriesOf({ kind, name, unit }: Metric, source: string): CustomSeries | null {
    const key = `${name} ${kind} ${source} ${unit}`
    const known = this.byKey.get(key)
    if (known !== undefined) return known
    if (this.byKey.size >= SERIES_MAX) return null
    const series = new CustomSeries(kind, name, source, unit)
    this.byKey.set(key, series)
    return series
  }
}

class CustomSeries {
  private count = 0
  private sum = 0
  private min: number = Number.POSITIVE_INFINITY
  private max: number = Number.NEGATIVE_INFINITY
  private last = 0
  /** Percentiles mean something for a `measure` only. */
  private readonly histogram: Histogram | null

  constructor(
    private readonly type: CustomMetric['type'],
    private readonly name: string,
    private readonly source: string,
    private readonly unit: string,
  ) {
    this.histogram = type === 'measure' ? new Histogram() : null
  }

  record(value: number): void {
    this.count += 1
    this.sum += value
    if (value < this.min) this.min = value
    if (value > this.max) this.max = value
    this.last = value
    this.histogram?.record(value)
  }

  toCustomMetric(): CustomMetric {
    const { name, type, source, unit, count, sum, min, max, last } = this
    const quantile = (p: number): number => round(this.histogram?.quantile(p) ?? 0)
    return {
      name,
      type,
      source,
      unit,
      count,
      sum: round(sum),
      min,
      max,
      p50: quantile(0.5),
      p95: quantile(0.95),
      p99: quantile(0.99),
      last,
    }
  }
}
