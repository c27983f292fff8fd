/**
 * What became of the jobs of a queue, live. At any moment
 * `enqueued = done + failed + waiting + running + lost`.
 */
export interface JobCounts {
  /** The library behind the queue, for example `delayed_job`. */
  readonly name: string
  readonly enqueued: number
  readonly done: number
  /** Jobs that were given up. */
  readonly failed: number
  /** Jobs that a worker may take now, or later because a retry waits for its time. */
  readonly waiting: number
  /** Jobs that a worker has taken. */
  readonly running: number
  /** Jobs that vanished with the processes that ran them. */
  readonly lost: number
  /** Failed attempts after which the job went back to wait. */
  readonly retries: number
}
