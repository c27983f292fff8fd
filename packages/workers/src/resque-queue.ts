import { Job, type JobClass, type JobQueue, type RandomSource } from '@celadon/contracts'
import { Fifo } from '@celadon/kernel'
import { drawFailure } from './attempt-failure.js'
import { requireAttempt } from './attempt-under-way.js'
import type { JobCounts } from './job-counts.js'
import type { JobObserver, JobQueueOptions, JobSimulation } from './job-queue-options.js'
import { SleepingWorkers } from './sleeping-workers.js'

/** Makes a Redis without jobs. */
export function createResqueQueue(options: JobQueueOptions): ResqueQueue {
  return new ResqueQueue(options)
}

/**
 * resque's lists in Redis: one for each named queue, first in, first out. A job leaves its list when
 * a worker takes it, so it is run at most once: what raises goes to the failed list and is not tried
 * again, and what is killed together with its worker is lost.
 */
export class ResqueQueue implements JobQueue, JobCounts {
  readonly name = 'resque'
  enqueued = 0
  done = 0
  failed = 0
  waiting = 0
  running = 0
  lost = 0
  readonly retries = 0
  /** Workers that found no job. A worker adds itself. */
  readonly sleepingWorkers: SleepingWorkers

  private readonly simulation: JobSimulation
  private readonly observer: JobObserver
  private readonly failures: RandomSource
  private readonly lists = new Map<string, Fifo<Job>>()
  /** All lists in the alphabetical order of their names, for `*`. */
  private alphabetical: readonly Fifo<Job>[] = []

  /** Use {@link createResqueQueue}. */
  constructor(options: JobQueueOptions) {
    this.simulation = options.simulation
    this.observer = options.observer ?? {}
    this.failures = options.simulation.stream('resque/failures')
    this.sleepingWorkers = new SleepingWorkers(options.simulation)
  }

  enqueue(jobClass: JobClass): void {
    this.enqueued += 1
    this.waiting += 1
    const job = new Job(this.enqueued, jobClass, this.simulation.now)
    jobClass.draw(job.work)
    const list = this.lists.get(jobClass.queue) ?? this.createList(jobClass.queue)
    list.push(job)
    this.sleepingWorkers.jobReady(jobClass.queue)
  }

  /**
   * Takes the next job out of its list, null when there is none.
   *
   * @param queues names of the lists in strict order; `*` stands for all in alphabetical order
   */
  reserve(queues: readonly string[]): Job | null {
    if (this.waiting === 0) return null
    const job = this.nextOf(queues)
    if (job === null) return null
    this.waiting -= 1
    this.running += 1
    job.startedAt = this.simulation.now
    this.observer.started?.(job)
    return job
  }

  /** The work of a job has ended in its child process. Decides whether it raised. */
  attemptEnded(job: Job): 'done' | 'failed' {
    drawFailure(job, this.failures)
    if (job.work.error !== null) return this.fail(job)
    this.endAttempt(job)
    this.done += 1
    this.finish(job)
    return 'done'
  }

  /** The child process died under the job; the parent lives and puts the job on the failed list. */
  childKilled(job: Job): void {
    job.work.error = 'Resque::DirtyExit: Child process received unhandled signal SIGKILL (signal 9)'
    this.fail(job)
  }

  /** The parent process was killed as well: nobody knows about the job any more. */
  workerKilled(job: Job): void {
    this.endAttempt(job)
    this.lost += 1
  }

  private fail(job: Job): 'failed' {
    this.endAttempt(job)
    this.failed += 1
    job.attempts += 1
    this.finish(job)
    return 'failed'
  }

  private endAttempt(job: Job): void {
    requireAttempt(job, this.running)
    this.running -= 1
  }

  private finish(job: Job): void {
    job.finishedAt = this.simulation.now
    this.observer.finished?.(job)
  }

  private createList(name: string): Fifo<Job> {
    const list = new Fifo<Job>()
    this.lists.set(name, list)
    const names = [...this.lists.keys()].sort()
    this.alphabetical = names.map((each) => this.lists.get(each) as Fifo<Job>)
    return list
  }

  private nextOf(queues: readonly string[]): Job | null {
    for (const queue of queues) {
      const job = queue === '*' ? this.nextOfAll() : (this.lists.get(queue)?.shift() ?? null)
      if (job !== null) return job
    }
    return null
  }

  private nextOfAll(): Job | null {
    for (const list of this.alphabetical) {
      const job = list.shift()
      if (job !== null) return job
    }
    return null
  }
}
