import type { Metrics } from './metrics/metrics.js'

/**
 * What a run found out, as plain data: the content of `--json`. Durations are in milliseconds,
 * money in US dollars. The same seed and scenario give the same result, byte for byte.
 */
export interface RunResult {
  readonly schemaVersion: 1
  readonly app: {
    readonly name: string
    readonly generation: string
    readonly seed: string
    /** Calendar start of the run, UTC: `2026-03-02T00:00:00Z`. */
    readonly startedAt: string
    /** Virtual time that was simulated. Less than planned when the run was interrupted. */
    readonly durationMs: number
    readonly plannedDurationMs: number
  }
  readonly requests: RequestSummary
  /** What users came to. Missing when each request is all that its user wants. */
  readonly clients?: ClientSummary
  readonly latency: {
    /** From the moment a process takes a request up until it is through with it: performance. */
    readonly service: LatencySummary
    /** From arrival at the router until a process takes the request up. */
    readonly queue: LatencySummary
    /**
     * From arrival at the router until the client has its answer or its error page, or leaves.
     * WebSockets are not in it.
     */
    readonly total: LatencySummary
  }
  readonly processes: readonly ProcessSummary[]
  readonly jobs: readonly JobSummary[]
  readonly addOns: readonly AddOnSummary[]
  readonly log: LogSummary
  readonly cost: {
    readonly items: readonly CostItem[]
    /** Cost of the simulated time. */
    readonly totalUsd: number
  }
  readonly series: Series
  /** What Heroku's metrics page shows, at its resolutions. */
  readonly metrics: Metrics
  /**
   * Deploys, crashes, restarts, scaling, maintenance, faults of hosts and routers, first errors,
   * alerts: what happened when, in order of time.
   */
  readonly marks: readonly Mark[]
  /** What the run took for granted because the input did not say. */
  readonly assumptions: readonly string[]
}

/** What became of the requests. */
export interface RequestSummary {
  /** Requests that reached the router. */
  readonly arrived: number
  /**
   * Requests that got an answer from the app with a status below 500. A WebSocket is one of them when
   * it has ended in order.
   */
  readonly served: number
  /**
   * Requests that ended with an H-code or a status of 500 and more, or that the router refused for
   * their form (400, 413, 417).
   */
  readonly failed: number
  /** Requests that had no answer yet when the run ended: arrived = served + failed + inFlight. */
  readonly inFlight: number
  /** Arrivals a second over the whole run. */
  readonly meanPerSecond: number
  /** Arrivals a second in the busiest interval of the series. */
  readonly peakPerSecond: number
  /** Requests that a dyno finished after the client had its error page or had left: work for nobody. */
  readonly zombies: number
  /** Number of responses by HTTP status. */
  readonly byStatus: Readonly<Record<string, number>>
  /** Number of failures by H-code. */
  readonly byCode: Readonly<Record<string, number>>
}

/**
 * What came of what users wanted, where they wait for answers, try again or hedge:
 * asks = succeeded + failed + open.
 */
export interface ClientSummary {
  /** Things that users wanted. */
  readonly asks: number
  /** Requests that were sent for them, further attempts and copies included. */
  readonly attempts: number
  /** Asks that came to a good answer. */
  readonly succeeded: number
  /** Asks that were given up after an error. */
  readonly failed: number
  /** Asks without a final answer when the run ended. */
  readonly open: number
  /** Retries that were not made because the budget was spent. */
  readonly denied: number
  /** Answers that came after that of another copy. */
  readonly wasted: number
  /** From the first request of an ask until its final answer, good or bad. */
  readonly latency: LatencySummary
}

