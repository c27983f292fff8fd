import type { DynoHost, Scheduler } from '@celadon/contracts'

/** The ticket of a worker that has no poll scheduled. */
export const NO_TICKET = -1

/** A worker that looks for jobs every `pollMs` while there are none. */
export interface PollingWorker {
  /** Named queues that it looks at; `*` stands for all, and so does null. */
  readonly queues: readonly string[] | null
  readonly pollMs: number
  /** When it fell asleep; it polls at whole multiples of `pollMs` after that. */
  sleepingSince: number
  /** Of the scheduled poll; -1 when there is none. */
  pollTicket: number
  /** Looks for a job. It is not asleep any more and may fall asleep again. */
  poll(): void
}

/**
 * Workers that found nothing and sleep until their next poll.
 *
 * No event is spent on a poll that would find nothing: once a job can be taken, each worker that
 * looks at its queue gets the poll that it would have made next anyway. Jobs begin at the very
 * moments at which steady polling would have found them.
 */
export class SleepingWorkers {
  private readonly asleep: PollingWorker[] = []

  constructor(private readonly scheduler: Scheduler) {}

  /** The worker found nothing just now. */
  add(worker: PollingWorker): void {
    worker.sleepingSince = this.scheduler.now
    this.asleep.push(worker)
  }

  /** A job of this queue can be taken from now on. */
  jobReady(queue: string): void {
    const { asleep } = this
    let kept = 0
    for (const worker of asleep) {
      if (looksAt(worker, queue)) {
        this.schedulePoll(worker)
      } else {
        asleep[kept] = worker
        kept += 1
      }
    }
    asleep.length = kept
  }

  /** Lets a sleeping worker poll once more, whether there is a job or not. */
  pollOnce(worker: PollingWorker): void {
    if (worker.pollTicket !== NO_TICKET) return
    this.forget(worker)
    this.schedulePoll(worker)
  }

  /** The worker was killed in its sleep. */
  remove(worker: PollingWorker): void {
    if (worker.pollTicket === NO_TICKET) {
      this.forget(worker)
    } else {
      this.scheduler.cancel(worker.pollTicket)
      worker.pollTicket = NO_TICKET
    }
  }

  private forget(worker: PollingWorker): void {
    const index = this.asleep.indexOf(worker)
    if (index >= 0) this.asleep.splice(index, 1)
  }

  private schedulePoll(worker: PollingWorker): void {
    const { now } = this.scheduler
    const { sleepingSince, pollMs } = worker
    const polls = Math.max(1, Math.ceil((now - sleepingSince) / pollMs))
    const delayMs = Math.max(0, sleepingSince + polls * pollMs - now)
    worker.pollTicket = this.scheduler.schedule(delayMs, poll, worker)
  }
}

/**
 * How much of its first sleep a worker is taken to have behind it. Real processes boot at different
 * speed; without this, all workers that start together would poll in step.
 */
export function sleptAlreadyMs(worker: PollingWorker, host: DynoHost): number {
  return host.stream('poll').float() * worker.pollMs
}

function looksAt(worker: PollingWorker, queue: string): boolean {
  const { queues } = worker
  return queues === null || queues.includes(queue) || queues.includes('*')
}

function poll(worker: PollingWorker): void {
  worker.pollTicket = NO_TICKET
  worker.poll()
}
