import type { Process } from './process.js'
import { Waitable } from './waitable.js'

/**
 * Something that happens, perhaps more than once, and that processes wait for: work has come.
 * `yield* signal` waits until it is fired the next time.
 */
export class Signal extends Waitable<void> {
  private readonly processes: Process<unknown>[] = []

  /** Number of processes that wait for it. */
  get waiting(): number {
    return this.processes.length
  }

  /** All that wait now go on, at the current time and in the order in which they came. */
  fire(): void {
    const { processes } = this
    for (const process of processes) process.wake()
    while (processes.length > 0) processes.pop()
  }

  /** @internal */
  next(woken?: boolean): IteratorResult<Waitable, void> {
    return woken === true ? { done: true, value: undefined } : { done: false, value: this }
  }

  /** @internal */
  attach(process: Process<unknown>): void {
    this.processes.push(process)
  }

  /** @internal */
  detach(process: Process<unknown>): void {
    this.processes.splice(this.processes.indexOf(process), 1)
  }
}