/** A distribution of durations in milliseconds; percentiles are within 0.4 %. */
export interface LatencySummary {
  readonly count: number
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** One process type of the formation. */
export interface ProcessSummary {
  readonly type: string
  readonly program: string
  readonly size: string
  /** Dynos at the end of the run. */
  readonly quantity: number
  /** Requests or jobs that all its dynos together can have under way. */
  readonly slots: number
  /** Share of the slots that was busy while dynos were up, averaged over time, 0 to 1. */
  readonly utilization: number
  /** Share of CPU that was used, averaged over time, 0 to 1. */
  readonly cpuUtilization: number
  /** Units of work that waited on its dynos, averaged over time. */
  readonly meanWaiting: number
  readonly maxWaiting: number
  readonly starts: number
  readonly crashes: number
  /** Dyno errors by R-code. */
  readonly byCode: Readonly<Record<string, number>>
  readonly memoryMaxMb: number
  readonly memoryQuotaMb: number
}

/** One job library: enqueued = done + failed + waiting + running + lost. */
export interface JobSummary {
  readonly queue: string
  readonly enqueued: number
  readonly done: number
  /** Jobs that were given up after their last attempt. */
  readonly failed: number
  /** Jobs that wait for a worker or for their next attempt. */
  readonly waiting: number
  readonly running: number
  /** Jobs that vanished with the process that ran them. */
  readonly lost: number
  /** Failed attempts that were or will be made again. */
  readonly retries: number
  /** From enqueue until the first attempt begins. */
  readonly latency: LatencySummary
  /** Duration of an attempt. */
  readonly service: LatencySummary
  readonly maxWaiting: number
}

/** One attached add-on. */
export interface AddOnSummary {
  readonly attachment: string
  readonly service: string
  readonly plan: string
  readonly usdPerMonth: number
  readonly calls: number
  readonly errors: number
  readonly latency: LatencySummary
  /** Present values of the gauges that the model offers, for example open connections. */
  readonly gauges: Readonly<Record<string, number>>
  /** Highest value of each gauge among the samples of the series. */
  readonly gaugesMax: Readonly<Record<string, number>>
}

/** What became of the app's log. */
export interface LogSummary {
  /** Lines that went through logplex. */
  readonly lines: number
  /** Lines beyond the limit of the logging add-on (2010), which logplex refused. */
  readonly refused: number
  /**
   * Messages that were lost, by the code that reports them: `L10` in drains, `L12` and `L13` between
   * dynos and logplex.
   */
  readonly lostByCode: Readonly<Record<string, number>>
  readonly drains: readonly DrainSummary[]
}

/** One drain of the log, in messages: taken = delivered + dropped + unconfirmed + waiting. */
export interface DrainSummary {
  /** Without user and password. */
  readonly url: string
  readonly token: string
  /** Lines that logplex handed to the drain. */
  readonly taken: number
  /** Messages that its consumer took. */
  readonly delivered: number
  /** Messages that were given up (L10). */
  readonly dropped: number
  /** Messages whose connection broke while they were sent; the consumer may have some of them. */
  readonly unconfirmed: number
  /** Messages in the buffer or being sent. */
  readonly waiting: number
  /** Connections that stood. */
  readonly connections: number
  /** Attempts to connect that failed, and batches that were not taken. */
  readonly failures: number
}

/** A line of the bill. */
export interface CostItem {
  /** For example `web: standard-2x` or `heroku-postgresql:standard-0`. */
  readonly what: string
  readonly hours: number
  readonly usd: number
}

/**
 * Time series in columns: entry i of each array belongs to the interval that starts at
 * `i * intervalMs`. Rates are per second, latencies of an empty interval are null.
 */
export interface Series {
  readonly intervalMs: number
  readonly length: number
  readonly arrivalsPerSecond: readonly number[]
  readonly servedPerSecond: readonly number[]
  readonly failedPerSecond: readonly number[]
  readonly totalP50: readonly (number | null)[]
  readonly totalP95: readonly (number | null)[]
  readonly totalP99: readonly (number | null)[]
  readonly serviceP50: readonly (number | null)[]
  readonly queueP95: readonly (number | null)[]
  /** Requests waiting in the router and on web dynos at the end of the interval. */
  readonly requestsWaiting: readonly number[]
  /** Failures by H-code, per interval. */
  readonly byCode: Readonly<Record<string, readonly number[]>>
  /** By process type. */
  readonly dynosUp: Readonly<Record<string, readonly number[]>>
  /** By process type: mean memory of its dynos in MB. */
  readonly memoryMb: Readonly<Record<string, readonly number[]>>
  /** By process type: share of slots busy, 0 to 1. */
  readonly utilization: Readonly<Record<string, readonly number[]>>
  /** By job library: jobs waiting at the end of the interval. */
  readonly jobsWaiting: Readonly<Record<string, readonly number[]>>
  /** By job library: jobs done in the interval. */
  readonly jobsDone: Readonly<Record<string, readonly number[]>>
}

/** Something that happened at one moment. */
export interface Mark {
  readonly atMs: number
  readonly type:
    | 'release'
    | 'crash'
    | 'restart'
    | 'scale'
    | 'maintenance'
    | 'fault'
    | 'error'
    | 'alert'
  /** For people: `v5 Deploy 1f3a9c2`, `web.3 crashed`, `H12`, `host of web.1 failed`. */
  readonly label: string
}
