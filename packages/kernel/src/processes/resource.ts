import { kernelError } from '../errors.js'
import type { Handler } from '../simulation/event-slots.js'
import type { Simulation } from '../simulation/simulation.js'
import { TimeWeighted } from '../statistics/time-weighted.js'
import { Heap } from './heap.js'
import { LinkedLine } from './linked-line.js'
import { type AcquireOptions, Request, type RequestOptions } from './request.js'
import type { Waitable } from './waitable.js'

/**
 * Who is served next: who came first, who came last, or the lowest priority number and among equals
 * who came first. Nobody is interrupted in service.
 */
export type Discipline = 'fifo' | 'lifo' | 'priority'

/** What a {@link Resource} is made of. */
export interface ResourceOptions {
  /** Number of servers, an integer, 0 or more. Default 1. */
  readonly capacity?: number
  /** Default `fifo`. */
  readonly discipline?: Discipline
}

/** Requests that wait, the next one first. */
interface Line {
  readonly length: number
  readonly first: Request
  add(request: Request): void
  remove(request: Request): void
}

const NO_OPTIONS = {}
/** For a process that finds a free server. */
const GRANTED: IterableIterator<Waitable, boolean> = {
  [Symbol.iterator]: () => GRANTED,
  next: () => ({ done: true, value: true }),
}

/**
 * Servers and the line before them. Whoever has a server gives it back by {@link Resource.release};
 * it goes to the next in line at once, who goes on in an event of its own at the same time.
 *
 * At any moment `arrived` is `served + reneged + cancelled` and those in service and in the queue.
 */
export class Resource {
  /** Servers in use, over time. */
  readonly busy: TimeWeighted
  /** Requests that wait, over time. */
  readonly queue: TimeWeighted
  /** Requests so far. */
  arrived = 0
  /** Requests that had a server and gave it back. */
  served = 0
  /** Requests that gave up because their patience ended. */
  reneged = 0
  /** Requests that were taken back, by {@link cancel} or because their process was interrupted. */
  cancelled = 0

  private servers: number
  private readonly line: Line

  /** @throws `KERNEL_ARGUMENT_INVALID` when the capacity or the discipline is none */
  constructor(
    private readonly simulation: Simulation,
    options: ResourceOptions = {},
  ) {
    const { capacity = 1, discipline = 'fifo' } = options
    requireCapacity(capacity)
    this.busy = new TimeWeighted(0, simulation.now)
    this.queue = new TimeWeighted(0, simulation.now)
    this.servers = capacity
    this.line = createLine(discipline)
  }

  /** Number of servers, in use or not. */
  get capacity(): number {
    return this.servers
  }

  /**
   * Changes the number of servers. More of them go to those who wait at once. With fewer, whoever
   * has a server keeps it; `busy` may be above the capacity until enough of them are given back.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` unless it is an integer, 0 or more
   */
  setCapacity(capacity: number): void {
    requireCapacity(capacity)
    this.servers = capacity
    while (this.line.length > 0 && this.takeServer()) this.grant()
  }

  /**
   * `yield* resource.acquire()` waits for a server. Gives true once the process has one, and false
   * when its patience ended before. The call makes the request: a process may wait for it later.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when an option is outside of its range
   */
  acquire(options: AcquireOptions = NO_OPTIONS): Iterable<Waitable, boolean> {
    if (options !== NO_OPTIONS) this.requireOptions(options)
    this.arrived += 1
    return this.takeServer() ? GRANTED : this.enqueue<unknown>(null, null, 0, options)
  }

  /**
   * The same for models without processes: `handler(target, arg)` runs when it has a server. That
   * is before this method returns when a server is free; it returns null then, else the request.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when an option is outside of its range
   */
  request<Target>(
    handler: Handler<Target>,
    target: Target,
    arg = 0,
    options: RequestOptions<Target> = NO_OPTIONS,
  ): Request<Target> | null {
    if (options !== NO_OPTIONS) this.requireOptions(options)
    this.arrived += 1
    if (!this.takeServer()) return this.enqueue(handler, target, arg, options)
    handler(target, arg)
    return null
  }

