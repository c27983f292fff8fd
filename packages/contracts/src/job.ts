import { Work } from './work.js'

/** A kind of background job. */
export interface JobClass {
  /** Class name in the app, for example `ReceiptMailer`. */
  readonly name: string
  /** Named queue that it goes to. */
  readonly queue: string
  /** delayed_job's priority: lower numbers go first. */
  readonly priority: number
  /** Share of attempts that raise an error, 0 to 1. */
  readonly failureRate: number
  /** Gives a new job its demand and steps. */
  draw(work: Work): void
}

/** One background job and what became of it. Times are virtual milliseconds; -1: not yet. */
export class Job {
  readonly work: Work = new Work()
  /** Failed attempts so far. */
  attempts = 0
  /** When an attempt began. */
  startedAt = -1
  finishedAt = -1
  /** The moment before which no worker takes it. */
  runAt: number

  /** @param id ordinal in its queue's life, from 1 */
  constructor(
    readonly id: number,
    readonly jobClass: JobClass,
    readonly enqueuedAt: number,
  ) {
    this.runAt = enqueuedAt
  }
}

/** Where the app puts background work. delayed_job's and resque's queues in `@celadon/workers` are some. */
export interface JobQueue {
  /** The library behind it, for example `delayed_job`. */
  readonly name: string
  enqueue(jobClass: JobClass): void
}
