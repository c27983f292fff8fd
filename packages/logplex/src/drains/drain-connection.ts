import type { RandomSource, Scheduler } from '@celadon/contracts'
import type {
  BatchAnswer,
  ConnectAnswer,
  DrainBatch,
  DrainCall,
  DrainConsumer,
} from './consumer.js'

/** How long a connection may last after it was made. Source: logplex's source. */
const LIFE_MS = 18_000_000
/** The check for idleness comes up to this much later than it could. Source: logplex's source. */
const IDLE_FUZZ_MS = 15_000

/** Limits of a connection, in milliseconds. */
export interface ConnectionLimits {
  readonly connectMs: number
  readonly batchMs: number
  readonly idleMs: number
}

/**
 * Why there is no connection. `unreachable`: the attempt to connect was not answered in time;
 * `timed out`: a batch was not; `hung up`: the consumer closed while nothing was sent.
 */
export type ConnectionFailure =
  | 'unreachable'
  | 'refused'
  | 'bad certificate'
  | 'timed out'
  | 'broken'
  | 'hung up'

/** Who uses a connection. */
export interface ConnectionOwner {
  /** The connection stands. */
  opened(): void
  /** The consumer answered the batch. The connection may have been closed after that. */
  answered(answer: Exclude<BatchAnswer, 'broken'>): void
  /** There is no connection any more, or none came about. */
  failed(failure: ConnectionFailure): void
}

/** The connection of a drain: one at a time, one batch at a time, each answer within its limit. */
export class DrainConnection {
  state: 'closed' | 'opening' | 'open' | 'sending' = 'closed'
  /** Connections that stood. */
  opened = 0
  /** When a batch was last taken; -Infinity before the first. */
  lastGoodMs: number = Number.NEGATIVE_INFINITY
  /** Attempts to connect, which is the number of the latest. */
  private attempts = 0
  private openedMs = 0
  private isTooOld = false
  private call: Call | null = null
  private limitTicket = 0
  private checkTicket = 0

  constructor(
    private readonly owner: ConnectionOwner,
    private readonly consumer: DrainConsumer,
    private readonly limits: ConnectionLimits,
    readonly scheduler: Scheduler,
    private readonly stream: RandomSource,
  ) {}

  open(): void {
    this.state = 'opening'
    this.attempts += 1
    const call = new Call(this, this.attempts)
    this.await(call, this.limits.connectMs)
    this.consumer.connect(call)
  }

  send(batch: DrainBatch): void {
    this.state = 'sending'
    const call = new Call(this, this.attempts)
    this.await(call, this.limits.batchMs)
    this.consumer.receive(batch, call)
  }

  close(): void {
    const { state, scheduler } = this
    if (state === 'closed') return
    if (state !== 'open') scheduler.cancel(this.limitTicket)
    if (state !== 'opening') scheduler.cancel(this.checkTicket)
    this.state = 'closed'
    this.call = null
    this.consumer.closed?.()
  }

  /** Hears the answer to the call, unless it comes too late. */
  settle(call: Call): void {
    const { heard } = call
    if (this.call !== call || heard === null) return
    if (heard === 'broken' || heard === 'refused' || heard === 'bad certificate') {
      this.fail(heard)
      return
    }
    this.call = null
    this.scheduler.cancel(this.limitTicket)
    if (heard === 'open') this.established()
    else this.taken(heard)
  }

  /** The call was not answered in time. */
  expire(call: object): void {
    if (this.call !== call) return
    this.fail(this.state === 'opening' ? 'unreachable' : 'timed out')
  }

  /** The consumer closes the connection of this attempt. */
  hangUp(attempt: number): void {
    if (attempt !== this.attempts || this.state === 'closed' || this.state === 'opening') return
    this.fail(this.state === 'sending' ? 'broken' : 'hung up')
  }

  /** Closes the connection when it is idle, or too old and not in use. */
  check(): void {
    const { now } = this.scheduler
    const isIdle = now - Math.max(this.lastGoodMs, this.openedMs) > this.limits.idleMs
    this.isTooOld = now - this.openedMs > LIFE_MS
    if (this.state === 'open' && (isIdle || this.isTooOld)) this.close()
    else if (!this.isTooOld) this.scheduleCheck()
  }

  private await(call: Call, limitMs: number): void {
    this.call = call
    this.limitTicket = this.scheduler.schedule(limitMs, expire, call)
  }

  private established(): void {
    this.state = 'open'
    this.opened += 1
    this.openedMs = this.scheduler.now
    this.isTooOld = false
    this.scheduleCheck()
    this.owner.opened()
  }

  private taken(answer: Exclude<BatchAnswer, 'broken'>): void {
    this.state = 'open'
    if (this.isTooOld) this.close()
    this.owner.answered(answer)
  }

  private fail(failure: ConnectionFailure): void {
    this.close()
    this.owner.failed(failure)
  }

  private scheduleCheck(): void {
    const delayMs = this.limits.idleMs + 1 + this.stream.below(IDLE_FUZZ_MS)
    this.checkTicket = this.scheduler.schedule(delayMs, check, this)
  }
}

/** A call to the consumer. What it answers is heard in the next event, so it may answer at once. */
class Call implements DrainCall<ConnectAnswer | BatchAnswer> {
  heard: ConnectAnswer | BatchAnswer | null = null

  constructor(
    readonly connection: DrainConnection,
    /** Of the connection, as `attempts` counts. */
    readonly attempt: number,
  ) {}

  answer(answer: ConnectAnswer | BatchAnswer): void {
    if (this.heard !== null) return
    this.heard = answer
    this.connection.scheduler.schedule(0, settle, this)
  }

  hangUp(): void {
    this.connection.scheduler.schedule(0, hangUp, this)
  }
}

function settle(call: Call): void {
  call.connection.settle(call)
}

function hangUp(call: Call): void {
  call.connection.hangUp(call.attempt)
}

function expire(call: Call): void {
  call.connection.expire(call)
}

function check(connection: DrainConnection): void {
  connection.check()
}
