import type { Handler } from '../simulation/event-slots.js'
import { type Process, proceed } from './process.js'
import type { Resource } from './resource.js'
import { Waitable } from './waitable.js'

const NO_TICKET = -1

/** How to wait for a server. */
export interface AcquireOptions {
  /** Lower numbers are served first. Default 0; only for the discipline `priority`. */
  readonly priority?: number
  /** Gives up, or reneges, after this many milliseconds of waiting. Default `Infinity`: never. */
  readonly patienceMs?: number
}

/** How a request made by a handler waits. */
export interface RequestOptions<Target> extends AcquireOptions {
  /** Runs with the same target and argument when patience ends; without it nothing runs then. */
  readonly reneged?: Handler<Target>
}

/**
 * A request that had to wait for a server of a {@link Resource}, made by `resource.request`;
 * `resource.cancel` takes it back.
 */
export class Request<Target = unknown> extends Waitable<boolean> {
  /** @internal Its priority. */
  rank: number
  /** @internal */
  sequence = 0
  /** @internal */
  place = -1
  /** @internal Its neighbours in a line without priorities. */
  before: Request | null = null
  /** @internal */
  after: Request | null = null
  /** @internal */
  state: 'waiting' | 'granted' | 'left' = 'waiting'
  /** @internal The end of its patience, later the event in which its handler gets the server. */
  ticket: number = NO_TICKET

  /** @internal */
  constructor(
    readonly resource: Resource,
    priority: number,
    /** @internal */
    public handler: Handler<Target> | null,
    /** @internal */
    public reneged: Handler<Target> | null,
    /** @internal */
    public target: Target | null,
    /** @internal */
    readonly arg: number,
  ) {
    super()
    this.rank = priority
  }

  /** @internal */
  next(): IteratorResult<Waitable, boolean> {
    if (this.state === 'waiting') return { done: false, value: this }
    return { done: true, value: this.state === 'granted' }
  }

  /** @internal */
  attach(process: Process<unknown>): void {
    const request = this as Request<unknown> as Request<Process<unknown>>
    request.target = process
    request.handler = proceed
    request.reneged = proceed
  }

  /** @internal */
  detach(): void {
    this.resource.cancel(this as Request<unknown>)
  }
}
