import type { AttachedAddOn } from '@celadon/addons'
import type { Generation, HttpRequest, Job, LogSink } from '@celadon/contracts'
import type { DynoEvent, DynoManifold, DynoSample } from '@celadon/dyno-manifold'
import type { Simulation } from '@celadon/kernel'
import type { Logplex } from '@celadon/logplex'
import type { Router } from '@celadon/router'
import type { JobCounts, JobObserver } from '@celadon/workers'
import { AppLog } from './app-log.js'
import { JobMonitor } from './job-monitor.js'
import { Marks } from './marks.js'
import type { AlertRule } from './metrics/alert-rule.js'
import { MetricsMonitor } from './metrics/metrics-monitor.js'
import { Recorder } from './recorder.js'
import { RequestMonitor } from './request-monitor.js'
import type { RunResult } from './result.js'
import { runResult } from './run-result.js'
import { seriesIntervalMs } from './series.js'
import type { Traffic } from './traffic.js'

/** What a monitor has to know of the run. */
export interface MonitorOptions {
  readonly simulation: Simulation
  /** Name of the app. */
  readonly name: string
  readonly generation: Generation
  /** Planned length of the run in milliseconds; the time series has at most 1440 intervals of it. */
  readonly durationMs: number
  /** What the run takes for granted, carried into the result. Default: nothing. */
  readonly assumptions?: readonly string[]
  /** Thresholds that are watched. Default: none. */
  readonly alerts?: readonly AlertRule[]
}

/** The parts of a platform that a monitor samples. */
export interface MonitoredParts {
  readonly router: Router
  readonly manifold: DynoManifold
  readonly logplex: Logplex
  /** Queues of background jobs. Default: none. */
  readonly queues?: readonly JobCounts[]
  /** Add-ons by the name that work calls them by. Default: none. */
  readonly addOns?: ReadonlyMap<string, AttachedAddOn>
  /** The app's traffic. Default: what users come to is not told, only what requests do. */
  readonly traffic?: Traffic
}

/** Makes a monitor. Pass its methods to the parts as they are made, then call `watch`. */
export function createMonitor(options: MonitorOptions): Monitor {
  return new Monitor(options)
}

/** Watches the parts of a platform and tells what came of a run. */
export class Monitor {
  readonly requests: RequestMonitor = new RequestMonitor()
  readonly marks: Marks
  readonly metrics: MetricsMonitor
  private readonly intervalMs: number
  private readonly jobs = new Map<string, JobMonitor>()
  private watched: { readonly parts: MonitoredParts; readonly recorder: Recorder } | null = null

  /** Use {@link createMonitor}. */
  constructor(readonly options: MonitorOptions) {
    this.intervalMs = seriesIntervalMs(options.durationMs)
    this.marks = new Marks(options.simulation, this.intervalMs)
    this.metrics = new MetricsMonitor(options.simulation, this.marks, options.alerts ?? [])
  }

  /** A router's `onResponse`. */
  readonly responded = (request: HttpRequest): void => {
    this.requests.responded(request)
    this.metrics.responded(request)
  }

  /** A manifold's `onRequestFinished`. */
  readonly requestFinished = (request: HttpRequest): void => this.requests.finished(request)

  /** A manifold's `onEvent`. */
  readonly dynoEvent = (event: DynoEvent): void => {
    if (event.type === 'crashed') this.marks.add('crash', `${event.dyno} crashed`)
    if (event.type === 'fault') this.metrics.dynoFailed(event.code)
  }

  /** A manifold's `onSample`. */
  readonly dynoSample = (sample: DynoSample): void => this.metrics.sampled(sample)

  /** A manifold's `log`: what the app measures is read from its lines on their way to `log`. */
  appLog(log: LogSink): LogSink {
    return new AppLog(log, this.metrics)
  }

  /** The observer of a job queue, by the queue's name. */
  jobObserver(queue: string): JobObserver {
    const monitor = this.jobMonitor(queue)
    return {
      started: (job: Job) => monitor.started(job),
      finished: (job: Job) => monitor.finished(job),
    }
  }

  /** Figures of the jobs of a queue. */
  jobMonitor(queue: string): JobMonitor {
    let monitor = this.jobs.get(queue)
    if (monitor === undefined) {
      monitor = new JobMonitor()
      this.jobs.set(queue, monitor)
    }
    return monitor
  }

  /** Begins to sample the parts. Call it once, before virtual time passes. */
  watch(parts: MonitoredParts): void {
    const { simulation } = this.options
    const recorder = new Recorder({
      simulation,
      intervalMs: this.intervalMs,
      router: parts.router,
      manifold: parts.manifold,
      queues: parts.queues ?? [],
      addOns: parts.addOns ?? new Map(),
      requests: this.requests,
      marks: this.marks,
      jobs: (queue) => this.jobMonitor(queue),
    })
    this.watched = { parts, recorder }
    recorder.start()
    this.metrics.start(parts.logplex)
  }

  /**
   * What is known up to now.
   *
   * @throws `PLATFORM_NOT_WATCHED` before `watch`
   */
  result(): RunResult {
    return runResult(this, this.watched)
  }
}
