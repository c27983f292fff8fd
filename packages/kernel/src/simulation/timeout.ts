import type { Handler } from './event-queue.js'

const INITIAL_CAPACITY = 256

/** What a ring of timers shares with the simulation that owns it. */
export interface TimeoutOwner {
  readonly now: number
  /** Numbers events in the order in which they were scheduled. */
  sequence: number
  /** A lower bound of the time at which any timer expires. */
  timeoutsHead: number
}

/** A ring of timers as the simulation's loop sees it. */
export interface PendingTimeouts {
  readonly headTime: number
  readonly headSequence: number
  settle(): void
  expireHead(): void
}

/**
 * Timers of one constant delay. They expire in the order in which they were armed, so a ring holds
 * them and no priority queue is needed: arming and cancelling cost a few stores. Made by
 * `simulation.timeout`; a router has one for its 30 seconds, a pool one for its quarantine.
 */
export class Timeout<Target extends object> {
  /** The delay of every timer of this ring, in milliseconds. */
  readonly delayMs: number

  /** A lower bound of the time at which the next timer expires; `Infinity` when none is armed. */
  headTime: number = Number.POSITIVE_INFINITY
  headSequence = 0

  private times = new Float64Array(INITIAL_CAPACITY)
  private sequences = new Float64Array(INITIAL_CAPACITY)
  private readonly targets: (Target | null)[] = new Array(INITIAL_CAPACITY).fill(null)
  private head = 0
  private tail = 0
  private mask = INITIAL_CAPACITY - 1

  /** @internal */
  constructor(
    delayMs: number,
    private readonly handler: Handler<Target>,
    private readonly owner: TimeoutOwner,
  ) {
    this.delayMs = delayMs
  }

  /** Starts a timer for `target`. The ticket that comes back cancels it. */
  arm(target: Target): number {
    if (this.tail - this.head > this.mask) this.grow()
    const index = this.tail & this.mask
    const { owner } = this
    this.times[index] = owner.now + this.delayMs
    this.sequences[index] = owner.sequence++
    this.targets[index] = target
    const ticket = this.tail++
    if (ticket === this.head) this.announceHead()
    return ticket
  }

  /** Stops a timer. Returns false when it already expired or was cancelled. */
  cancel(ticket: number): boolean {
    if (ticket < this.head || ticket >= this.tail) return false
    const index = ticket & this.mask
    if (this.targets[index] === null) return false
    this.targets[index] = null
    return true
  }

  /** Drops cancelled timers from the head, so that `headTime` is exact. @internal */
  settle(): void {
    while (this.head < this.tail && this.targets[this.head & this.mask] === null) this.head += 1
    this.readHead()
  }

  /** Runs the timer at the head. Call after `settle`. @internal */
  expireHead(): void {
    const index = this.head & this.mask
    const target = this.targets[index] as Target
    const ticket = this.head
    this.targets[index] = null
    this.head += 1
    this.announceHead()
    this.handler(target, ticket)
  }

  private announceHead(): void {
    this.readHead()
    if (this.headTime < this.owner.timeoutsHead) this.owner.timeoutsHead = this.headTime
  }

  private readHead(): void {
    if (this.head === this.tail) {
      this.headTime = Number.POSITIVE_INFINITY
      return
    }
    const index = this.head & this.mask
    this.headTime = this.times[index] as number
    this.headSequence = this.sequences[index] as number
  }

  private grow(): void {
    const capacity = (this.mask + 1) * 2
    const times = new Float64Array(capacity)
    const sequences = new Float64Array(capacity)
    const targets: (Target | null)[] = new Array(capacity).fill(null)
    for (let ticket = this.head; ticket < this.tail; ticket += 1) {
      const from = ticket & this.mask
      const to = ticket & (capacity - 1)
      times[to] = this.times[from] as number
      sequences[to] = this.sequences[from] as number
      targets[to] = this.targets[from] as Target | null
    }
    this.times = times
    this.sequences = sequences
    this.targets.length = 0
    for (const target of targets) this.targets.push(target)
    this.mask = capacity - 1
  }
}
