import { EventSlots, type Handler } from './event-slots.js'
import type { Inspection } from './inspection.js'
import { LaterEvents } from './later-events.js'

const INITIAL_CAPACITY = 1024
/** A heap that grows beyond this many events is split: most go into {@link LaterEvents}. */
const SPLIT_ABOVE = 512
/** Cancelled events are swept out when there are more than this many, and more than half of all. */
const SWEEP_ABOVE = 1024

/**
 * Pending events in the order of their time, ties in the order of their sequence numbers.
 *
 * The earliest events are a 4-ary heap over typed arrays: `times` and `slots`. While few events
 * wait, that is all of them; when many do, the rest lie in buckets until the heap runs empty.
 *
 * The root is taken out in two steps. `runHead` leaves a hole there; the first `push` after it fills
 * the hole with one sift instead of two, and `headTime` fills it when no push came.
 */
export class EventQueue {
  private readonly events: EventSlots
  private readonly later: LaterEvents
  private times: Float64Array = new Float64Array(INITIAL_CAPACITY)
  private slots: Int32Array = new Int32Array(INITIAL_CAPACITY)
  /** Events in the heap, cancelled ones included. */
  private size = 0
  private hole = false
  private splitAbove = SPLIT_ABOVE
  /** Cancelled events that were not dropped yet. */
  private cancelled = 0

  /** @param limit most events that may wait at once; one more throws `KERNEL_PENDING_LIMIT` */
  constructor(limit: number) {
    this.events = new EventSlots(limit)
    this.later = new LaterEvents()
  }

  /** Events that wait, without those that were cancelled. */
  get pending(): number {
    return this.size + this.later.size - this.cancelled
  }

  /** Adds an event and returns its ticket. */
  push(
    time: number,
    sequence: number,
    handler: Handler<never>,
    target: unknown,
    arg: number,
  ): number {
    if (this.cancelled > 0 && this.events.full) this.sweep()
    const slot = this.events.claim(sequence, handler, target, arg)
    if (time < this.later.from || !this.later.add(time, slot)) {
      if (this.hole) {
        this.hole = false
        this.size += 1
        this.times[0] = time
        this.slots[0] = slot
        this.siftDown()
      } else {
        this.insert(time, slot)
      }
    }
    return this.events.ticket(slot)
  }

  /** Cancels the event of this ticket. Returns false when it already ran or was cancelled. */
  cancel(ticket: number): boolean {
    const slot = this.events.find(ticket)
    if (slot < 0) return false
    this.events.cancel(slot)
    this.cancelled += 1
    if (this.cancelled > SWEEP_ABOVE && this.cancelled > this.pending) this.sweep()
    return true
  }

  /** Time of the earliest event, `Infinity` when there is none. */
  headTime(): number {
    if (this.hole) this.closeHole()
    if (this.cancelled > 0) this.dropCancelled()
    if (this.size === 0 && !this.refill()) return Number.POSITIVE_INFINITY
    return this.times[0] as number
  }

  /** Sequence number of the earliest event; call after `headTime`. */
  headSequence(): number {
    return this.events.sequence(this.slots[0] as number)
  }

  /** Tells an inspection which event is to be run next, after `headTime`. */
  tellHead(inspection: Inspection, nowMs: number): void {
    const slot = this.slots[0] as number
    inspection.tell({
      type: 'executed',
      kind: 'event',
      nowMs,
      dueMs: nowMs,
      sequence: this.events.sequence(slot),
      ...this.events.call(slot),
    })
  }

  /** Takes the earliest event out and runs it. Call after `headTime` told that there is one. */
  runHead(): void {
    const slot = this.slots[0] as number
    this.hole = true
    this.size -= 1
    this.events.run(slot)
  }

  private closeHole(): void {
    this.hole = false
    const last = this.size
    if (last === 0) return
    this.times[0] = this.times[last] as number
    this.slots[0] = this.slots[last] as number
    this.siftDown()
  }

  private insert(time: number, slot: number): void {
    if (this.size > this.splitAbove) {
      this.split()
      if (time >= this.later.from && this.later.add(time, slot)) return
    }
    const index = this.size
    if (index === this.times.length) this.grow()
    this.times[index] = time
    this.slots[index] = slot
    this.size += 1
    this.siftUp(index)
  }

