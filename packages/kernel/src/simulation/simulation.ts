import { invalidDelay, kernelError } from '../errors.js'
import { RandomStream } from '../random/random-stream.js'
import { EventQueue } from './event-queue.js'
import { EVENT_SLOTS_MAX, type Handler } from './event-slots.js'
import { Inspection, type Inspector } from './inspection.js'
import { Registers } from './registers.js'
import { RunControl, type RunEnd, type RunLimits } from './run.js'
import { record, type Snapshot } from './snapshot.js'
import { Source } from './source.js'
import { Timeout } from './timeout.js'

const NEVER = Number.POSITIVE_INFINITY

/** What {@link createSimulation} may be told. */
export interface SimulationOptions {
  /** Every random stream derives from it; the same seed and model give the same run. Default `'1'`. */
  readonly seed?: string | number
  /** Calendar time of virtual time 0, in milliseconds since 1970 (UTC). Default 0. */
  readonly epochMs?: number
  /** Most events that may wait at once, 1 to 16,777,216. Default 4,000,000. */
  readonly pendingEventsMax?: number
  /** Most events that the simulation may execute in all. Default: no limit. */
  readonly eventsMax?: number
  /** Virtual time after which no event may be executed, in milliseconds. Default: no limit. */
  readonly horizonMs?: number
}

/**
 * Makes an empty simulation at time 0.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when an option is outside of its range
 */
export function createSimulation(options: SimulationOptions = {}): Simulation {
  return new Simulation(options)
}

/**
 * A virtual clock and the events that wait for it.
 *
 * Time is a float64 number of milliseconds since the start of the run. Events at the same time run
 * in the order in which they were scheduled.
 */
export class Simulation {
  /** Virtual time in milliseconds since the start. */
  now = 0
  /** Number of events executed so far. */
  executed = 0
  readonly seed: string
  readonly epochMs: number
  /** @internal */
  sequence = 0
  /** @internal */
  readonly registers: Registers = new Registers()
  /** Whether anybody inspects. @internal */
  inspecting = false
  /** @internal */
  readonly inspection: Inspection = new Inspection()

  private readonly queue: EventQueue
  private readonly streams = new Map<string, RandomStream>()
  private readonly eventsMax: number
  private readonly horizonMs: number

  private readonly control = new RunControl()
  private running = false

  /** Use {@link createSimulation}. */
  constructor(options: SimulationOptions = {}) {
    const { seed = 1, epochMs = 0, pendingEventsMax = 4_000_000 } = options
    const { eventsMax = NEVER, horizonMs = NEVER } = options
    requireArgument('epochMs', epochMs, Number.isFinite(epochMs), 'a finite number')
    requireArgument('eventsMax', eventsMax, eventsMax >= 0, 'a number, 0 or more')
    requireArgument('horizonMs', horizonMs, horizonMs >= 0, 'a number of milliseconds, 0 or more')
    requireArgument(
      'pendingEventsMax',
      pendingEventsMax,
      pendingEventsMax >= 1 && pendingEventsMax <= EVENT_SLOTS_MAX,
      `a number from 1 to ${EVENT_SLOTS_MAX}`,
    )
    this.seed = String(seed)
    this.epochMs = epochMs
    this.eventsMax = eventsMax
    this.horizonMs = horizonMs
    this.queue = new EventQueue(pendingEventsMax)
  }

  /** Scheduled events that wait, without timers of {@link timeout} and sources. */
  get pending(): number {
    return this.queue.pending
  }

  /** Virtual time of the next event, `Infinity` when there is none. */
  get nextEventMs(): number {
    return Math.min(this.queue.headTime(), this.registers.time)
  }

