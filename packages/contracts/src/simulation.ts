/** Runs when an event is due: a free function that gets its target and one number. */
export type Handler<Target> = (target: Target, arg: number) => void

/** The part of a simulation that a model may use. `@celadon/kernel`'s `Simulation` satisfies it. */
export interface Scheduler {
  /** Virtual time in milliseconds since the start of the run. */
  readonly now: number
  /** Runs `handler(target, arg)` after `delayMs`; returns a ticket for {@link Scheduler.cancel}. */
  schedule<Target>(delayMs: number, handler: Handler<Target>, target: Target, arg?: number): number
  /** Cancels a scheduled event; false when it already ran or was cancelled. */
  cancel(ticket: number): boolean
}

/** A stream of random numbers. `@celadon/kernel`'s `RandomStream` satisfies it. */
export interface RandomSource {
  /** A number in [0, 1). */
  float(): number
  /** An integer in [0, n). */
  below(n: number): number
  /** An exponentially distributed number with this mean. */
  exponential(mean: number): number
}
