import { H_CODES, type HCode, type HttpRequest } from '@celadon/contracts'
import { BackendList, type BackendState } from './backend-list.js'
import { routerError } from './errors.js'
import { Exchange } from './exchange.js'
import { ExchangeQueue } from './exchange-queue.js'
import type { RouterShared } from './router-shared.js'

/**
 * Pause before quarantined dynos are tried again; each further one is twice as long. Heroku Dev
 * Center, "HTTP Routing", speaks of growing pauses; the numbers are a guess.
 */
const FIRST_PAUSE_MS = 1_000

/**
 * One of the router's instances. It sees only its own traffic: open requests, queue and quarantine
 * are its own, as on Heroku, where routers share no state about requests.
 */
export class RouterInstance {
  /** Requests without an answer. */
  private open = 0
  private readonly backends: BackendList
  /** Exchanges that wait until a dyno comes up or has less under way. */
  private readonly waiting = new ExchangeQueue()
  /** Exchanges that pause because all dynos are in quarantine. */
  private readonly pausing = new ExchangeQueue()
  private draining = false
  private readonly free: Exchange[] = []

  constructor(private readonly shared: RouterShared) {
    this.backends = new BackendList(shared.settings.activePerDyno)
    this.backends.update(shared.pool.backends)
  }

  /** Requests that wait here because no dyno can take them. */
  get queueLength(): number {
    return this.waiting.length + this.pausing.length
  }

  admit(request: HttpRequest): void {
    request.routerQueueDepth = this.queueLength
    const refusal = this.refusal()
    if (refusal !== '') {
      this.reject(request, refusal)
      return
    }
    this.open += 1
    const exchange = this.free.pop() ?? new Exchange(this)
    exchange.begin(request)
    if (this.shared.settings.firstByteFrom === 'arrival') this.armFirstByte(exchange)
    if (this.backends.size === 0) this.hold(exchange)
    else if (this.waiting.length > 0) this.waiting.push(exchange)
    else this.place(exchange)
  }

  /** Answers at once with an error; no dyno hears of the request. */
  reject(request: HttpRequest, code: HCode): void {
    request.respondedAt = this.shared.simulation.now
    request.status = H_CODES[code].status
    request.code = code
    this.shared.finished(request)
  }

  /** The pool has other dynos or another status. */
  poolChanged(): void {
    this.backends.update(this.shared.pool.backends)
    if (this.backends.size > 0) this.drain()
    else if (this.waiting.length > 0) this.holdWaiting()
  }

  responded(exchange: Exchange, status: number, bytes: number): void {
    if (!exchange.answered) this.answer(exchange, status, bytes, '')
    this.recycle(exchange)
  }

  closed(exchange: Exchange): void {
    if (!exchange.answered) this.fail(exchange, 'H13')
    this.recycle(exchange)
  }

  /** A dyno that has the request is not told; it goes on working and answers nobody. */
  firstByteTimedOut(exchange: Exchange): void {
    exchange.firstByteTicket = -1
    if (exchange.connected) this.fail(exchange, 'H12')
    else this.abandon(exchange, 'H12')
  }

  /** No dyno came up in time. One that waits because all dynos are at their limit waits on. */
  holdTimedOut(exchange: Exchange): void {
    exchange.holdTicket = -1
    if (this.backends.size === 0) this.abandon(exchange, 'H20')
  }

  connectTimedOut(exchange: Exchange): void {
    exchange.retryTicket = -1
    exchange.searchMs += this.shared.settings.connectTimeoutMs
    this.connectFailed(exchange, 'H19')
  }

  pauseOver(exchange: Exchange): void {
    exchange.retryTicket = -1
    this.pausing.remove(exchange)
    this.place(exchange)
  }

  quarantineOver(): void {
    if (this.waiting.length > 0) this.drain()
  }

  /** Why no request is let in now; empty when one is. */
  private refusal(): HCode | '' {
    const { pool, settings } = this.shared
    const outage = this.outage()
    if (outage !== '') return outage
    return this.open >= settings.backlogPerDyno * pool.quantity ? 'H11' : ''
  }

  /** Why there is no dyno to wait for; empty when there is one. */
  private outage(): HCode | '' {
    switch (this.shared.pool.status) {
      case 'none':
        return 'H14'
      case 'crashed':
        return 'H10'
      default:
        return ''
    }
  }

  /** Chooses a dyno and connects; without a candidate the exchange waits. */
  private place(exchange: Exchange): void {
    const { simulation, policy, choice } = this.shared
    const candidates = this.backends.candidates(simulation.now)
    if (candidates.length === 0) {
      this.postpone(exchange)
      return
    }
    const index = candidates.length === 1 ? 0 : policy(candidates, choice)
    const state = candidates[index]
    if (state === undefined) {
      throw routerError(
        'ROUTER_POLICY_INVALID',
        `A policy must return the index of one of its ${candidates.length} candidates, but returned ${index}.`,
      )
    }
    this.connect(exchange, state)
  }

