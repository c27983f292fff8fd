import { CeladonError, kernelError } from '../errors.js'
import type { Simulation } from '../simulation/simulation.js'
import { Interruption } from './interruption.js'
import { Signal } from './signal.js'
import { Waitable } from './waitable.js'

/**
 * The generator of a process. By `yield` it waits for a number of milliseconds, by `yield*` for
 * anything else: a signal, a process, a method such as `resource.acquire`, or a generator of its own
 * kind. The value of `yield*` is the typed result.
 */
export type ProcessGenerator<Result = void> = Generator<number | Waitable, Result, boolean>

type State = 'running' | 'waiting' | 'interrupted' | 'ended' | 'failed'

const NO_TICKET = -1

/**
 * Starts a process: a generator function that takes `args`. As an async function does, it runs at
 * once up to its first `yield`. Where a generator stands cannot be copied, so a simulation with
 * processes under way cannot go back to a snapshot.
 *
 * @throws `KERNEL_PROCESS_FAILED` when it throws before its first `yield`. An error thrown later
 *   comes out of `simulation.run`, with the same code. The message names the generator function; the
 *   original error is the `cause`.
 */
export function startProcess<Args extends readonly unknown[], Result>(
  simulation: Simulation,
  script: (...args: Args) => ProcessGenerator<Result>,
  ...args: Args
): Process<Result> {
  const process = new Process(simulation, script, script(...args))
  process.proceed(null)
  return process
}

/**
 * A generator that runs in virtual time, made by {@link startProcess}. `yield* process` in another
 * one waits until it ends and gives what it returned, or throws the error with which it failed.
 */
export class Process<Result = void> extends Waitable<Result> {
  private state: State = 'running'
  /** The event that continues it. */
  private ticket = NO_TICKET
  /** What it waits for, unless that is only the event of `ticket`. */
  private waitable: Waitable | null = null
  private result: Result | null = null
  private failure: CeladonError | null = null
  private joined: Signal | null = null

  /** @internal */
  constructor(
    private readonly simulation: Simulation,
    private readonly script: { readonly name: string },
    private readonly generator: ProcessGenerator<Result>,
  ) {
    super()
  }

  /** Name of its generator function; empty when that has none. */
  get name(): string {
    return this.script.name
  }

  /** True when it has returned or failed. */
  get ended(): boolean {
    return this.state === 'ended' || this.state === 'failed'
  }

  /**
   * Throws an {@link Interruption} into this process where it waits, in an event of its own at the
   * current time. What it waited for is withdrawn at once; a server that it had just got goes to the
   * next. Returns false, and does nothing, when it does not wait: it runs, has ended, or was
   * interrupted at this very time.
   *
   * @param cause the reason, for whoever catches it
   */
  interrupt(cause: unknown): boolean {
    if (this.state !== 'waiting') return false
    if (this.waitable === null) this.simulation.cancel(this.ticket)
    else this.waitable.detach(this as Process<unknown>)
    this.waitable = null
    this.state = 'interrupted'
    this.simulation.schedule(0, deliver, { process: this, interruption: new Interruption(cause) })
    return true
  }

  /**
   * For a {@link Waitable} that has happened: the process goes on in an event of its own, at the
   * current time. Does nothing when it waits for none.
   */
  wake(): void {
    if (this.waitable === null) return
    this.waitable = null
    this.ticket = this.simulation.schedule(0, proceed, this)
  }

  /** @internal */
  next(): IteratorResult<Waitable, Result> {
    if (!this.ended) return { done: false, value: this }
    if (this.failure !== null) throw this.failure
    return { done: true, value: this.result as Result }
  }

  /** @internal */
  attach(process: Process<unknown>): void {
    this.joined ??= new Signal()
    this.joined.attach(process)
  }

  /** @internal */
  detach(process: Process<unknown>): void {
    this.joined?.detach(process)
  }

  /** @internal Goes on to the next `yield`; `error` is thrown at this one. */
  proceed(error: Error | null): void {
    this.state = 'running'
    this.waitable = null
    let step: IteratorResult<number | Waitable, Result>
    try {
      step = error === null ? this.generator.next(true) : this.generator.throw(error)
    } catch (thrown) {
      throw this.fail(thrown)
    }
    if (step.done === true) this.end('ended', step.value)
    else this.waitFor(step.value)
  }

  private waitFor(value: number | Waitable): void {
    this.state = 'waiting'
    if (typeof value === 'number' && value >= 0) {
      this.ticket = this.simulation.schedule(value, proceed, this)
    } else if (value instanceof Waitable) {
      this.waitable = value
      value.attach(this as Process<unknown>)
    } else {
      this.proceed(yieldInvalid(value, this.simulation.now))
    }
  }

  private fail(thrown: unknown): CeladonError {
    const name = this.name || 'without a name'
    const text = thrown instanceof Error ? thrown.message : String(thrown)
    this.failure = new CeladonError(
      'KERNEL_PROCESS_FAILED',
      `The process ${name} failed at virtual time ${this.simulation.now} ms: ${text}`,
      { cause: thrown },
    )
    this.end('failed', null)
    return this.failure
  }

  private end(state: 'ended' | 'failed', result: Result | null): void {
    this.state = state
    this.result = result
    this.joined?.fire()
  }
}

/** @internal */
export function proceed<Result>(process: Process<Result>): void {
  process.proceed(null)
}

function deliver(delivery: {
  readonly process: { proceed(error: Error): void }
  readonly interruption: Interruption
}): void {
  delivery.process.proceed(delivery.interruption)
}

function yieldInvalid(value: unknown, now: number): Error {
  if (typeof value === 'number') {
    return kernelError(
      'KERNEL_DELAY_INVALID',
      `A delay must be a number of milliseconds, 0 or more, but a process yielded ${value} (at virtual time ${now} ms).`,
    )
  }
  const isGenerator = typeof value === 'object' && value !== null && Symbol.iterator in value
  return kernelError(
    'KERNEL_ARGUMENT_INVALID',
    isGenerator
      ? 'A process yielded a generator: write yield* instead of yield.'
      : `A process may yield a number of milliseconds, or by yield* something to wait for, but yielded ${String(value)}.`,
  )
}
