import type { Process } from './process.js'

/**
 * Something that a process can wait for behind `yield*`: a signal, another process, a request. When
 * it happens it calls `process.wake()`.
 *
 * It is the iterator that `yield*` steps through. {@link next} is asked before the wait and again
 * after it: `{ done: false, value: this }` makes the process wait, `{ done: true, value }` gives it the
 * typed result.
 */
export abstract class Waitable<Result = unknown> {
  /** @param woken true after the wait */
  abstract next(woken?: boolean): IteratorResult<Waitable, Result>

  /** The process waits from now on. */
  abstract attach(process: Process<unknown>): void

  /** The process was interrupted and waits no more. */
  abstract detach(process: Process<unknown>): void

  [Symbol.iterator](): this {
    return this
  }

  /** An interruption passes through into the process. */
  throw(error: unknown): IteratorResult<Waitable, Result> {
    throw error
  }
}
