import type { Scheduler } from '@celadon/contracts'

/** What an {@link IdleWatch} tells when it is over. */
export interface Idler {
  /** No request has come for the time of the watch. */
  idle(): void
}

/** Waits until no request has come for a while. One event in that time, however many requests. */
export class IdleWatch {
  private lastRequestAt = 0
  private watching = false

  constructor(
    private readonly scheduler: Scheduler,
    private readonly afterMs: number,
    private readonly idler: Idler,
  ) {}

  requestArrived(): void {
    this.lastRequestAt = this.scheduler.now
  }

  /** Begins to watch, as if a request had come now. */
  start(): void {
    this.requestArrived()
    if (this.watching) return
    this.watching = true
    this.scheduler.schedule(this.afterMs, check, this)
  }

  check(): void {
    const { now } = this.scheduler
    const dueAt = this.lastRequestAt + this.afterMs
    if (now < dueAt) {
      this.scheduler.schedule(dueAt - now, check, this)
      return
    }
    this.watching = false
    this.idler.idle()
  }
}

function check(watch: IdleWatch): void {
  watch.check()
}
