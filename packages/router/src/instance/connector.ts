import type { HCode, HttpRequest } from '@celadon/contracts'
import type { BackendConnection } from './backend-connection.js'
import type { BackendState } from './backend-state.js'
import { type Exchange, NOT_ARMED } from './exchange.js'
import { sendRequest, stopSending } from './request-body.js'
import type { RouterInstance } from './router-instance.js'
import type { RouterShared } from './router-shared.js'

/** Hands exchanges over to the dynos that were chosen for them, and tries others when that fails. */
export class Connector {
  constructor(
    private readonly shared: RouterShared,
    private readonly instance: RouterInstance,
  ) {}

  /** Connects to the dyno that was chosen. */
  connect(exchange: Exchange, state: BackendState): void {
    const { connections, backends } = this.instance
    const request = exchange.request as HttpRequest
    const { now } = this.shared.simulation
    if (request.dispatchedAt < 0) request.dispatchedAt = now
    request.connectMs = now - request.dispatchedAt
    request.dyno = state.name
    exchange.state = state
    backends.begin(state)
    const idle = connections.reuse(state)
    if (idle === null) {
      this.shakeHands(exchange, state)
    } else if (connections.isLost(idle)) {
      connections.drop(idle)
      this.instance.fail(exchange, 'H13')
    } else {
      idle.keptUntil = -1
      this.handOver(exchange, state, idle)
    }
  }

  /** The dyno has answered the handshake, or will not. */
  handshakeOver(exchange: Exchange): void {
    const { simulation } = this.shared
    const request = exchange.request as HttpRequest
    const state = exchange.state as BackendState
    exchange.stepTicket = NOT_ARMED
    request.connectMs = simulation.now - request.dispatchedAt
    this.handOver(exchange, state, this.instance.connections.open(state))
  }

  attemptTimedOut(exchange: Exchange): void {
    exchange.stepTicket = NOT_ARMED
    exchange.searchMs += this.shared.settings.connectTimeoutMs
    this.failed(exchange, 'H19')
  }

  private shakeHands(exchange: Exchange, state: BackendState): void {
    const { simulation, settings } = this.shared
    const { handshakeMs } = settings
    if (handshakeMs === 0) this.handOver(exchange, state, this.instance.connections.open(state))
    else exchange.stepTicket = simulation.schedule(handshakeMs, handshakeOver, exchange)
  }

  private handOver(exchange: Exchange, state: BackendState, connection: BackendConnection): void {
    const request = exchange.request as HttpRequest
    exchange.connection = connection
    connection.exchange = exchange
    sendRequest(exchange, this.shared)
    const answer = state.backend.connect(request, connection)
    // The dyno may have responded already, and the exchange may be another request's by now.
    if (answer === 'accepted') return
    stopSending(exchange, this.shared)
    const wasIdle = connection.reused
    exchange.connection = null
    connection.exchange = null
    this.instance.connections.drop(connection)
    if (wasIdle) this.reconnect(exchange, state)
    else if (answer === 'refused') this.failed(exchange, 'H21')
    else this.awaitAnswer(exchange)
  }

  /** The dyno has closed what it had kept: only a new connection tells whether it still listens. */
  private reconnect(exchange: Exchange, state: BackendState): void {
    state.closeIdle()
    this.shakeHands(exchange, state)
  }

  /** Nobody answers the handshake: part of the time for it has passed. */
  private awaitAnswer(exchange: Exchange): void {
    const { simulation, settings } = this.shared
    const leftMs = Math.max(0, settings.connectTimeoutMs - settings.handshakeMs)
    exchange.stepTicket = simulation.schedule(leftMs, attemptTimedOut, exchange)
  }

  private failed(exchange: Exchange, code: HCode): void {
    const { simulation, settings } = this.shared
    const { backends, dispatcher } = this.instance
    const request = exchange.request as HttpRequest
    const state = exchange.state as BackendState
    backends.end(state)
    exchange.state = null
    exchange.failures += 1
    request.connectMs = simulation.now - request.dispatchedAt
    backends.quarantine(state, simulation.now + settings.quarantineMs)
    simulation.schedule(settings.quarantineMs, quarantineOver, this.instance)
    if (this.mayRetry(exchange)) {
      request.dyno = ''
      dispatcher.place(exchange)
    } else {
      this.instance.fail(exchange, code)
    }
  }

  private mayRetry(exchange: Exchange): boolean {
    const { connectAttemptsMax, holdMs } = this.shared.settings
    const { size } = this.instance.backends
    // When the last dyno has gone, the next attempt is on one that has yet to come up.
    const attemptsMax = size === 0 ? connectAttemptsMax : Math.min(connectAttemptsMax, size)
    return exchange.failures < attemptsMax && exchange.searchMs < holdMs
  }
}

function handshakeOver(exchange: Exchange): void {
  exchange.instance.connector.handshakeOver(exchange)
}

function attemptTimedOut(exchange: Exchange): void {
  exchange.instance.connector.attemptTimedOut(exchange)
}

function quarantineOver(instance: RouterInstance): void {
  instance.dispatcher.drain()
}