  /**
   * Runs `handler(target, arg)` after `delayMs`. Pass a free function and an object of one stable
   * shape: nothing is allocated per event then. Returns a ticket for {@link cancel}.
   *
   * @throws `KERNEL_DELAY_INVALID` when the delay is negative or NaN
   * @throws `KERNEL_PENDING_LIMIT` when too many events wait
   */
  schedule<Target>(delayMs: number, handler: Handler<Target>, target: Target, arg = 0): number {
    if (!(delayMs >= 0)) throw invalidDelay('A delay', delayMs, this.now)
    if (this.inspecting) this.tellScheduled(this.now + delayMs, handler, target, arg)
    return this.queue.push(this.now + delayMs, this.sequence++, handler, target, arg)
  }

  /** Cancels a scheduled event. Returns false when it already ran or was cancelled. */
  cancel(ticket: number): boolean {
    const found = this.queue.cancel(ticket)
    if (found && this.inspecting) {
      this.inspection.tell({ type: 'cancelled', kind: 'event', nowMs: this.now, ticket })
    }
    return found
  }

  /** Makes a family of timers that all wait `delayMs` and then run `handler(target, ticket)`. */
  timeout<Target extends NonNullable<unknown>>(
    delayMs: number,
    handler: Handler<Target>,
  ): Timeout<Target> {
    if (!(delayMs >= 0 && delayMs < Number.POSITIVE_INFINITY)) {
      throw invalidDelay('A time-out', delayMs, this.now)
    }
    const ring = new Timeout<Target>(delayMs, handler, this)
    this.registers.add(ring)
    return ring
  }

  /**
   * Makes a renewal source: `handler(target, arg)` runs again and again, each time `gap(nowMs)`
   * milliseconds after the time before; the first time one gap from now. `Infinity` ends it.
   *
   * @throws `KERNEL_DELAY_INVALID` when a gap is negative or not a number
   */
  source<Target>(
    gap: (nowMs: number) => number,
    handler: Handler<Target>,
    target: Target,
    arg = 0,
  ): Source<Target> {
    const source = new Source(gap, handler, target, arg, this)
    this.registers.add(source)
    source.start()
    return source
  }

  /**
   * The random stream of this name. Each name has its own, derived from seed and name, so a new
   * component never shifts the numbers of another one. Convention: `component/purpose`.
   */
  stream(name: string): RandomStream {
    let stream = this.streams.get(name)
    if (stream === undefined) {
      stream = new RandomStream(`${this.seed}/${name}`)
      this.streams.set(name, stream)
    }
    return stream
  }

  /**
   * Executes events until virtual time reaches `untilMs`, or until another of the limits is
   * reached, or no event is left, or {@link pause} is called; returns which. Events at exactly
   * `untilMs` still run. When time was what ended the run, `now` is `untilMs` afterwards; it never
   * goes back. After an error that a handler threw, the simulation can be run on: that event counts
   * as done.
   *
   * @throws `KERNEL_EVENT_LIMIT` when the next event would be one more than `eventsMax`
   * @throws `KERNEL_HORIZON` when the next event lies after `horizonMs`, and `untilMs` too
   * @throws `KERNEL_RUNNING` when called by a handler
   * @throws `KERNEL_ARGUMENT_INVALID` when a limit is not a number in its range
   */
  run(until: number | RunLimits = NEVER): RunEnd {
    this.requireIdle('run')
    const limits = typeof until === 'number' ? { untilMs: until } : until
    const { untilMs = NEVER } = limits
    requireArgument('untilMs', untilMs, !Number.isNaN(untilMs), 'a number of milliseconds')
    this.control.begin(limits, this.executed, this.eventsMax)
    this.running = true
    try {
      return this.execute(untilMs)
    } finally {
      this.running = false
    }
  }

  /** Executes the next event. Returns false when there is none. Throws what {@link run} throws. */
  step(): boolean {
    const before = this.executed
    this.run({ events: 1 })
    return this.executed > before
  }

  /** Ends {@link run} after the event that is being executed; another `run` goes on from there. */
  pause(): void {
    this.control.pause()
  }

