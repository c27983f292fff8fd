import type { HCode, HttpRequest } from '@celadon/contracts'
import { routerError } from '../errors.js'
import { outageOf } from './admission.js'
import type { BackendState } from './backend-state.js'
import { type Exchange, NOT_ARMED } from './exchange.js'
import { ExchangeQueue } from './exchange-queue.js'
import type { RouterInstance } from './router-instance.js'
import type { RouterShared } from './router-shared.js'

/**
 * Pause before quarantined dynos are tried again; each further one is twice as long. Heroku Dev
 * Center, "HTTP Routing", speaks of growing pauses; the numbers are a guess.
 */
const FIRST_PAUSE_MS = 1_000

/** Finds a dyno for each exchange, and keeps those for which there is none. */
export class Dispatcher {
  /** Exchanges that wait until a dyno comes up or has less under way. */
  private readonly waiting: ExchangeQueue = new ExchangeQueue()
  /** Exchanges that pause because all dynos are in quarantine. */
  private readonly pausing: ExchangeQueue = new ExchangeQueue()
  private draining = false

  constructor(
    private readonly shared: RouterShared,
    private readonly instance: RouterInstance,
  ) {}

  /** Exchanges for which there is no dyno now. */
  get queueLength(): number {
    return this.waiting.length + this.pausing.length
  }

  /** Takes a new exchange: those that wait already go first. */
  accept(exchange: Exchange): void {
    if (this.instance.backends.size === 0) this.hold(exchange)
    else if (this.waiting.length > 0) this.waiting.push(exchange)
    else this.place(exchange)
  }

  /** Chooses a dyno and connects; without a candidate the exchange waits. */
  place(exchange: Exchange): void {
    const candidates = this.instance.backends.candidates(this.shared.simulation.now)
    if (candidates.length === 0) this.postpone(exchange)
    else this.instance.connector.connect(exchange, this.choose(candidates, exchange))
  }

  /** Places waiting exchanges, oldest first, while a dyno can take one. */
  drain(): void {
    // A placed exchange can fail at once and come back here: one loop does it all.
    if (this.waiting.head === null || this.draining) return
    this.draining = true
    for (let head = this.waiting.head; head !== null; head = this.waiting.head) {
      if (this.instance.backends.size === 0) break
      this.waiting.remove(head)
      this.disarmHold(head)
      this.place(head)
      if (this.waiting.head === head) break
    }
    this.draining = false
  }

  /** The instance knows other dynos, or another status of the pool. */
  viewChanged(): void {
    if (this.instance.backends.size > 0) this.drain()
    else if (this.waiting.length > 0) this.holdWaiting()
  }

  /** No dyno came up in time. One that waits because all dynos are at their limit waits on. */
  heldInVain(exchange: Exchange): void {
    if (this.instance.backends.size === 0) this.instance.fail(exchange, 'H20')
  }

  pauseOver(exchange: Exchange): void {
    this.pausing.remove(exchange)
    this.place(exchange)
  }

  disarmHold(exchange: Exchange): void {
    if (exchange.holdTicket === NOT_ARMED) return
    this.shared.timers.hold.cancel(exchange.holdTicket)
    exchange.holdTicket = NOT_ARMED
  }

  /** Places no exchange any more. */
  stop(): void {
    this.draining = true
  }

  private choose(candidates: readonly BackendState[], exchange: Exchange): BackendState {
    const { length } = candidates
    if (length === 1) return candidates[0] as BackendState
    const request = exchange.request as HttpRequest
    const index = this.shared.balancer.choose(candidates, request, this.instance.index)
    const state = candidates[index]
    if (state !== undefined) return state
    throw routerError(
      'ROUTER_POLICY_INVALID',
      `A policy must return the index of one of its ${length} candidates, but returned ${index}.`,
    )
  }

  /** Lets an exchange wait that was tried, or came, when no dyno could take it. */
  private postpone(exchange: Exchange): void {
    const { backends } = this.instance
    if (backends.size === 0) {
      const outage = this.outage()
      if (outage === '') this.hold(exchange)
      else this.instance.fail(exchange, outage)
    } else if (backends.allQuarantined(this.shared.simulation.now)) {
      this.pause(exchange)
    } else {
      this.waiting.putBack(exchange)
    }
  }

  /** Keeps an exchange until a dyno is up. */
  private hold(exchange: Exchange): void {
    exchange.holdTicket = this.shared.timers.hold.arm(exchange)
    this.waiting.push(exchange)
    this.wake()
  }

  /** The last dyno has gone: what waits is refused, or held until one is up. */
  private holdWaiting(): void {
    const { hold } = this.shared.timers
    for (let outage = this.outage(); outage !== ''; outage = this.outage()) {
      if (this.waiting.head === null) return
      this.instance.fail(this.waiting.head, outage)
    }
    for (let exchange = this.waiting.head; exchange !== null; exchange = exchange.next) {
      if (exchange.holdTicket === NOT_ARMED) exchange.holdTicket = hold.arm(exchange)
    }
    this.wake()
  }

  private pause(exchange: Exchange): void {
    const { simulation, settings } = this.shared
    const leftMs = settings.holdMs - exchange.searchMs
    if (leftMs <= 0) {
      this.instance.fail(exchange, settings.allQuarantined)
      return
    }
    const pauseMs = Math.min(FIRST_PAUSE_MS + exchange.searchMs, leftMs)
    exchange.searchMs += pauseMs
    exchange.stepTicket = simulation.schedule(pauseMs, pauseOver, exchange)
    this.pausing.push(exchange)
  }

  private outage(): HCode | '' {
    return outageOf(this.instance.view.status)
  }

  private wake(): void {
    if (this.instance.view.status === 'idle') this.shared.pool.wake()
  }
}

function pauseOver(exchange: Exchange): void {
  exchange.stepTicket = NOT_ARMED
  exchange.instance.dispatcher.pauseOver(exchange)
}
