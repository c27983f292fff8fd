/**
 * What Heroku's metrics page shows of an app, by its definitions and at its resolutions. Source:
 * Heroku Dev Center, "Application Metrics", 2024.
 */
export interface Metrics {
  /** The page's four views, shortest first: each covers the end of the run. */
  readonly views: readonly MetricsView[]
  /** What threshold alerts were raised, in order of time. Empty when none was set up. */
  readonly alerts: readonly Alert[]
  /** What the app's own lines measured (`measure#`, `count#`, `sample#`), over the whole run. */
  readonly custom: readonly CustomMetric[]
}

/** How far back a view reaches. */
export type MetricsWindow = '2h' | '24h' | '72h' | '7d'

/**
 * One view: columns in which entry i belongs to the interval that starts at
 * `startMs + i * resolutionMs`, its first moment included. What a request did belongs to the interval
 * in which it ended.
 */
export interface MetricsView {
  readonly window: MetricsWindow
  /** One minute for `2h`, ten for `24h`, one hour for `72h`, two hours for `7d`. */
  readonly resolutionMs: number
  /** Virtual time at which the first interval starts, a multiple of the resolution. */
  readonly startMs: number
  /** Number of intervals; the last one may be unfinished. */
  readonly length: number
  /**
   * `service=` of the router before it is cut to whole milliseconds: from the connection to a dyno
   * until the answer. Percentiles are within 0.4 %. WebSockets, and requests that no dyno accepted,
   * are not in it; null in an interval without others.
   */
  readonly responseTime: {
    readonly p50: readonly (number | null)[]
    readonly p95: readonly (number | null)[]
    readonly p99: readonly (number | null)[]
    readonly max: readonly (number | null)[]
  }
  /**
   * Requests per minute by status class: `2xx` to `5xx`, and `1xx` where WebSockets have ended. An
   * unfinished interval counts with the time that has passed in it. Failed are those of `5xx`.
   */
  readonly throughput: Readonly<Record<string, readonly number[]>>
  /** Errors by H- and R-code; by L-code (L10, L12, L13) the messages of the log that were lost. */
  readonly errors: Readonly<Record<string, readonly number[]>>
  /** By process type. */
  readonly processes: Readonly<Record<string, ProcessMetrics>>
}

/** What runtime metrics say of the dynos of a process type; null where no dyno reported. */
export interface ProcessMetrics {
  /** Memory quota of one dyno, in MB. */
  readonly quotaMb: number
  /** One-minute load average: mean and maximum over the dynos' samples. */
  readonly loadMean: readonly (number | null)[]
  readonly loadMax: readonly (number | null)[]
  /** Memory in MB: mean and maximum over the dynos' samples. `total` is `rss` and `swap` together. */
  readonly totalMeanMb: readonly (number | null)[]
  readonly totalMaxMb: readonly (number | null)[]
  readonly rssMeanMb: readonly (number | null)[]
  readonly rssMaxMb: readonly (number | null)[]
  readonly swapMeanMb: readonly (number | null)[]
  readonly swapMaxMb: readonly (number | null)[]
}

/** A threshold that was exceeded for as long as its sensitivity asks. */
export interface Alert {
  readonly type: 'response-time' | 'failed-requests'
  /** In milliseconds for `response-time`, a share from 0 to 1 for `failed-requests`. */
  readonly threshold: number
  readonly raisedAtMs: number
  /** Null when it had not ended with the run. */
  readonly endedAtMs: number | null
  /** Worst value of a minute while it lasted, in the threshold's unit. */
  readonly worst: number
  /** Mails that were sent: the first and its reminders. */
  readonly notifications: number
}

/** A metric of the app's own, by the conventions of l2met. */
export interface CustomMetric {
  readonly name: string
  readonly type: 'measure' | 'count' | 'sample'
  /** `source=` of the lines; empty when they had none. */
  readonly source: string
  /** Letters right after the number, such as `ms`; empty when there were none. */
  readonly unit: string
  /** Lines that had it. */
  readonly count: number
  /** Sum of the values. */
  readonly sum: number
  readonly min: number
  readonly max: number
  /** Median, 95th and 99th percentile; they mean something for a `measure` only. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** The last value; it means something for a `sample` only. */
  readonly last: number
}