  private connect(exchange: Exchange, state: BackendState): void {
    const { simulation, settings } = this.shared
    const request = exchange.request as HttpRequest
    const { now } = simulation
    if (request.dispatchedAt < 0) request.dispatchedAt = now
    request.connectMs = now - request.dispatchedAt
    request.dyno = state.name
    exchange.backend = state
    this.backends.begin(state)
    if (settings.firstByteFrom === 'dispatch') this.armFirstByte(exchange)
    const connection = state.backend.connect(request, exchange)
    // The dyno may have answered already, and the exchange may be another request's by now.
    if (connection === 'accepted') return
    if (settings.firstByteFrom === 'dispatch') this.disarmFirstByte(exchange)
    if (connection === 'refused') {
      this.connectFailed(exchange, 'H21')
    } else {
      const { connectTimeoutMs } = settings
      exchange.retryTicket = simulation.schedule(connectTimeoutMs, connectTimedOut, exchange)
    }
  }

  private connectFailed(exchange: Exchange, code: HCode): void {
    const { simulation, settings } = this.shared
    const request = exchange.request as HttpRequest
    const state = exchange.backend as BackendState
    this.backends.end(state)
    exchange.backend = null
    exchange.failures += 1
    request.connectMs = simulation.now - request.dispatchedAt
    this.backends.quarantine(state, simulation.now + settings.quarantineMs)
    simulation.schedule(settings.quarantineMs, quarantineOver, this)
    if (this.mayRetry(exchange)) {
      request.dyno = ''
      this.place(exchange)
    } else {
      this.abandon(exchange, code)
    }
  }

  private mayRetry(exchange: Exchange): boolean {
    const { connectAttemptsMax, holdMs } = this.shared.settings
    const { size } = this.backends
    // When the last dyno has gone, the next attempt is on one that has yet to come up.
    const attemptsMax = size === 0 ? connectAttemptsMax : Math.min(connectAttemptsMax, size)
    return exchange.failures < attemptsMax && exchange.searchMs < holdMs
  }

  /** Lets an exchange wait that was tried, or came, when no dyno could take it. */
  private postpone(exchange: Exchange): void {
    if (this.backends.size === 0) {
      const outage = this.outage()
      if (outage === '') this.hold(exchange)
      else this.abandon(exchange, outage)
    } else if (this.backends.allQuarantined(this.shared.simulation.now)) {
      this.pause(exchange)
    } else {
      this.waiting.putBack(exchange)
    }
  }

  /** Keeps an exchange until a dyno is up. */
  private hold(exchange: Exchange): void {
    exchange.holdTicket = this.shared.hold.arm(exchange)
    this.waiting.push(exchange)
    if (this.shared.pool.status === 'idle') this.shared.pool.wake()
  }

  /** The last dyno has gone: what waits is refused, or held until one is up. */
  private holdWaiting(): void {
    const { pool, hold } = this.shared
    for (let outage = this.outage(); outage !== ''; outage = this.outage()) {
      if (this.waiting.head === null) return
      this.abandon(this.waiting.head, outage)
    }
    for (let exchange = this.waiting.head; exchange !== null; exchange = exchange.next) {
      if (exchange.holdTicket < 0) exchange.holdTicket = hold.arm(exchange)
    }
    if (pool.status === 'idle') pool.wake()
  }

  private pause(exchange: Exchange): void {
    const { simulation, settings } = this.shared
    const leftMs = settings.holdMs - exchange.searchMs
    if (leftMs <= 0) {
      this.abandon(exchange, settings.allQuarantined)
      return
    }
    const pauseMs = Math.min(FIRST_PAUSE_MS + exchange.searchMs, leftMs)
    exchange.searchMs += pauseMs
    exchange.retryTicket = simulation.schedule(pauseMs, pauseOver, exchange)
    this.pausing.push(exchange)
  }

  /** Places waiting exchanges, oldest first, while a dyno can take one. */
  private drain(): void {
    // A placed exchange can fail at once and come back here: one loop does it all.
    if (this.draining) return
    this.draining = true
    for (let head = this.waiting.head; head !== null; head = this.waiting.head) {
      if (this.backends.size === 0) break
      this.waiting.remove(head)
      this.disarmHold(head)
      this.place(head)
      if (this.waiting.head === head) break
    }
    this.draining = false
  }

  /** Fails an exchange that no dyno has. */
  private abandon(exchange: Exchange, code: HCode): void {
    this.fail(exchange, code)
    this.recycle(exchange)
  }

  private fail(exchange: Exchange, code: HCode): void {
    this.answer(exchange, H_CODES[code].status, 0, code)
  }

  private answer(exchange: Exchange, status: number, bytes: number, code: HCode | ''): void {
    const { simulation } = this.shared
    const request = exchange.request as HttpRequest
    exchange.queue?.remove(exchange)
    this.disarmFirstByte(exchange)
    this.disarmHold(exchange)
    if (exchange.retryTicket >= 0) simulation.cancel(exchange.retryTicket)
    if (exchange.backend !== null) this.backends.end(exchange.backend)
    exchange.answered = true
    this.open -= 1
    request.respondedAt = simulation.now
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

  private disarmHold(exchange: Exchange): void {
    if (exchange.holdTicket < 0) return
    this.shared.hold.cancel(exchange.holdTicket)
    exchange.holdTicket = -1
  }

  private recycle(exchange: Exchange): void {
    exchange.request = null
    exchange.backend = null
    exchange.retryTicket = -1
    this.free.push(exchange)
  }
}

function connectTimedOut(exchange: Exchange): void {
  exchange.owner.connectTimedOut(exchange)
}

function pauseOver(exchange: Exchange): void {
  exchange.owner.pauseOver(exchange)
}

function quarantineOver(instance: RouterInstance): void {
  instance.quarantineOver()
}
