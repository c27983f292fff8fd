import {
  type Backend,
  type DynoPool,
  H_CODES,
  type HCode,
  type HttpRequest,
} from '@celadon/contracts'
import type { RandomStream, Simulation, Timeout } from '@celadon/kernel'
import { BackendState } from './backend-state.js'
import { Exchange } from './exchange.js'
import { ExchangeQueue } from './exchange-queue.js'
import type { Policy } from './policy.js'
import type { RouterSettings } from './settings.js'

/** What all instances of a router share. */
export interface RouterShared {
  readonly simulation: Simulation
  readonly pool: DynoPool
  readonly settings: RouterSettings
  readonly policy: Policy
  readonly choice: RandomStream
  readonly firstByte: Timeout<Exchange>
  readonly hold: Timeout<Exchange>
  /** The client has its answer. */
  finished(request: HttpRequest): void
}

/** Pause before quarantined dynos are tried again; doubles each time. A guess: "growing pauses". */
const FIRST_PAUSE_MS = 1_000

/**
 * One of the router's instances. It sees only its own traffic: open requests, queue and quarantine
 * are its own, as on Heroku, where routers share no state about requests.
 */
export class RouterInstance {
  /** Requests without an answer. */
  open = 0
  private readonly waiting = new ExchangeQueue()
  private states: BackendState[] = []
  private readonly eligible: BackendState[] = []
  private quarantineEndsAt = 0
  private draining = false
  private readonly free: Exchange[] = []

  constructor(private readonly shared: RouterShared) {
    this.poolChanged()
  }

  /** Requests that wait here for a dyno. */
  get queueLength(): number {
    return this.waiting.length
  }

  admit(request: HttpRequest): void {
    const { pool, settings } = this.shared
    request.routerQueueDepth = this.waiting.length
    const refusal = this.refusal()
    if (refusal !== '') {
      this.reject(request, refusal)
      return
    }
    this.open += 1
    const exchange = this.free.pop() ?? new Exchange(this)
    exchange.begin(request)
    if (settings.firstByteFrom === 'arrival') this.armFirstByte(exchange)
    if (pool.status === 'up' && this.waiting.length === 0) {
      this.place(exchange)
    } else {
      if (pool.status !== 'up') exchange.holdTicket = this.shared.hold.arm(exchange)
      this.waiting.push(exchange)
      if (pool.status === 'idle') pool.wake()
    }
  }

  /** Why no request is let in now; empty when one is. */
  private refusal(): HCode | '' {
    const { pool, settings } = this.shared
    if (pool.status === 'none') return 'H14'
    if (pool.status === 'crashed') return 'H10'
    return this.open >= settings.backlogPerDyno * pool.quantity ? 'H11' : ''
  }

  /** The pool has other dynos or another status. */
  poolChanged(): void {
    const known = new Map<Backend, BackendState>()
    for (const state of this.states) known.set(state.backend, state)
    this.states = this.shared.pool.backends.map(
      (backend) => known.get(backend) ?? new BackendState(backend),
    )
    this.drain()
  }

  responded(exchange: Exchange, status: number, bytes: number): void {
    if (!exchange.answered) this.answer(exchange, status, bytes, '')
    this.recycle(exchange)
  }

  closed(exchange: Exchange): void {
    if (!exchange.answered) this.fail(exchange, 'H13')
    this.recycle(exchange)
  }

  /** 30 seconds have passed without a byte. The dyno is not told and goes on working. */
  firstByteTimedOut(exchange: Exchange): void {
    exchange.firstByteTicket = -1
    const waited = exchange.queued
    this.waiting.remove(exchange)
    this.fail(exchange, 'H12')
    if (waited) this.recycle(exchange)
  }

  /** No dyno came up in time. */
  holdTimedOut(exchange: Exchange): void {
    exchange.holdTicket = -1
    this.waiting.remove(exchange)
    this.abandon(exchange, 'H20')
  }

  connectTimedOut(exchange: Exchange): void {
    this.connectFailed(exchange, 'H19')
  }

  retryAfterPause(exchange: Exchange): void {
    if (exchange.answered) this.recycle(exchange)
    else this.place(exchange)
  }

  /** Chooses a dyno and connects; without a candidate the exchange waits. */
  private place(exchange: Exchange): void {
    const candidates = this.candidates()
    const first = candidates[0]
    if (first === undefined) {
      this.postpone(exchange)
      return
    }
    const index = candidates.length === 1 ? 0 : this.shared.policy(candidates, this.shared.choice)
    this.connect(exchange, candidates[index] ?? first)
  }

  private connect(exchange: Exchange, state: BackendState): void {
    const { simulation, settings } = this.shared
    const request = exchange.request as HttpRequest
    const { now } = simulation
    if (request.dispatchedAt < 0) request.dispatchedAt = now
    request.connectMs = now - request.dispatchedAt
    request.dyno = state.name
    exchange.backend = state
    state.active += 1
    if (settings.firstByteFrom === 'dispatch') this.armFirstByte(exchange)
    const connection = state.backend.connect(request, exchange)
    if (connection === 'accepted') return
    if (settings.firstByteFrom === 'dispatch') this.disarmFirstByte(exchange)
    if (connection === 'refused') this.connectFailed(exchange, 'H21')
    else simulation.schedule(settings.connectTimeoutMs, connectTimedOut, exchange)
  }

