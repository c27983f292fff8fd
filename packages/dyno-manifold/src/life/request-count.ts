import type { Scheduler } from '@celadon/contracts'
import type { TimeWeighted } from '@celadon/kernel'

/** The requests that a dyno has: those that wait for a process and those that one has taken up. */
export class RequestCount {
  /** Waiting or under way. */
  load = 0
  private waiting = 0
  /** Requests that are being connected: whether they will have to wait is not known yet. */
  private connecting = 0
  private listeners: readonly (() => void)[] = []

  /** @param waitingLevel requests that wait on all dynos of the process type */
  constructor(
    private readonly scheduler: Scheduler,
    private readonly waitingLevel: TimeWeighted,
  ) {}

  /** Calls `listener` whenever a request has left. Returns a function that ends it. */
  watch(listener: () => void): () => void {
    this.listeners = [...this.listeners, listener]
    return () => {
      this.listeners = this.listeners.filter((other) => other !== listener)
    }
  }

  /** A request is being connected; {@link accepted} or {@link turnedAway} follows. */
  arrived(): void {
    this.load += 1
    this.connecting += 1
  }

  /** The request that is being connected waits, unless a process has taken it up already. */
  accepted(): void {
    if (this.connecting === 0) return
    this.connecting -= 1
    this.countWaiting(1)
  }

  turnedAway(): void {
    if (this.connecting === 0) return
    this.load -= 1
    this.connecting -= 1
  }

  started(): void {
    this.noLongerWaiting()
  }

  finished(): void {
    this.load -= 1
    this.tell()
  }

  dropped(): void {
    this.load -= 1
    this.noLongerWaiting()
    this.tell()
  }

  /** The dyno has ended: it has no requests. */
  clear(): void {
    this.load = 0
    this.connecting = 0
    this.countWaiting(-this.waiting)
  }

  private tell(): void {
    if (this.listeners.length > 0) for (const listener of this.listeners) listener()
  }

  private noLongerWaiting(): void {
    // One that starts while it is connected has never waited.
    if (this.connecting > 0) this.connecting -= 1
    else this.countWaiting(-1)
  }

  private countWaiting(change: number): void {
    this.waiting += change
    this.waitingLevel.add(change, this.scheduler.now)
  }
}
