import type {
  AddOnModel,
  ClientLink,
  ConfigVars,
  DynoSize,
  Generation,
  Program,
  RequestFault,
  ResponseFault,
  Step,
  WebSocketUse,
} from '@celadon/contracts'
import type { ManifoldSettings, RestartStrategy } from '@celadon/dyno-manifold'
import type { Distribution, RatePoint } from '@celadon/kernel'
import type { DeliveryOptions, RequestLines, SimulatedConsumerOptions } from '@celadon/logplex'
import type {
  ClosedLoopOptions,
  HedgingOptions,
  Policy,
  RetryingOptions,
  RouterSettings,
} from '@celadon/router'
import type { DelayedJobQueue, ResqueQueue } from '@celadon/workers'
import type { AlertRule } from './metrics/alert-rule.js'

/** A Heroku app with its traffic and its day: all that a run needs. */
export interface App {
  readonly name: string
  readonly seed: string
  /** Calendar start in milliseconds since 1970, UTC. */
  readonly epochMs: number
  readonly durationMs: number
  readonly generation: Generation
  /** How the routing mesh departs from its generation. Default: not at all. */
  readonly routing?: Routing
  /** How dynos are treated beyond their generation. Default: as it says. */
  readonly dynos?: DynoTreatment
  /** Process types by name; `web` is the one that gets HTTP. */
  readonly formation: Readonly<Record<string, ProcessType>>
  readonly addOns: readonly Attachment[]
  readonly configVars: ConfigVars
  readonly jobs: readonly JobDescription[]
  /** What one-off dynos run: commands of the Scheduler add-on and of the release phase. */
  readonly tasks: readonly TaskDescription[]
  /** Command of the Procfile's `release` line, run once per deploy; null when there is none. */
  readonly releaseCommand: string | null
  readonly workload: Workload
  /** What is done to the app during the run. */
  readonly events: readonly PlannedEvent[]
  /** Thresholds that are watched. Default: none. */
  readonly alerts?: readonly AlertRule[]
  /** What becomes of the log. Default: lines are in it at once, and nobody drains it. */
  readonly logs?: Logging
  /** What was assumed where the input was silent; carried into the result. */
  readonly assumptions: readonly string[]
}

/** How requests find a dyno. */
export interface Routing {
  /** How a dyno is chosen when there are several. Default: at random. */
  readonly policy?: Policy
  /** Departures from the generation's settings. */
  readonly settings?: Partial<RouterSettings>
}

/** How the manifold treats the app's dynos. */
export interface DynoTreatment {
  /** Departures from the generation's settings. */
  readonly settings?: Partial<ManifoldSettings>
  /** How a release, and a restart of the whole app, replaces its dynos. Default `at-once`. */
  readonly deploys?: RestartStrategy
}

/** What becomes of the app's log. */
export interface Logging {
  /** Who writes a line per request. Default `router+app`. */
  readonly requestLines?: RequestLines
  /** Where the log is drained to, at most 5. Default: nowhere. */
  readonly drains?: readonly DrainDescription[]
  /** How lines get from the dynos to logplex. Default: they are there at once. */
  readonly delivery?: DeliveryOptions
  /** Lines a minute that logplex takes in, of `bamboo-2010`. Default: no limit. */
  readonly linesPerMinute?: number
}

/** A drain, and how the consumer behind it behaves. */
export interface DrainDescription {
  /** `syslog://host:port`, `syslog+tls://host:port` or `https://user:password@host/path`. */
  readonly url: string
  /** Default: a prompt one. */
  readonly consumer?: Omit<SimulatedConsumerOptions, 'scheduler'>
}

/** A line of the Procfile with its share of the formation. */
export interface ProcessType {
  readonly quantity: number
  readonly size: DynoSize
  /** Command of the Procfile, for the log. */
  readonly command: string
  /** Makes what the dynos of this type run. One program serves all of them. */
  readonly program: (parts: AppParts) => Program
}

