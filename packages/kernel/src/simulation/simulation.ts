import { kernelError } from '../errors.js'
import { RandomStream } from '../random/random-stream.js'
import { EVENT_SLOTS_MAX, EventQueue, type Handler } from './event-queue.js'
import { type PendingTimeouts, Timeout } from './timeout.js'

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
  timeoutsHead: number = Number.POSITIVE_INFINITY

  private readonly queue: EventQueue
  private readonly timeouts: PendingTimeouts[] = []
  private readonly streams = new Map<string, RandomStream>()
  private readonly eventsMax: number
  private stopped = false

  /** Use {@link createSimulation}. */
  constructor(options: SimulationOptions = {}) {
    const { seed = 1, epochMs = 0, pendingEventsMax = 4_000_000 } = options
    const { eventsMax = Number.POSITIVE_INFINITY } = options
    requireOption('epochMs', epochMs, Number.isFinite(epochMs), 'a finite number')
    requireOption('eventsMax', eventsMax, eventsMax >= 0, 'a number, 0 or more')
    requireOption(
      'pendingEventsMax',
      pendingEventsMax,
      pendingEventsMax >= 1 && pendingEventsMax <= EVENT_SLOTS_MAX,
      `a number from 1 to ${EVENT_SLOTS_MAX}`,
    )
    this.seed = String(seed)
    this.epochMs = epochMs
    this.eventsMax = eventsMax
    this.queue = new EventQueue(pendingEventsMax)
  }

  /** Events that wait, without timers of {@link timeout}. */
  get pending(): number {
    return this.queue.size
  }

  /**
   * Runs `handler(target, arg)` after `delayMs`. Pass a free function and an object of one stable
   * shape: nothing is allocated per event then. Returns a ticket for {@link cancel}.
   *
   * @throws `KERNEL_DELAY_INVALID` when the delay is negative or NaN
   * @throws `KERNEL_PENDING_LIMIT` when too many events wait
   */
  schedule<Target>(delayMs: number, handler: Handler<Target>, target: Target, arg = 0): number {
    if (!(delayMs >= 0)) {
      throw kernelError(
        'KERNEL_DELAY_INVALID',
        `A delay must be a number of milliseconds, 0 or more, but was ${delayMs} (at virtual time ${this.now} ms).`,
      )
    }
    return this.queue.push(this.now + delayMs, this.sequence++, handler, target, arg)
  }

  /** Cancels a scheduled event. Returns false when it already ran or was cancelled. */
  cancel(ticket: number): boolean {
    return this.queue.cancel(ticket)
  }

  /** Makes a family of timers that all wait `delayMs` and then run `handler(target, ticket)`. */
  timeout<Target extends object>(delayMs: number, handler: Handler<Target>): Timeout<Target> {
    if (!(delayMs >= 0 && delayMs < Number.POSITIVE_INFINITY)) {
      throw kernelError(
        'KERNEL_DELAY_INVALID',
        `A time-out must be a finite number of milliseconds, 0 or more, but was ${delayMs}.`,
      )
    }
    const ring = new Timeout<Target>(delayMs, handler, this)
    this.timeouts.push(ring)
    return ring
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
   * Executes events until virtual time reaches `untilMs`, or until none is left, or until
   * {@link stop} is called. Events at exactly `untilMs` still run. Afterwards `now` is `untilMs`
   * when a finite one was given and the run was not stopped; it never goes back. After an error
   * that a handler threw, the simulation can be run on: that event counts as done.
   *
   * @throws `KERNEL_EVENT_LIMIT` when the next event would be one more than `eventsMax`
   * @throws `KERNEL_ARGUMENT_INVALID` when `untilMs` is not a number
   */
  run(untilMs: number = Number.POSITIVE_INFINITY): void {
    if (Number.isNaN(untilMs)) {
      throw kernelError('KERNEL_ARGUMENT_INVALID', 'A simulation cannot run until NaN ms.')
    }
    this.stopped = false
    const { queue } = this
    while (!this.stopped) {
      const time = queue.headTime()
      if (this.timeoutsHead <= time && this.expireTimeout(time, untilMs)) continue
      if (time > untilMs || time === Number.POSITIVE_INFINITY) break
      this.countEvent()
      this.now = time
      queue.runHead()
    }
    if (!this.stopped && untilMs < Number.POSITIVE_INFINITY && untilMs > this.now) {
      this.now = untilMs
    }
  }

  /** Ends {@link run} after the event that is being executed. */
  stop(): void {
    this.stopped = true
  }

  /** Expires the earliest timer if it is due before the queue's head. Returns whether it did. */
  private expireTimeout(queueTime: number, untilMs: number): boolean {
    let earliest: PendingTimeouts | null = null
    let second = Number.POSITIVE_INFINITY
    for (const ring of this.timeouts) {
      ring.settle()
      if (earliest === null || isBefore(ring, earliest)) {
        if (earliest !== null) second = earliest.headTime
        earliest = ring
      } else if (ring.headTime < second) {
        second = ring.headTime
      }
    }
    const time = earliest === null ? Number.POSITIVE_INFINITY : earliest.headTime
    this.timeoutsHead = time
    if (earliest === null || time > queueTime || time > untilMs) return false
    if (time === Number.POSITIVE_INFINITY) return false
    if (time === queueTime && this.queue.headSequence() < earliest.headSequence) return false
    this.countEvent()
    this.now = time
    this.timeoutsHead = second
    earliest.expireHead()
    return true
  }

  private countEvent(): void {
    if (this.executed >= this.eventsMax) {
      throw kernelError(
        'KERNEL_EVENT_LIMIT',
        `The run executed ${this.eventsMax} events, its limit (virtual time ${this.now} ms). Raise eventsMax or end the run earlier.`,
      )
    }
    this.executed += 1
  }
}

function isBefore(a: PendingTimeouts, b: PendingTimeouts): boolean {
  return a.headTime < b.headTime || (a.headTime === b.headTime && a.headSequence < b.headSequence)
}

function requireOption(name: string, value: number, holds: boolean, accepted: string): void {
  if (holds) return
  throw kernelError(
    'KERNEL_ARGUMENT_INVALID',
    `The option ${name} of a simulation must be ${accepted}, but was ${value}.`,
  )
}
