import type { Job } from '@celadon/contracts'
import type { JobCounts } from '@celadon/workers'
import { Latency } from './latency.js'
import type { JobSummary } from './result.js'

/** Latencies of one job library. */
export class JobMonitor {
  private readonly latency = new Latency()
  private readonly service = new Latency()
  private waitingMax = 0

  started(job: Job): void {
    if (job.attempts === 0) this.latency.record(job.startedAt - job.enqueuedAt)
  }

  finished(job: Job): void {
    this.service.record(job.finishedAt - job.startedAt)
  }

  /** Notes how many jobs wait now. */
  noteWaiting(waiting: number): void {
    if (waiting > this.waitingMax) this.waitingMax = waiting
  }

  summary(counts: JobCounts): JobSummary {
    const { name, enqueued, done, failed, waiting, running, lost, retries } = counts
    return {
      queue: name,
      enqueued,
      done,
      failed,
      waiting,
      running,
      lost,
      retries,
      latency: this.latency.summary(),
      service: this.service.summary(),
      maxWaiting: this.waitingMax,
    }
  }
}
