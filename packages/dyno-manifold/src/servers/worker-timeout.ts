import type { Scheduler } from '@celadon/contracts'
import type { Worker } from './worker.js'

/** Whoever can kill a worker. */
export interface WorkerKiller {
  readonly scheduler: Scheduler
  killWorker(worker: Worker): void
}

/**
 * Watches workers with one thread, as unicorn's master and gunicorn's arbiter do: one that has had
 * its request for too long is killed. One event for each worker at most; it looks for itself when
 * it is next needed.
 */
export class WorkerTimeout {
  constructor(
    private readonly timeoutMs: number,
    private readonly server: WorkerKiller,
  ) {}

  /** A worker takes up a request. */
  watch(worker: Worker): void {
    worker.busySince = this.server.scheduler.now
    if (worker.watched) return
    worker.watched = true
    worker.timeout = this
    this.server.scheduler.schedule(this.timeoutMs, lookAfter, worker)
  }

  lookAfter(worker: Worker): void {
    worker.watched = false
    if (worker.busySince < 0) return
    const { scheduler } = this.server
    const leftMs = worker.busySince + this.timeoutMs - scheduler.now
    if (leftMs <= 0) {
      this.server.killWorker(worker)
      return
    }
    worker.watched = true
    scheduler.schedule(leftMs, lookAfter, worker)
  }
}

function lookAfter(worker: Worker): void {
  worker.timeout?.lookAfter(worker)
}
