import { kernelError } from '../errors.js'

/** What runs when an event is due: a free function that gets its target and one number. */
export type Handler<Target> = (target: Target, arg: number) => void

const INITIAL_SLOTS = 1024
const SLOT_BITS = 24
/** Most events that can wait at once: a ticket has room for that many slots. */
export const EVENT_SLOTS_MAX: number = 2 ** SLOT_BITS

/**
 * The table of pending events. A slot is one event and is used again when the event is over. Its
 * numbers lie side by side, 32 bytes a slot, so that a queue of a million events costs few cache
 * misses. Of slot n they are:
 *
 * - `floats[4n + 1]`: its sequence number, `floats[4n + 3]`: its argument; `floats[4n]` is empty, so
 *   that no slot lies across two cache lines
 * - `integers[8n + 4]`, in the same memory: the generation, `integers[8n + 5]`: the next free slot
 *
 * These places are written as literals, since a name for one costs a load in each use.
 */
export class EventSlots {
  private floats: Float64Array
  private integers: Int32Array
  /** Handler, target and argument of slot n at 2n. */
  private readonly calls: unknown[] = []
  private firstFree = -1
  private used = 0

  /** @param limit most slots; claiming one more throws `KERNEL_PENDING_LIMIT` */
  constructor(private readonly limit: number) {
    this.floats = new Float64Array(INITIAL_SLOTS * 4)
    this.integers = new Int32Array(this.floats.buffer)
  }

  /** Whether every slot is taken. */
  get full(): boolean {
    return this.firstFree < 0 && this.used >= this.limit
  }

  claim(sequence: number, handler: Handler<never>, target: unknown, arg: number): number {
    let slot = this.firstFree
    if (slot >= 0) this.firstFree = this.integers[(slot << 3) + 5] as number
    else slot = this.addSlot()
    const call = slot << 1
    if (this.calls[call] !== handler) this.calls[call] = handler
    this.calls[call + 1] = target
    const at = slot << 2
    this.floats[at + 1] = sequence
    this.floats[at + 3] = arg
    return slot
  }

  /** Frees a slot and calls its handler. */
  run(slot: number): void {
    const call = slot << 1
    const handler = this.calls[call] as Handler<unknown>
    const target = this.calls[call + 1]
    const arg = this.floats[(slot << 2) + 3] as number
    this.release(slot)
    handler(target, arg)
  }

  /** The call of a slot, for those who inspect a run. */
  call(slot: number): { handler: string; target: unknown; arg: number } {
    return {
      handler: (this.calls[slot << 1] as Handler<never>).name,
      target: this.calls[(slot << 1) + 1],
      arg: this.floats[(slot << 2) + 3] as number,
    }
  }

  release(slot: number): void {
    const { integers } = this
    const at = (slot << 3) + 4
    // Generation and slot together stay below 2^53, so that a ticket is an exact integer.
    integers[at] = ((integers[at] as number) + 1) & 0xfffffff
    integers[at + 1] = this.firstFree
    this.firstFree = slot
    this.calls[(slot << 1) + 1] = null
  }

  ticket(slot: number): number {
    const generation = this.integers[(slot << 3) + 4] as number
    return generation * 16_777_216 + slot
  }

  /** The slot of a ticket whose event still waits, or -1. */
  find(ticket: number): number {
    const generation = Math.floor(ticket / EVENT_SLOTS_MAX)
    const slot = ticket - generation * EVENT_SLOTS_MAX
    if (!(slot < this.used) || this.calls[slot << 1] === CANCELLED) return -1
    return this.integers[(slot << 3) + 4] === generation ? slot : -1
  }

  /** Marks a pending event as cancelled. */
  cancel(slot: number): void {
    this.calls[slot << 1] = CANCELLED
    this.calls[(slot << 1) + 1] = null
  }

  isCancelled(slot: number): boolean {
    return this.calls[slot << 1] === CANCELLED
  }

  /**
   * Whether an event is still to be run. Its call would tell; the generation, which is never negative,
   * is read to bring the slot's numbers into the cache as well, before the event runs.
   */
  isLive(slot: number): boolean {
    return this.calls[slot << 1] !== CANCELLED && (this.integers[(slot << 3) + 4] as number) >= 0
  }

  /** Whether the event of slot `a` was scheduled before the one of slot `b`. */
  isEarlier(a: number, b: number): boolean {
    const { floats } = this
    return (floats[(a << 2) + 1] as number) < (floats[(b << 2) + 1] as number)
  }

  sequence(slot: number): number {
    return this.floats[(slot << 2) + 1] as number
  }

  private addSlot(): number {
    const slot = this.used
    if (slot >= this.limit) {
      throw kernelError(
        'KERNEL_PENDING_LIMIT',
        `${slot} events are pending, the limit is ${this.limit}. A model schedules faster than its events are worked off; raise pendingEventsMax if that is meant.`,
      )
    }
    if (slot * 4 === this.floats.length) {
      const floats = new Float64Array(this.floats.length * 2)
      floats.set(this.floats)
      this.floats = floats
      this.integers = new Int32Array(floats.buffer)
    }
    this.used += 1
    this.calls.push(null, null)
    return slot
  }
}

/** Stands in for the handler of a cancelled event until the event is dropped. */
const CANCELLED: Handler<never> = () => {}