  /**
   * Records the state of the simulation and of all that its events can reach: their targets, and
   * whatever hangs on them by properties. Pass further parts of the model that no event refers to,
   * such as statistics. `snapshot.restore()` puts everything back, as often as wanted, and the run
   * goes on as it did the first time.
   *
   * Variables that a function has captured, private `#fields` and running generators are out of
   * reach: keep state in fields.
   *
   * @throws `KERNEL_SNAPSHOT_UNSUPPORTED` when a process (a generator) or a promise is found
   * @throws `KERNEL_RUNNING` when called by a handler; `pause` first
   */
  snapshot(...parts: readonly object[]): Snapshot {
    this.requireIdle('snapshot')
    const atMs = this.now
    const restore = record([
      ['simulation', this],
      ...parts.map((part, index) => [`part ${index + 1}`, part] as const),
    ])
    return {
      atMs,
      restore: () => {
        this.requireIdle('restore')
        restore()
      },
    }
  }

  /**
   * Tells `inspector` every event that is scheduled, cancelled or executed from now on. Returns a
   * function that ends this. Costs nothing while nobody inspects.
   */
  inspect(inspector: Inspector): () => void {
    const end = this.inspection.add(inspector)
    this.inspecting = true
    return () => {
      end()
      this.inspecting = this.inspection.inspectors > 0
    }
  }

  private execute(untilMs: number): RunEnd {
    const { queue, registers, control } = this
    const lastMs = Math.min(untilMs, this.horizonMs)
    for (;;) {
      if (this.executed >= control.askAt) {
        const end = control.end(this.executed)
        if (end !== null) return end
        if (this.executed >= this.eventsMax) this.requireNoEventBy(lastMs)
      }
      const time = queue.headTime()
      if (registers.time <= time) {
        const due = registers.time
        if (due < time || (due === time && due < NEVER && this.isRegisterFirst())) {
          if (due > lastMs) return this.endAt(untilMs, due)
          this.executed += 1
          this.now = due
          registers.first.fire()
          continue
        }
      }
      if (time > lastMs || time === NEVER) return this.endAt(untilMs, time)
      this.executed += 1
      this.now = time
      if (this.inspecting) queue.tellHead(this.inspection, time)
      queue.runHead()
    }
  }

  private requireNoEventBy(lastMs: number): void {
    const next = this.nextEventMs
    if (next > lastMs || next === NEVER) return
    throw kernelError(
      'KERNEL_EVENT_LIMIT',
      `The run executed ${this.eventsMax} events, its limit (virtual time ${this.now} ms). Raise eventsMax or end the run earlier.`,
    )
  }

  /** The run is over because the next event is not due until `untilMs`. */
  private endAt(untilMs: number, nextMs: number): RunEnd {
    if (nextMs < NEVER && nextMs <= untilMs) {
      throw kernelError(
        'KERNEL_HORIZON',
        `The next event is due at ${nextMs} ms, after the horizon of ${this.horizonMs} ms. Raise horizonMs or end the run earlier.`,
      )
    }
    if (untilMs === NEVER) return 'empty'
    if (untilMs > this.now) this.now = untilMs
    return 'time'
  }

  /** Whether the first register comes before the queue's head, whose time is the same. */
  private isRegisterFirst(): boolean {
    return this.registers.first.sequence < this.queue.headSequence()
  }

  private requireIdle(what: string): void {
    if (!this.running) return
    throw kernelError(
      'KERNEL_RUNNING',
      `${what}() was called while the simulation runs (virtual time ${this.now} ms). Call pause() in the handler and ${what}() after run() came back.`,
    )
  }

  private tellScheduled(
    dueMs: number,
    handler: Handler<never>,
    target: unknown,
    arg: number,
  ): void {
    this.inspection.tell({
      type: 'scheduled',
      kind: 'event',
      nowMs: this.now,
      dueMs,
      sequence: this.sequence,
      handler: handler.name,
      target,
      arg,
    })
  }
}

function requireArgument(name: string, value: number, holds: boolean, accepted: string): void {
  if (holds) return
  throw kernelError(
    'KERNEL_ARGUMENT_INVALID',
    `${name} of a simulation must be ${accepted}, but was ${value}.`,
  )
}
