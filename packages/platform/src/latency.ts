import { Histogram } from '@celadon/kernel'
import type { LatencySummary } from './result.js'

/** Durations of the present interval and of the whole run, recorded once for both. */
export class Latency {
  private readonly whole = new Histogram()
  private readonly interval = new Histogram()

  record(durationMs: number): void {
    this.interval.record(durationMs)
  }

  /** A percentile of the present interval; null when nothing was recorded in it. */
  intervalQuantile(p: number): number | null {
    return this.interval.count === 0 ? null : round(this.interval.quantile(p))
  }

  /** Ends the present interval. */
  roll(): void {
    this.whole.merge(this.interval)
    this.interval.reset()
  }

  summary(): LatencySummary {
    const all = new Histogram()
    all.merge(this.whole)
    all.merge(this.interval)
    return summarize(all)
  }
}

/** The figures of a histogram of durations in milliseconds. */
export function summarize(histogram: Histogram): LatencySummary {
  return {
    count: histogram.count,
    mean: round(histogram.mean),
    p50: round(histogram.quantile(0.5)),
    p95: round(histogram.quantile(0.95)),
    p99: round(histogram.quantile(0.99)),
    max: round(histogram.max),
  }
}

/** To a thousandth: finer digits of a figure mean nothing and only make the data longer. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