  private siftUp(start: number): void {
    const { times, slots } = this
    const time = times[start] as number
    const slot = slots[start] as number
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> 2
      const parentTime = times[parent] as number
      if (
        parentTime <= time &&
        (parentTime < time || this.events.isEarlier(slots[parent] as number, slot))
      ) {
        break
      }
      times[index] = parentTime
      slots[index] = slots[parent] as number
      index = parent
    }
    times[index] = time
    slots[index] = slot
  }

  /** Moves the event at the root down to its place. */
  private siftDown(): void {
    const { times, slots, size } = this
    const time = times[0] as number
    const slot = slots[0] as number
    let index = 0
    for (let first = 1; first < size; first = (index << 2) + 1) {
      const child = this.earliestOf(first)
      const childTime = times[child] as number
      if (
        childTime >= time &&
        (childTime > time || this.events.isEarlier(slot, slots[child] as number))
      ) {
        break
      }
      times[index] = childTime
      slots[index] = slots[child] as number
      index = child
    }
    times[index] = time
    slots[index] = slot
  }

  /**
   * The earliest of the siblings that begin at `first`. Which one it is cannot be predicted, so four
   * are compared by arithmetic and not by branches.
   */
  private earliestOf(first: number): number {
    const { times, size } = this
    if (first + 3 >= size) return this.earliestBetween(first, size)
    const a = times[first] as number
    const b = times[first + 1] as number
    const c = times[first + 2] as number
    const d = times[first + 3] as number
    const left = first + (+(b < a) | 0)
    const right = first + 2 + (+(d < c) | 0)
    const leftTime = times[left] as number
    const rightTime = times[right] as number
    if ((+(a === b) | 0 | (+(c === d) | 0) | (+(leftTime === rightTime) | 0)) !== 0) {
      return this.earliestBetween(first, first + 4)
    }
    return left + (right - left) * (+(rightTime < leftTime) | 0)
  }

  private earliestBetween(first: number, end: number): number {
    const { times, slots, events } = this
    let child = first
    let childTime = times[first] as number
    for (let other = first + 1; other < end; other += 1) {
      const otherTime = times[other] as number
      if (
        otherTime < childTime ||
        (otherTime === childTime &&
          events.isEarlier(slots[other] as number, slots[child] as number))
      ) {
        child = other
        childTime = otherTime
      }
    }
    return child
  }

  /**
   * Takes an event from a bucket. The slots of a bucket's events lie anywhere in memory; looking at
   * them here, one after the other, lets the processor fetch several at once.
   */
  receive(time: number, slot: number): void {
    if (this.events.isLive(slot)) this.insert(time, slot)
    else this.drop(slot)
  }

  /** Moves all events into new buckets and takes the earliest back. */
  private split(): void {
    const { times, slots, size } = this
    this.size = 0
    this.later.gather()
    for (let index = 0; index < size; index += 1) {
      this.later.receive(times[index] as number, slots[index] as number)
    }
    this.refill()
  }

  /** Fills the empty heap with the earliest bucket. Returns whether there was an event. */
  private refill(): boolean {
    this.splitAbove = Number.POSITIVE_INFINITY
    while (this.size === 0 && this.later.size > 0) this.later.pour(this)
    // Splitting costs as much as there are events, so it waits until the heap has as many again.
    this.splitAbove = Math.max(SPLIT_ABOVE, 2 * this.size, this.later.size)
    return this.size > 0
  }

  private dropCancelled(): void {
    while (this.size > 0 && this.events.isCancelled(this.slots[0] as number)) {
      this.drop(this.slots[0] as number)
      this.size -= 1
      this.closeHole()
    }
  }

  private drop(slot: number): void {
    this.events.release(slot)
    this.cancelled -= 1
  }

  /** Drops every cancelled event, wherever it is. */
  private sweep(): void {
    if (this.hole) this.closeHole()
    const { times, slots, size } = this
    this.size = 0
    this.splitAbove = Number.POSITIVE_INFINITY
    for (let index = 0; index < size; index += 1) {
      this.receive(times[index] as number, slots[index] as number)
    }
    this.later.pourAll(this)
    this.splitAbove = SPLIT_ABOVE
  }

  private grow(): void {
    const capacity = this.times.length * 2
    const times = new Float64Array(capacity)
    const slots = new Int32Array(capacity)
    times.set(this.times)
    slots.set(this.slots)
    this.times = times
    this.slots = slots
  }
}