  /** Takes a request back. Returns false when it has been served or has left already. */
  cancel<Target>(request: Request<Target>): boolean {
    if (request.state === 'left' || !this.cancelTicket(request)) return false
    if (request.state === 'waiting') this.leaveLine(request as Request<unknown>)
    else this.passOn()
    request.state = 'left'
    this.cancelled += 1
    return true
  }

  /**
   * Gives a server back.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when no server is in use
   */
  release(): void {
    if (this.busy.value === 0) {
      throw kernelError(
        'KERNEL_ARGUMENT_INVALID',
        `A server was released, but none of ${this.servers} is in use (at virtual time ${this.simulation.now} ms). Each acquire or request allows for one release.`,
      )
    }
    this.served += 1
    this.passOn()
  }

  /** @internal The patience of a request has ended. */
  giveUp(request: Request): void {
    this.leaveLine(request)
    request.state = 'left'
    this.reneged += 1
    if (request.reneged !== null) request.reneged(request.target, request.arg)
  }

  private takeServer(): boolean {
    if (this.busy.value >= this.servers) return false
    this.busy.add(1, this.simulation.now)
    return true
  }

  /** A server that was in use goes to the next in line. */
  private passOn(): void {
    if (this.line.length > 0 && this.busy.value <= this.servers) this.grant()
    else this.busy.add(-1, this.simulation.now)
  }

  private enqueue<Target>(
    handler: Handler<Target> | null,
    target: Target | null,
    arg: number,
    options: RequestOptions<Target>,
  ): Request<Target> {
    const { priority = 0, patienceMs = Number.POSITIVE_INFINITY, reneged = null } = options
    const request = new Request(this, priority, handler, reneged, target, arg)
    if (patienceMs < Number.POSITIVE_INFINITY) {
      request.ticket = this.simulation.schedule(patienceMs, giveUp, request as Request<unknown>)
    }
    this.line.add(request as Request<unknown>)
    this.queue.add(1, this.simulation.now)
    return request
  }

  /** The next in line gets a server that was taken for it. */
  private grant(): void {
    const request = this.line.first
    this.leaveLine(request)
    this.cancelTicket(request)
    request.state = 'granted'
    const { handler } = request
    if (handler !== null) {
      request.ticket = this.simulation.schedule(0, handler, request.target, request.arg)
    }
  }

  private leaveLine(request: Request): void {
    this.line.remove(request)
    this.queue.add(-1, this.simulation.now)
  }

  /** Returns false when the request's event has run already. */
  private cancelTicket<Target>(request: Request<Target>): boolean {
    return request.ticket < 0 || this.simulation.cancel(request.ticket)
  }

  private requireOptions(options: AcquireOptions): void {
    const { priority = 0, patienceMs = 0 } = options
    if (!(patienceMs >= 0)) {
      throw kernelError(
        'KERNEL_ARGUMENT_INVALID',
        `patienceMs must be a number of milliseconds, 0 or more, but was ${patienceMs}.`,
      )
    }
    if (priority !== 0 && (this.line instanceof LinkedLine || Number.isNaN(priority))) {
      throw kernelError(
        'KERNEL_ARGUMENT_INVALID',
        `priority must be a number, and the discipline 'priority' if it is not 0, but was ${priority}.`,
      )
    }
  }
}

function giveUp(request: Request): void {
  request.resource.giveUp(request)
}

function createLine(discipline: Discipline): Line {
  switch (discipline) {
    case 'fifo':
      return new LinkedLine(false)
    case 'lifo':
      return new LinkedLine(true)
    case 'priority':
      return new Heap<Request>()
    default:
      throw kernelError(
        'KERNEL_ARGUMENT_INVALID',
        `The discipline of a resource must be 'fifo', 'lifo' or 'priority', but was '${String(discipline)}'.`,
      )
  }
}

function requireCapacity(capacity: number): void {
  if (Number.isInteger(capacity) && capacity >= 0) return
  throw kernelError(
    'KERNEL_ARGUMENT_INVALID',
    `The capacity of a resource must be an integer, 0 or more, but was ${capacity}.`,
  )
}
