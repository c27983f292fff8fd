import type { Scheduler } from '@celadon/contracts'
import type { TimeWeighted } from '@celadon/kernel'

/** The requests that a dyno has: those that wait for a process and those that one has taken up. */
export class RequestCount {
  /** Waiting or under way. */
  load = 0
  private waiting = 0
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

  arrived(): void {
    this.load += 1
    this.countWaiting(1)
  }

  turnedAway(): void {
    this.load -= 1
    this.countWaiting(-1)
  }

  started(): void {
    this.countWaiting(-1)
  }

  finished(): void {
    this.load -= 1
    this.tell()
  }

  dropped(): void {
    this.load -= 1
    this.countWaiting(-1)
    this.tell()
  }

  /** The dyno has ended: it has no requests. */
  clear(): void {
    this.load = 0
    this.countWaiting(-this.waiting)
  }

  private tell(): void {
    if (this.listeners.length > 0) for (const listener of this.listeners) listener()
  }

  private countWaiting(change: number): void {
    this.waiting += change
    this.waitingLevel.add(change, this.scheduler.now)
  }
}
