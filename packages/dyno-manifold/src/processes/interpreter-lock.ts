import type { ProcessorSharing } from '@celadon/kernel'
import type { Thread } from './thread.js'

/**
 * A global interpreter lock: one thread of a process computes at a time, the others wait in order.
 * Who has computed for a slice while others wait hands it on and queues up again.
 */
export class InterpreterLock {
  private holder: Thread | null = null
  private first: Thread | null = null
  private last: Thread | null = null

  constructor(
    private readonly sliceMs: number,
    private readonly cpu: ProcessorSharing,
  ) {}

  /** Lets a thread compute what it demands, at once or when its turn comes. */
  compute(thread: Thread): void {
    const { holder } = this
    if (holder === null) {
      this.holder = thread
      this.cpu.start(thread, thread.demandMs)
      thread.demandMs = 0
      return
    }
    const contended = this.first !== null
    this.enqueue(thread)
    if (contended) return
    const leftMs = this.cpu.left(holder)
    if (leftMs <= this.sliceMs) return
    this.cpu.cancel(holder)
    holder.demandMs += leftMs
    this.start(holder)
  }

  /** The holder has computed its demand or its slice. False when it is not through. */
  pass(): boolean {
    const holder = this.holder as Thread
    const done = holder.demandMs <= 0
    if (!done) this.enqueue(holder)
    this.handOn()
    return done
  }

  private handOn(): void {
    const next = this.first
    this.holder = next
    if (next === null) return
    this.first = next.nextForLock
    if (this.first === null) this.last = null
    this.start(next)
  }

  private start(thread: Thread): void {
    const ms = this.first === null ? thread.demandMs : Math.min(thread.demandMs, this.sliceMs)
    thread.demandMs -= ms
    this.cpu.start(thread, ms)
  }

  /** Takes a thread away that computes or waits to. One that does neither is left alone. */
  withdraw(thread: Thread): void {
    if (this.holder === thread) {
      this.cpu.cancel(thread)
      this.handOn()
      return
    }
    let before: Thread | null = null
    for (let one = this.first; one !== null; before = one, one = one.nextForLock) {
      if (one !== thread) continue
      if (before === null) this.first = one.nextForLock
      else before.nextForLock = one.nextForLock
      if (this.last === one) this.last = before
      return
    }
  }

  /** The process has ended: nobody computes any more. */
  close(): void {
    this.holder = null
    this.first = null
    this.last = null
  }

  private enqueue(thread: Thread): void {
    thread.nextForLock = null
    if (this.last === null) this.first = thread
    else this.last.nextForLock = thread
    this.last = thread
  }
}
