import { Job, type JobClass, type JobQueue, type RandomSource } from '@celadon/contracts'
import { drawFailure } from './attempt-failure.js'
import { requireAttempt } from './attempt-under-way.js'
import type { JobCounts } from './job-counts.js'
import { byPriority, byRunAt, JobHeap } from './job-heap.js'
import type { JobObserver, JobQueueOptions, JobSimulation } from './job-queue-options.js'
import { atLeastOne, positiveMs } from './option-checks.js'
import { NO_TICKET, SleepingWorkers } from './sleeping-workers.js'

/** Settings of delayed_job that all its workers share. */
export interface DelayedJobQueueOptions extends JobQueueOptions {
  /** Attempts after which a job is given up. Default 25 (delayed_job, `max_attempts`). */
  readonly maxAttempts?: number
  /**
   * Age in milliseconds at which the lock of a killed worker expires. Default 4 hours (delayed_job,
   * `max_run_time`).
   */
  readonly maxRunTimeMs?: number
}

/** How an attempt ended: the job is done, waits for another attempt, or was given up. */
export type AttemptEnd = 'done' | 'retry' | 'failed'

/** Makes an empty `delayed_jobs` table. */
export function createDelayedJobQueue(options: DelayedJobQueueOptions): DelayedJobQueue {
  return new DelayedJobQueue(options)
}

/**
 * The table `delayed_jobs`: jobs by priority, then by the time from which they may run. A job is
 * run at least once: when its worker is killed, the lock stays in the table until it expires, and
 * then another worker takes the job again. Until then it counts as running. Nothing is ever lost.
 */
export class DelayedJobQueue implements JobQueue, JobCounts {
  readonly name = 'delayed_job'
  enqueued = 0
  done = 0
  failed = 0
  waiting = 0
  running = 0
  readonly lost = 0
  retries = 0
  /** Workers that found no job. A worker adds itself. */
  readonly sleepingWorkers: SleepingWorkers
  readonly maxAttempts: number

  private readonly simulation: JobSimulation
  private readonly observer: JobObserver
  private readonly maxRunTimeMs: number
  private readonly failures: RandomSource
  /** Jobs that may be taken, one heap for each named queue. */
  private readonly ready: NamedQueue[] = []
  /** Jobs whose next attempt is still to come. */
  private readonly deferred = new JobHeap(byRunAt)
  private deferredTicket = NO_TICKET

  /** Use {@link createDelayedJobQueue}. */
  constructor(options: DelayedJobQueueOptions) {
    this.simulation = options.simulation
    this.observer = options.observer ?? {}
    this.maxAttempts = atLeastOne('maxAttempts', options.maxAttempts ?? 25)
    this.maxRunTimeMs = positiveMs('maxRunTimeMs', options.maxRunTimeMs ?? 14_400_000)
    this.failures = options.simulation.stream('delayed_job/failures')
    this.sleepingWorkers = new SleepingWorkers(options.simulation)
  }

  enqueue(jobClass: JobClass): void {
    this.enqueued += 1
    this.waiting += 1
    const job = new Job(this.enqueued, jobClass, this.simulation.now)
    jobClass.draw(job.work)
    this.makeReady(job)
  }

  /**
   * Locks the next job for a worker, null when none can be taken.
   *
   * @param queues named queues to look at; null: all of them
   */
  reserve(queues: readonly string[] | null): Job | null {
    let next: JobHeap | null = null
    for (const { name, jobs } of this.ready) {
      if (queues !== null && !queues.includes(name)) continue
      if (next === null || comesFirst(jobs, next)) next = jobs
    }
    const job = next === null ? null : next.pop()
    if (job === null) return null
    this.waiting -= 1
    this.running += 1
    job.startedAt = this.simulation.now
    job.work.error = null
    this.observer.started?.(job)
    return job
  }

  /** The work of an attempt has ended. Decides whether it raised, and what becomes of the job. */
  attemptEnded(job: Job): AttemptEnd {
    this.endAttempt(job)
    drawFailure(job, this.failures)
    if (job.work.error === null) {
      this.done += 1
      this.finish(job)
      return 'done'
    }
    job.attempts += 1
    if (job.attempts >= this.maxAttempts) {
      this.failed += 1
      this.finish(job)
      return 'failed'
    }
    this.waiting += 1
    this.retries += 1
    job.runAt = this.simulation.now + retryDelayMs(job.attempts)
    this.defer(job)
    return 'retry'
  }

  /** The worker of this job was killed: its lock stays until it is `maxRunTimeMs` old. */
  workerKilled(job: Job): void {
    const expiresAt = job.startedAt + this.maxRunTimeMs
    const delayMs = Math.max(0, expiresAt - this.simulation.now)
    this.simulation.schedule(delayMs, lockExpired, { queue: this, job })
  }

  /** @internal */
  lockExpired(job: Job): void {
    this.endAttempt(job)
    this.waiting += 1
    this.makeReady(job)
  }

  /** @internal The first deferred job is due. */
  deferredDue(): void {
    this.deferredTicket = NO_TICKET
    do {
      this.makeReady(this.deferred.pop() as Job)
    } while (this.deferred.first !== null && this.deferred.first.runAt <= this.simulation.now)
    this.awaitDeferred()
  }

  private endAttempt(job: Job): void {
    requireAttempt(job, this.running)
    this.running -= 1
  }

  private finish(job: Job): void {
    job.finishedAt = this.simulation.now
    this.observer.finished?.(job)
  }

  private makeReady(job: Job): void {
    const { queue } = job.jobClass
    let named = this.ready.find(({ name }) => name === queue)
    if (named === undefined) {
      named = { name: queue, jobs: new JobHeap(byPriority) }
      this.ready.push(named)
    }
    named.jobs.push(job)
    this.sleepingWorkers.jobReady(queue)
  }

  private defer(job: Job): void {
    this.deferred.push(job)
    if (this.deferred.first !== job) return
    if (this.deferredTicket !== NO_TICKET) this.simulation.cancel(this.deferredTicket)
    this.awaitDeferred()
  }

  private awaitDeferred(): void {
    const { first } = this.deferred
    if (first === null) return
    const delayMs = Math.max(0, first.runAt - this.simulation.now)
    this.deferredTicket = this.simulation.schedule(delayMs, deferredDue, this)
  }
}

interface NamedQueue {
  readonly name: string
  readonly jobs: JobHeap
}

/** Pause in milliseconds before the next attempt: attempts^4 + 5 s (delayed_job, `reschedule_at`). */
function retryDelayMs(attempts: number): number {
  return (attempts ** 4 + 5) * 1000
}

function comesFirst(heap: JobHeap, other: JobHeap): boolean {
  if (heap.first === null) return false
  return other.first === null || byPriority(heap.first, other.first)
}

function deferredDue(queue: DelayedJobQueue): void {
  queue.deferredDue()
}

function lockExpired(lock: { readonly queue: DelayedJobQueue; readonly job: Job }): void {
  lock.queue.lockExpired(lock.job)
}
