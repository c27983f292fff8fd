import type { HttpRequest, RequestSender } from '@celadon/contracts'
import type { Simulation, Timeout } from '@celadon/kernel'
import { AskStatistics, isError } from './ask-statistics.js'
import { durationMs, wholeNumber } from './option-checks.js'
import type { RequestPool } from './request-pool.js'
import type { RequestTarget } from './request-target.js'

/** What {@link hedging} needs. */
export interface HedgingOptions {
  readonly simulation: Simulation
  /** Where the copies come from: the pool of the requests that it gets. */
  readonly pool: RequestPool
  readonly target: RequestTarget
  /** Time without an answer after which a copy is sent, and after that the next, in milliseconds. */
  readonly afterMs: number
  /** Copies at most, the first request not counted. Default 1. */
  readonly hedgesMax?: number
}

/**
 * Makes clients that hedge: when an answer takes long they send the same request once more and take
 * the first good answer (Dean and Barroso, The Tail at Scale, 2013). An error counts only when no
 * other copy is under way. Nobody tells the dynos of the losers, which work on, so hedging costs
 * load. A copy demands the same work: it gets around a long queue and a sick dyno, but a request that
 * is slow by itself is as slow again.
 *
 * @example
 * const clients = hedging({ simulation, pool, target: router, afterMs: 500 })
 * openLoop({ simulation, arrivals, mix, target: clients }).start()
 *
 * @throws `ROUTER_CLIENT_INVALID` when an option is outside of its range
 */
export function hedging(options: HedgingOptions): Hedging {
  return new Hedging(options)
}

const NOT_ARMED = -1

/** Clients that hedge. */
export class Hedging implements RequestTarget {
  readonly statistics: AskStatistics = new AskStatistics()
  /** Copies whose answer came after that of another one. */
  wasted = 0
  private readonly simulation: Simulation
  private readonly pool: RequestPool
  private readonly target: RequestTarget
  private readonly attemptsMax: number
  private readonly patience: Timeout<HedgedAsk>
  private readonly free: HedgedAsk[] = []

  /** Use {@link hedging}. */
  constructor(options: HedgingOptions) {
    const { simulation, pool, target, afterMs, hedgesMax = 1 } = options
    this.simulation = simulation
    this.pool = pool
    this.target = target
    this.attemptsMax = 1 + wholeNumber('hedgesMax', hedgesMax, 1)
    this.patience = simulation.timeout<HedgedAsk>(durationMs('afterMs', afterMs), hedge)
  }

  handle(request: HttpRequest): void {
    const ask = this.free.pop() ?? new HedgedAsk(this)
    request.retain()
    ask.first = request
    ask.sender = request.sender
    ask.askedAt = this.simulation.now
    ask.attempts = 0
    ask.ended = false
    this.statistics.asks += 1
    this.send(ask, request)
  }

  /** @internal */
  answered(ask: HedgedAsk, request: HttpRequest): void {
    ask.open -= 1
    if (ask.ended) this.wasted += 1
    else if (ask.open === 0 || !isError(request)) this.end(ask, request)
    if (ask.ended && ask.open === 0) this.free.push(ask)
  }

  /** @internal */
  hedge(ask: HedgedAsk): void {
    ask.ticket = NOT_ARMED
    this.send(ask, this.pool.copy(ask.first as HttpRequest))
  }

  private send(ask: HedgedAsk, request: HttpRequest): void {
    ask.attempts += 1
    ask.open += 1
    this.statistics.attempts += 1
    request.sender = ask
    if (ask.attempts < this.attemptsMax) ask.ticket = this.patience.arm(ask)
    this.target.handle(request)
  }

  private end(ask: HedgedAsk, answer: HttpRequest): void {
    const { first, sender } = ask
    if (ask.ticket !== NOT_ARMED) this.patience.cancel(ask.ticket)
    ask.ticket = NOT_ARMED
    ask.ended = true
    ask.first = null
    ask.sender = null
    this.statistics.end(isError(answer), this.simulation.now - ask.askedAt)
    sender?.answered(answer)
    first?.release()
  }
}

/** Something that a user wants, until the last of its copies is answered. Reused. */
class HedgedAsk implements RequestSender {
  /** The first request, of which the others are copies; null once there is an answer. */
  first: HttpRequest | null = null
  sender: RequestSender | null = null
  askedAt = -1
  attempts = 0
  /** Copies under way. */
  open = 0
  /** True once the sender has its answer. */
  ended = false
  ticket: number = NOT_ARMED

  constructor(readonly client: Hedging) {}

  answered(request: HttpRequest): void {
    this.client.answered(this, request)
  }
}

function hedge(ask: HedgedAsk): void {
  ask.client.hedge(ask)
}
