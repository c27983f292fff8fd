import type { Process } from './process.js'
import type { Computation, ProcessorSharing } from './processor-sharing.js'
import { Waitable } from './waitable.js'

/** The computation of a process that waits for it. */
export class ProcessComputation extends Waitable<void> implements Computation {
  rank = 0
  sequence = 0
  place = -1
  private done = false
  private process: Process<unknown> | null = null

  constructor(private readonly processor: ProcessorSharing) {
    super()
  }

  next(): IteratorResult<Waitable, void> {
    return this.done ? { done: true, value: undefined } : { done: false, value: this }
  }

  attach(process: Process<unknown>): void {
    this.process = process
  }

  detach(): void {
    this.processor.cancel(this)
  }

  computed(): void {
    this.done = true
    this.process?.proceed(null)
  }
}
