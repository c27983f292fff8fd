import type { Handler } from './event-slots.js'
import type { RegisterOwner } from './registers.js'

const INITIAL_CAPACITY = 256

/**
 * Timers of one constant delay. They expire in the order in which they were armed, so a ring holds
 * them and no priority queue is needed: arming and cancelling cost a few stores. Made by
 * `simulation.timeout`; a router has one for its 30 seconds, a pool one for its quarantine.
 */
export class Timeout<Target extends NonNullable<unknown>> {
  /** The delay of every timer of this ring, in milliseconds. */
  readonly delayMs: number

  /** @internal */
  time: number = Number.POSITIVE_INFINITY
  /** @internal */
  sequence = 0
  /** @internal */
  place = 0

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
    private readonly owner: RegisterOwner,
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
    if (owner.inspecting) this.tell('scheduled', index, ticket)
    if (ticket === this.head) this.readHead()
    return ticket
  }

  /** Stops a timer. Returns false when it already expired or was cancelled. */
  cancel(ticket: number): boolean {
    if (ticket < this.head || ticket >= this.tail) return false
    const index = ticket & this.mask
    if (this.targets[index] === null) return false
    this.targets[index] = null
    if (ticket === this.head) this.advanceHead()
    const { inspection, inspecting, now } = this.owner
    if (inspecting) inspection.tell({ type: 'cancelled', kind: 'timeout', nowMs: now, ticket })
    return true
  }

  /** Runs the timer at the head. @internal */
  fire(): void {
    const index = this.head & this.mask
    const target = this.targets[index] as Target
    const ticket = this.head
    if (this.owner.inspecting) this.tell('executed', index, ticket)
    this.targets[index] = null
    this.advanceHead()
    this.handler(target, ticket)
  }

  private tell(type: 'scheduled' | 'executed', index: number, ticket: number): void {
    this.owner.inspection.tell({
      type,
      kind: 'timeout',
      nowMs: this.owner.now,
      dueMs: this.times[index] as number,
      sequence: this.sequences[index] as number,
      handler: this.handler.name,
      target: this.targets[index],
      arg: ticket,
    })
  }

  /** Goes to the next timer that was not cancelled. */
  private advanceHead(): void {
    const { targets, mask, tail } = this
    let { head } = this
    while (head < tail && targets[head & mask] === null) head += 1
    this.head = head
    this.readHead()
  }

  private readHead(): void {
    const index = this.head & this.mask
    const empty = this.head === this.tail
    this.time = empty ? Number.POSITIVE_INFINITY : (this.times[index] as number)
    this.sequence = this.sequences[index] as number
    this.owner.registers.update(this)
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
