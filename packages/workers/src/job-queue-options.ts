import type { Job, RandomSource, Scheduler } from '@celadon/contracts'

/** What a queue needs of a simulation. `@celadon/kernel`'s `Simulation` satisfies it. */
export interface JobSimulation extends Scheduler {
  stream(name: string): RandomSource
}

/**
 * Is told about jobs, for statistics of latency. Each method is called at most once per attempt,
 * after the job's times are set.
 */
export interface JobObserver {
  /**
   * An attempt begins. `job.attempts` counts the failed ones before it. An attempt whose worker was
   * killed did not fail: when another worker takes the job again, `attempts` is the same.
   */
  started?(job: Job): void
  /** The job is done or was given up; `job.work.error` tells which. */
  finished?(job: Job): void
}

/** What every queue is made with. */
export interface JobQueueOptions {
  readonly simulation: JobSimulation
  /** Default: none. */
  readonly observer?: JobObserver
}