/** What programs of an app share. */
export interface AppParts {
  readonly delayedJob: DelayedJobQueue
  readonly resque: ResqueQueue
  /** Puts a job of `app.jobs`, by its name, into its library's queue. */
  enqueue(job: string): void
}

/** An add-on that the app has bought. */
export interface Attachment {
  /** Name under which steps call it, for example `heroku-postgresql`. */
  readonly name: string
  readonly model: AddOnModel
  readonly plan: string
}

/** A kind of background job and what one of it takes. */
export interface JobDescription {
  readonly name: string
  readonly library: 'delayed_job' | 'resque'
  readonly queue: string
  readonly priority: number
  readonly service: Distribution
  readonly steps: readonly Step[]
  readonly failureRate: number
}

/** A command that a one-off dyno runs. Commands that are not described take 30 s of waiting. */
export interface TaskDescription {
  readonly command: string
  readonly service: Distribution
  readonly steps: readonly Step[]
}

/** The traffic: how many requests come when, what they ask for, and how clients behave. */
export interface Workload {
  /** Requests a second. Empty where there are `users`. */
  readonly rate: readonly RatePoint[]
  /** Users who wait for their answers. Default: requests arrive by themselves. */
  readonly users?: Pick<ClosedLoopOptions, 'users' | 'thinkMs'>
  readonly endpoints: readonly EndpointDescription[]
  /** How clients try again after an error. Default: they do not. */
  readonly retries?: Pick<RetryingOptions, 'attemptsMax' | 'backOff' | 'budget'>
  /** When clients send a second copy. Default: never. */
  readonly hedge?: Pick<HedgingOptions, 'afterMs' | 'hedgesMax'>
  /** Time in milliseconds after which a client leaves without an answer. Default: it never does. */
  readonly patienceMs?: Distribution
  /** How fast the clients' line is. Default: nothing takes time on it. */
  readonly link?: ClientLink
  /** Browsers that requests which arrive by themselves come from. Default: clients without cookies. */
  readonly sessions?: number
}

/** A route of the app and what a request to it takes. */
export interface EndpointDescription {
  readonly method: string
  readonly path: string
  /** Share of the requests, relative to the other endpoints'. */
  readonly weight: number
  readonly service: Distribution
  readonly steps: readonly Step[]
  readonly responseBytes: number
  /** Size of the request's body. Default 0. */
  readonly requestBytes?: number
  /** Set when it opens a WebSocket. */
  readonly webSocket?: WebSocketUse
  /** What is wrong with every request to it. Default: nothing. */
  readonly requestFault?: RequestFault
  /** What is wrong with every response of it. Default: nothing. */
  readonly responseFault?: ResponseFault
  /**
   * Lines that the app prints when it is through with a request without an error. `{service}` and
   * `{queue}` stand for whole milliseconds in the process and before it, `{dyno}`, `{method}` and
   * `{path}` for themselves. Metrics in them, such as `measure#checkout={service}ms source={dyno}`,
   * become part of the result. Default: none.
   */
  readonly prints?: readonly string[]
  /** Jobs that a request enqueues: by job name, the probability. */
  readonly enqueues: Readonly<Record<string, number>>
}

/** Something that is done to the app during the run, at a virtual time in milliseconds. */
export type PlannedEvent =
  | { readonly type: 'deploy'; readonly atMs: number; readonly description: string }
  | { readonly type: 'crash'; readonly atMs: number; readonly dyno: string }
  | { readonly type: 'restart'; readonly atMs: number }
  /** The host of this dyno fails, and with it every dyno that is on it. */
  | { readonly type: 'fail-host'; readonly atMs: number; readonly dyno: string }
  /** A router instance, counted from 0, is replaced. */
  | { readonly type: 'restart-router'; readonly atMs: number; readonly instance: number }
  | { readonly type: 'maintenance'; readonly atMs: number; readonly on: boolean }
  | {
      readonly type: 'scale'
      readonly atMs: number
      readonly process: string
      readonly quantity: number
    }
