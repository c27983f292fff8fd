import type { RandomSource, Scheduler } from './simulation.js'

/** The version of this contract. An add-on that was written for another one is refused. */
export const ADD_ON_CONTRACT_VERSION = 1

/** Environment of the app: names and values, all text. */
export type ConfigVars = Readonly<Record<string, string>>

/** What a plan costs. Models extend it with their own limits. */
export interface AddOnPlan {
  readonly usdPerMonth: number
}

/**
 * An add-on as its author writes it: what it is called, what can be bought, and how an instance of
 * it behaves. Factories return it, for example `postgres()`.
 */
export interface AddOnModel<Plan extends AddOnPlan = AddOnPlan> {
  readonly contractVersion: typeof ADD_ON_CONTRACT_VERSION
  /** Name in `heroku addons:create NAME:PLAN`, for example `heroku-postgresql`. */
  readonly service: string
  /** Plans by name. The first one is the default. */
  readonly plans: Readonly<Record<string, Plan>>
  /** Makes an instance for one app. Everything outside reaches it through the context. */
  attach(context: AddOnContext<Plan>): AddOn
}

/** What an instance of an add-on gets from the platform, and all that it may use. */
export interface AddOnContext<Plan extends AddOnPlan = AddOnPlan> {
  /** Name under which the app knows it, for example `DATABASE`. */
  readonly attachment: string
  readonly planName: string
  readonly plan: Plan
  readonly scheduler: Scheduler
  /** Calendar time of virtual time 0, in milliseconds since 1970 (UTC). */
  readonly epochMs: number
  /** A random stream of this instance, by purpose. */
  stream(purpose: string): RandomSource
  /** Writes a line that appears as `app[process]: text`, process for example `heroku-postgres`. */
  log(process: string, text: string): void
  /** Starts a one-off dyno with this command, as the Scheduler add-on does. */
  runOneOff(command: string): void
}

/** An instance of an add-on, attached to an app. */
export interface AddOn {
  /** Config vars that it sets on the app, for example `DATABASE_URL`. */
  readonly configVars: ConfigVars
  /** Gauges for reports: by name, a function that reads the present value. */
  readonly gauges?: Readonly<Record<string, () => number>>
  /** Called once when the run starts; schedules what the add-on does by itself. */
  start?(): void
  /**
   * Serves a call: calls `call.finish()` in its own time, now or later, exactly once. A call whose
   * process died meanwhile ignores it. Missing on add-ons that nobody calls.
   */
  call?(call: AddOnCall): void
  /**
   * Opens a connection for a process. Returns null, or the error message that the client library
   * raises. Missing: connections are not limited.
   */
  connect?(): string | null
  /** Closes `count` connections. */
  disconnect?(count: number): void
}

/** One visit of a request or a job to an add-on. */
export interface AddOnCall {
  /** Queries, gets or commands in this visit. */
  readonly operations: number
  /** Time in milliseconds that the visit takes with nobody else in the way. */
  readonly demandMs: number
  /** The add-on is through with it. With an error message, the unit of work fails. */
  finish(error?: string): void
}