  private connectFailed(exchange: Exchange, code: HCode): void {
    const { simulation, settings, pool } = this.shared
    const state = exchange.backend as BackendState
    if (!exchange.answered) state.active -= 1
    state.quarantinedUntil = simulation.now + settings.quarantineMs
    this.quarantineEndsAt = state.quarantinedUntil
    exchange.backend = null
    exchange.failures += 1
    const request = exchange.request as HttpRequest
    request.connectMs = simulation.now - request.dispatchedAt
    const attemptsMax = Math.min(settings.connectAttemptsMax, pool.backends.length)
    if (exchange.answered) this.recycle(exchange)
    else if (exchange.failures < attemptsMax) this.place(exchange)
    else this.abandon(exchange, code)
  }

  /** No dyno can take the exchange now: all are at their limit, in quarantine, or gone. */
  private postpone(exchange: Exchange): void {
    const { simulation, settings, hold } = this.shared
    if (this.states.length === 0) {
      const refusal = this.refusal()
      if (refusal === 'H10' || refusal === 'H14') {
        this.abandon(exchange, refusal)
      } else {
        if (exchange.holdTicket < 0) exchange.holdTicket = hold.arm(exchange)
        this.waiting.push(exchange)
      }
      return
    }
    if (this.states.some((state) => state.quarantinedUntil <= simulation.now)) {
      this.waiting.push(exchange)
      return
    }
    if (exchange.pausedMs >= settings.holdMs) {
      this.abandon(exchange, settings.allQuarantined)
      return
    }
    const pauseMs = Math.min(
      exchange.pausedMs === 0 ? FIRST_PAUSE_MS : exchange.pausedMs,
      settings.holdMs - exchange.pausedMs,
    )
    exchange.pausedMs += pauseMs
    simulation.schedule(pauseMs, retryAfterPause, exchange)
  }

  /** Dynos that may get a request now. */
  private candidates(): readonly BackendState[] {
    const { simulation, settings } = this.shared
    const { now } = simulation
    const limit = settings.activePerDyno
    if (limit === Number.POSITIVE_INFINITY && now >= this.quarantineEndsAt) return this.states
    this.eligible.length = 0
    for (const state of this.states) {
      if (state.active < limit && state.quarantinedUntil <= now) this.eligible.push(state)
    }
    return this.eligible
  }

  /** Places waiting exchanges, oldest first, while a dyno can take one. */
  private drain(): void {
    // A placed exchange can fail at once and come back here: one loop does it all.
    if (this.draining) return
    this.draining = true
    let head = this.waiting.head
    while (head !== null && this.candidates().length > 0) {
      this.waiting.remove(head)
      if (head.holdTicket >= 0) {
        this.shared.hold.cancel(head.holdTicket)
        head.holdTicket = -1
      }
      this.place(head)
      head = this.waiting.head
    }
    this.draining = false
  }

  /** Answers at once with an error; no dyno hears of the request. */
  reject(request: HttpRequest, code: HCode): void {
    request.respondedAt = this.shared.simulation.now
    request.status = H_CODES[code].status
    request.code = code
    this.shared.finished(request)
  }

  private fail(exchange: Exchange, code: HCode): void {
    this.answer(exchange, H_CODES[code].status, 0, code)
  }

  /** Fails an exchange that no dyno has. */
  private abandon(exchange: Exchange, code: HCode): void {
    this.fail(exchange, code)
    this.recycle(exchange)
  }

  private answer(exchange: Exchange, status: number, bytes: number, code: HCode | ''): void {
    const request = exchange.request as HttpRequest
    this.disarmFirstByte(exchange)
    exchange.answered = true
    this.open -= 1
    if (exchange.backend !== null) exchange.backend.active -= 1
    request.respondedAt = this.shared.simulation.now
    request.status = status
    request.bytes = bytes
    request.code = code
    this.shared.finished(request)
    if (this.waiting.length > 0) this.drain()
  }

  private armFirstByte(exchange: Exchange): void {
    exchange.firstByteTicket = this.shared.firstByte.arm(exchange)
  }

  private disarmFirstByte(exchange: Exchange): void {
    if (exchange.firstByteTicket < 0) return
    this.shared.firstByte.cancel(exchange.firstByteTicket)
    exchange.firstByteTicket = -1
  }

  private recycle(exchange: Exchange): void {
    exchange.request = null
    exchange.backend = null
    this.free.push(exchange)
  }
}

function connectTimedOut(exchange: Exchange): void {
  exchange.owner.connectTimedOut(exchange)
}

function retryAfterPause(exchange: Exchange): void {
  exchange.owner.retryAfterPause(exchange)
}
