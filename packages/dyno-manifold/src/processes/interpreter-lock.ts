import type { Scheduler } from '@celadon/contracts'
import type { ProcessorSharing } from '@celadon/kernel'
import type { Thread } from './thread.js'

/** The lock is not waited for. */
const UNCONTENDED = Number.POSITIVE_INFINITY

/** Who has less than this left to compute at the end of a slice has computed everything. */
const ROUNDING_MS = 1e-6

/**
 * A global interpreter lock: one thread of a process computes at a time, the others wait in order.
 * Who has computed for a slice while others wait hands it on and queues up again. Ruby's slice is
 * 100 ms, CPython's 5 ms.
 *
 * One event at most watches the slices, and looks for itself when it is next needed; a thread that
 * finds the lock free and leaves it within its slice costs no event.
 */
export class InterpreterLock {
  private holder: Thread | null = null
  private first: Thread | null = null
  private last: Thread | null = null
  /** Since when the holder computes while others wait. */
  private contendedSince: number = UNCONTENDED
  private watching = false

  constructor(
    private readonly sliceMs: number,
    private readonly cpu: ProcessorSharing,
    private readonly scheduler: Scheduler,
  ) {}

  /** Lets a thread compute what it demands, at once or when its turn comes. */
  compute(thread: Thread): void {
    if (this.holder === null) {
      this.holder = thread
      this.cpu.start(thread, thread.demandMs)
      return
    }
    this.enqueue(thread)
    if (this.contendedSince !== UNCONTENDED) return
    this.contendedSince = this.scheduler.now
    this.watch(this.sliceMs)
  }

  /** The holder has computed what it demanded. */
  pass(): void {
    const next = this.first
    this.holder = next
    if (next === null) return
    this.first = next.nextForLock
    if (this.first === null) {
      this.last = null
      this.contendedSince = UNCONTENDED
    } else {
      this.contendedSince = this.scheduler.now
      this.watch(this.sliceMs)
    }
    this.cpu.start(next, next.demandMs)
  }

  /** Takes a thread away that computes or waits to. One that does neither is left alone. */
  withdraw(thread: Thread): void {
    if (this.holder === thread) {
      this.cpu.cancel(thread)
      this.pass()
      return
    }
    let before: Thread | null = null
    for (let one = this.first; one !== null; before = one, one = one.nextForLock) {
      if (one !== thread) continue
      if (before === null) this.first = one.nextForLock
      else before.nextForLock = one.nextForLock
      if (this.last === one) this.last = before
      if (this.first === null) this.contendedSince = UNCONTENDED
      return
    }
  }

  /** The process has ended: nobody computes any more. */
  close(): void {
    this.holder = null
    this.first = null
    this.last = null
    this.contendedSince = UNCONTENDED
  }

  /** A slice may be over. */
  sliceEnded(): void {
    this.watching = false
    const { holder } = this
    if (holder === null || this.contendedSince === UNCONTENDED) return
    const leftMs = this.contendedSince + this.sliceMs - this.scheduler.now
    if (leftMs > 0) {
      this.watch(leftMs)
      return
    }
    holder.demandMs = this.cpu.cancel(holder)
    if (holder.demandMs < ROUNDING_MS) {
      holder.computed()
    } else {
      this.enqueue(holder)
      this.pass()
    }
  }

  private enqueue(thread: Thread): void {
    thread.nextForLock = null
    if (this.last === null) this.first = thread
    else this.last.nextForLock = thread
    this.last = thread
  }

  private watch(delayMs: number): void {
    if (this.watching || delayMs === Number.POSITIVE_INFINITY) return
    this.watching = true
    this.scheduler.schedule(delayMs, sliceEnded, this)
  }
}

function sliceEnded(lock: InterpreterLock): void {
  lock.sliceEnded()
}
