import type { Inspection } from './inspection.js'

/** Something that knows the time of its next event by itself: a source, a ring of timers. */
export interface Register {
  /** Time of its next event, `Infinity` when there is none. */
  time: number
  /** Sequence number of its next event, for ties. */
  sequence: number
  /** Its place among the registers. */
  place: number
  /** Executes its next event. */
  fire(): void
}

/** What a register shares with the simulation that owns it. */
export interface RegisterOwner {
  readonly now: number
  /** Numbers events in the order in which they were scheduled. */
  sequence: number
  readonly registers: Registers
  readonly inspection: Inspection
  readonly inspecting: boolean
}

/**
 * The registers of a simulation, the earliest first. Few of them are needed even for many events,
 * so that a source or a timer costs no place in the event queue. A binary heap.
 */
export class Registers {
  /** Time of the earliest register, `Infinity` when none has an event. */
  time: number = Number.POSITIVE_INFINITY
  private readonly heap: Register[] = []

  /** Adds a register whose time is `Infinity`. */
  add(register: Register): void {
    register.place = this.heap.length
    this.heap.push(register)
  }

  /** Puts a register whose time has changed into its place. */
  update(register: Register): void {
    const { heap } = this
    if (heap.length > 1) this.move(register)
    this.time = (heap[0] as Register).time
  }

  /** The earliest register, if there is any. */
  get first(): Register {
    return this.heap[0] as Register
  }

  private move(register: Register): void {
    const { heap } = this
    let place = register.place
    while (place > 0) {
      const parent = heap[(place - 1) >> 1] as Register
      if (!isEarlier(register, parent)) break
      this.put(parent, place)
      place = (place - 1) >> 1
    }
    for (;;) {
      let child = 2 * place + 1
      if (child >= heap.length) break
      if (
        child + 1 < heap.length &&
        isEarlier(heap[child + 1] as Register, heap[child] as Register)
      )
        child += 1
      if (!isEarlier(heap[child] as Register, register)) break
      this.put(heap[child] as Register, place)
      place = child
    }
    this.put(register, place)
  }

  private put(register: Register, place: number): void {
    this.heap[place] = register
    register.place = place
  }
}

function isEarlier(a: Register, b: Register): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence)
}
