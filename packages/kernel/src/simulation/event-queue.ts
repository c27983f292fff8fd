import { kernelError } from '../errors.js'

/** What runs when an event is due: a free function that gets its target and one number. */
export type Handler<Target> = (target: Target, arg: number) => void

type AnyHandler = Handler<never>

const ARITY_SHIFT = 2
const INITIAL_CAPACITY = 1024
const SLOT_BITS = 24
/** Most events that a queue can hold: a ticket has room for that many slots. */
export const EVENT_SLOTS_MAX: number = 2 ** SLOT_BITS
/** Generation and slot together stay below 2^53, so a ticket is an exact integer. */
const GENERATION_MASK = 2 ** 28 - 1

/** Stands in for the handler of a cancelled event until the event reaches the head and is dropped. */
const CANCELLED: AnyHandler = () => {}

/**
 * Pending events in the order of their time, ties in the order in which they were pushed.
 *
 * A 4-ary heap over typed arrays: `times` and `slots` are the heap, the slot tables hold the rest of
 * each event. A ticket names a slot and the slot's generation, so a stale ticket cancels nothing.
 *
 * The root is taken out in two steps. `takeHead` leaves a hole there; the first `push` after it
 * fills the hole with one sift instead of two, and `closeHole` fills it when no push came.
 */
export class EventQueue {
  /** Events that wait, cancelled ones included until they reach the head. */
  size = 0

  private times = new Float64Array(INITIAL_CAPACITY)
  private slots = new Int32Array(INITIAL_CAPACITY)
  private hole = false

  private readonly handlers: AnyHandler[] = []
  private readonly targets: unknown[] = []
  private args = new Float64Array(INITIAL_CAPACITY)
  private sequences = new Float64Array(INITIAL_CAPACITY)
  private generations = new Uint32Array(INITIAL_CAPACITY)
  private nextFree = new Int32Array(INITIAL_CAPACITY)
  private firstFree = -1
  private slotsUsed = 0

  /** @param limit most events that may wait at once; pushing one more throws `KERNEL_PENDING_LIMIT` */
  constructor(private readonly limit: number) {}

  push(time: number, sequence: number, handler: AnyHandler, target: unknown, arg: number): number {
    let slot = this.firstFree
    if (slot >= 0) this.firstFree = this.nextFree[slot] as number
    else slot = this.claimSlot()
    this.handlers[slot] = handler
    this.targets[slot] = target
    this.args[slot] = arg
    this.sequences[slot] = sequence
    if (this.hole) {
      this.hole = false
      this.siftDown(time, slot, this.size + 1)
    } else {
      this.siftUp(this.size, time, slot)
    }
    this.size += 1
    return (this.generations[slot] as number) * EVENT_SLOTS_MAX + slot
  }

  /** Cancels the event of this ticket. Returns false when it already ran or was cancelled. */
  cancel(ticket: number): boolean {
    const generation = Math.floor(ticket / EVENT_SLOTS_MAX)
    const slot = ticket - generation * EVENT_SLOTS_MAX
    if (slot >= this.slotsUsed || this.generations[slot] !== generation) return false
    if (this.handlers[slot] === CANCELLED) return false
    this.handlers[slot] = CANCELLED
    this.targets[slot] = null
    return true
  }

  /** Time of the earliest event, `Infinity` when there is none. Drops cancelled events on its way. */
  headTime(): number {
    if (this.hole) this.closeHole()
    while (this.size > 0) {
      const slot = this.slots[0] as number
      if (this.handlers[slot] !== CANCELLED) return this.times[0] as number
      this.takeHead()
      this.release(slot)
      this.closeHole()
    }
    return Number.POSITIVE_INFINITY
  }

  /** Sequence number of the earliest event; call after `headTime`. */
  headSequence(): number {
    return this.sequences[this.slots[0] as number] as number
  }

  /** Takes the earliest event out and runs it. Call after `headTime` told that there is one. */
  runHead(): void {
    const slot = this.slots[0] as number
    const handler = this.handlers[slot] as Handler<unknown>
    const target = this.targets[slot]
    const arg = this.args[slot] as number
    this.takeHead()
    this.release(slot)
    handler(target, arg)
  }

  private takeHead(): void {
    this.hole = true
    this.size -= 1
  }

  private closeHole(): void {
    this.hole = false
    const last = this.size
    if (last > 0) this.siftDown(this.times[last] as number, this.slots[last] as number, last)
  }

  private release(slot: number): void {
    this.generations[slot] = ((this.generations[slot] as number) + 1) & GENERATION_MASK
    this.targets[slot] = null
    this.nextFree[slot] = this.firstFree
    this.firstFree = slot
  }

  private claimSlot(): number {
    const slot = this.slotsUsed
    if (slot >= this.limit) {
      throw kernelError(
        'KERNEL_PENDING_LIMIT',
        `${slot} events are pending, the limit is ${this.limit}. A model schedules faster than its events are worked off; raise pendingEventsMax if that is meant.`,
      )
    }
    if (slot === this.args.length) this.grow()
    this.slotsUsed += 1
    return slot
  }

  private grow(): void {
    const capacity = this.args.length * 2
    this.times = copyInto(new Float64Array(capacity), this.times)
    this.slots = copyInto(new Int32Array(capacity), this.slots)
    this.args = copyInto(new Float64Array(capacity), this.args)
    this.sequences = copyInto(new Float64Array(capacity), this.sequences)
    this.generations = copyInto(new Uint32Array(capacity), this.generations)
    this.nextFree = copyInto(new Int32Array(capacity), this.nextFree)
  }

  private siftUp(start: number, time: number, slot: number): void {
    const { times, slots } = this
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> ARITY_SHIFT
      // A new event has the highest sequence number, so it never passes one of the same time.
      if ((times[parent] as number) <= time) break
      times[index] = times[parent] as number
      slots[index] = slots[parent] as number
      index = parent
    }
    times[index] = time
    slots[index] = slot
  }

  /** Places an event, starting at the root, in a heap whose entries end before index `end`. */
  private siftDown(time: number, slot: number, end: number): void {
    const { times, slots, sequences } = this
    let index = 0
    for (;;) {
      const first = (index << ARITY_SHIFT) + 1
      if (first >= end) break
      const childrenEnd = Math.min(first + (1 << ARITY_SHIFT), end)
      let child = first
      let childTime = times[first] as number
      for (let other = first + 1; other < childrenEnd; other += 1) {
        const otherTime = times[other] as number
        if (
          otherTime < childTime ||
          (otherTime === childTime &&
            (sequences[slots[other] as number] as number) <
              (sequences[slots[child] as number] as number))
        ) {
          child = other
          childTime = otherTime
        }
      }
      if (
        childTime > time ||
        (childTime === time &&
          (sequences[slots[child] as number] as number) > (sequences[slot] as number))
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
}

function copyInto<Column extends Float64Array | Int32Array | Uint32Array>(
  to: Column,
  from: Column,
): Column {
  to.set(from)
  return to
}
