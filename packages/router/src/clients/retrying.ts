import type { HttpRequest, RequestSender } from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import { AskStatistics, isError } from './ask-statistics.js'
import { BackOff, type BackOffOptions } from './back-off.js'
import { wholeNumber } from './option-checks.js'
import type { RequestPool } from './request-pool.js'
import type { RequestTarget } from './request-target.js'
import { RetryBudget, type RetryBudgetOptions } from './retry-budget.js'

/** What {@link retrying} needs. */
export interface RetryingOptions {
  readonly simulation: Simulation
  /** Where further attempts come from: the pool of the requests that it gets. */
  readonly pool: RequestPool
  readonly target: RequestTarget
  /** Attempts at most, the first one included. Default 3. */
  readonly attemptsMax?: number
  readonly backOff: BackOffOptions
  /** Answers after which it tries again. Default {@link isError}. */
  readonly retryOn?: (request: HttpRequest) => boolean
  /** What keeps retries from growing into a storm. Default: nothing. */
  readonly budget?: RetryBudgetOptions
  /** The random stream of the jitter is named after it. Default `clients`. */
  readonly name?: string
}

/**
 * Makes clients that try again after an error. Each attempt is a new request for the same endpoint
 * with the same demand; a dyno may still work on an earlier one. It stands in front of a router or of
 * `hedging`, and hands the last attempt's answer to the sender of the first.
 *
 * @example
 * const clients = retrying({ simulation, pool, target: router, backOff: { firstMs: 1000 } })
 * openLoop({ simulation, arrivals, mix, target: clients }).start()
 *
 * @throws `ROUTER_CLIENT_INVALID` when an option is outside of its range
 */
export function retrying(options: RetryingOptions): Retrying {
  return new Retrying(options)
}

/** Clients that try again after an error. */
export class Retrying implements RequestTarget {
  readonly statistics: AskStatistics = new AskStatistics()
  /** Retries that were not made because the budget was spent. */
  denied = 0
  private readonly simulation: Simulation
  private readonly pool: RequestPool
  private readonly target: RequestTarget
  private readonly attemptsMax: number
  private readonly backOff: BackOff
  private readonly retryOn: (request: HttpRequest) => boolean
  private readonly budget: RetryBudget | null
  private readonly free: RetriedAsk[] = []

  /** Use {@link retrying}. */
  constructor(options: RetryingOptions) {
    const { simulation, pool, target, attemptsMax = 3, budget, name = 'clients' } = options
    this.simulation = simulation
    this.pool = pool
    this.target = target
    this.attemptsMax = wholeNumber('attemptsMax', attemptsMax, 1)
    this.backOff = new BackOff(options.backOff, simulation.stream(`${name}/retry`))
    this.retryOn = options.retryOn ?? isError
    this.budget = budget === undefined ? null : new RetryBudget(budget)
  }

  handle(request: HttpRequest): void {
    const ask = this.free.pop() ?? new RetriedAsk(this)
    request.retain()
    ask.first = request
    ask.sender = request.sender
    ask.askedAt = this.simulation.now
    ask.attempts = 0
    this.statistics.asks += 1
    this.budget?.earn()
    this.send(ask, request)
  }

  /** @internal */
  answered(ask: RetriedAsk, request: HttpRequest): void {
    const retriable = this.retryOn(request)
    if (retriable && ask.attempts < this.attemptsMax) {
      if (this.budget === null || this.budget.spend()) {
        this.simulation.schedule(this.backOff.pauseMs(ask.attempts), tryAgain, ask)
        return
      }
      this.denied += 1
    }
    this.statistics.end(retriable || isError(request), this.simulation.now - ask.askedAt)
    this.finish(ask, request)
  }

  /** @internal */
  tryAgain(ask: RetriedAsk): void {
    this.send(ask, this.pool.copy(ask.first as HttpRequest))
  }

  private send(ask: RetriedAsk, request: HttpRequest): void {
    ask.attempts += 1
    this.statistics.attempts += 1
    request.sender = ask
    this.target.handle(request)
  }

  private finish(ask: RetriedAsk, answer: HttpRequest): void {
    const { first, sender } = ask
    ask.first = null
    ask.sender = null
    this.free.push(ask)
    sender?.answered(answer)
    first?.release()
  }
}

/** Something that a user wants, and who hears of its answer. Reused. */
class RetriedAsk implements RequestSender {
  /** The first attempt, of which the others are copies. */
  first: HttpRequest | null = null
  sender: RequestSender | null = null
  askedAt = -1
  attempts = 0

  constructor(readonly client: Retrying) {}

  answered(request: HttpRequest): void {
    this.client.answered(this, request)
  }
}

function tryAgain(ask: RetriedAsk): void {
  ask.client.tryAgain(ask)
}
