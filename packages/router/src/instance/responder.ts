import type { HttpRequest } from '@celadon/contracts'
import { routerError } from '../errors.js'
import type { BackendConnection } from './backend-connection.js'
import { type Exchange, NOT_ARMED } from './exchange.js'
import type { RouterInstance } from './router-instance.js'
import type { RouterShared } from './router-shared.js'

const CLOSED = -1

/** Brings what dynos write to the clients. */
export class Responder {
  constructor(
    private readonly shared: RouterShared,
    private readonly instance: RouterInstance,
  ) {}

  /** The dyno has written a part of its response. Returns for how long it is blocked, or -1. */
  send(exchange: Exchange, status: number, bytes: number): number {
    const request = exchange.request as HttpRequest
    if (exchange.upgraded) {
      exchange.bytes += bytes
      return 0
    }
    if (request.firstByteAt < 0) {
      this.begin(exchange, request, status)
      if (request.endpoint.responseFault !== undefined) {
        this.reject(exchange, request)
        return CLOSED
      }
      this.instance.disarm(exchange)
      exchange.silenceTicket = this.shared.timers.silence.arm(exchange)
    }
    const blockedMs = this.transfer(exchange, request, bytes)
    exchange.wroteAt = this.shared.simulation.now + blockedMs
    return blockedMs
  }

  /** The dyno has written the rest of its response. Returns for how long it is blocked. */
  finish(exchange: Exchange, connection: BackendConnection, status: number, bytes: number): number {
    const { now } = this.shared.simulation
    const request = exchange.request as HttpRequest
    if (request.firstByteAt < 0) this.begin(exchange, request, status)
    if (exchange.upgraded || request.endpoint.responseFault !== undefined || request.bodyAt > now) {
      return this.finishLast(exchange, connection, bytes)
    }
    const blockedMs = this.transfer(exchange, request, bytes)
    if (blockedMs === 0) {
      detach(exchange, connection)
      this.instance.connections.keep(connection)
    }
    this.end(exchange)
    return blockedMs
  }

  /** The dyno has agreed to a WebSocket. */
  upgrade(exchange: Exchange): void {
    const { simulation, settings } = this.shared
    const request = exchange.request as HttpRequest
    const { webSocket } = request
    if (webSocket === null) {
      throw routerError(
        'ROUTER_UPGRADE_UNASKED',
        `A program answered request ${request.id} by an upgrade, but it had not asked for a WebSocket. Only requests whose field webSocket is set can be upgraded.`,
      )
    }
    this.begin(exchange, request, 101)
    this.instance.disarm(exchange)
    this.instance.disarmPatience(exchange)
    exchange.upgraded = true
    const { lengthMs, clientEveryMs, dynoEveryMs } = webSocket
    const isIdle = Math.min(clientEveryMs, dynoEveryMs) > settings.idleMs
    const endMs = isIdle ? Math.min(lengthMs, settings.idleMs) : lengthMs
    if (endMs === Number.POSITIVE_INFINITY) return
    const ended = endMs === lengthMs ? webSocketClosed : webSocketIdle
    exchange.stepTicket = simulation.schedule(endMs, ended, exchange)
  }

  /** The dyno has closed the connection in the middle of it all. */
  closed(exchange: Exchange, connection: BackendConnection): void {
    const request = exchange.request as HttpRequest
    detach(exchange, connection)
    this.instance.fail(exchange, request.firstByteAt < 0 ? 'H13' : 'H18')
  }

  /** The timer has run that the first byte started; the dyno may have written since. */
  silenceOver(exchange: Exchange): void {
    const { simulation, settings } = this.shared
    const leftMs = exchange.wroteAt + settings.idleMs - simulation.now
    if (leftMs > 0) exchange.stepTicket = simulation.schedule(leftMs, stillSilent, exchange)
    else this.instance.fail(exchange, 'H15')
  }

  /** The client has the last byte of its response. */
  downloaded(exchange: Exchange): void {
    const { connection } = exchange
    if (connection !== null) {
      detach(exchange, connection)
      this.instance.connections.keep(connection)
    }
    this.instance.answer(exchange, exchange.status, exchange.bytes, '')
  }

  /** Bytes of the response that the client has by now. */
  downloadedBytes({ bytes, downloadedAt, request }: Exchange): number {
    const leftMs = downloadedAt - this.shared.simulation.now
    if (leftMs <= 0) return bytes
    const leftBytes = leftMs * (request as HttpRequest).link.downloadBytesPerMs
    return Math.max(0, Math.round(bytes - leftBytes))
  }

  private begin(exchange: Exchange, request: HttpRequest, status: number): void {
    request.firstByteAt = this.shared.simulation.now
    exchange.status = status
  }

  /**
   * The end of a response after which nobody can use the connection: of a WebSocket, of one that
   * breaks a rule, and of one that came before the dyno had the whole request.
   */
  private finishLast(exchange: Exchange, connection: BackendConnection, bytes: number): number {
    const request = exchange.request as HttpRequest
    detach(exchange, connection)
    this.instance.connections.drop(connection)
    if (request.endpoint.responseFault !== undefined) {
      this.reject(exchange, request)
      return 0
    }
    const blockedMs = this.transfer(exchange, request, bytes)
    this.end(exchange)
    return blockedMs
  }

  /** The router does not hand on a response that breaks a rule. */
  private reject(exchange: Exchange, { endpoint }: HttpRequest): void {
    this.instance.fail(exchange, endpoint.responseFault === 'poorly formatted' ? 'H17' : 'H25')
  }

  /**
   * Takes bytes for a client. A slow one reads them from the router's buffer. Returns the time until
   * there is room in it for the last of them.
   */
  private transfer(exchange: Exchange, { link }: HttpRequest, bytes: number): number {
    exchange.bytes += bytes
    const { downloadBytesPerMs } = link
    if (downloadBytesPerMs === Number.POSITIVE_INFINITY) return 0
    const { simulation, settings } = this.shared
    const { now } = simulation
    exchange.downloadedAt = Math.max(now, exchange.downloadedAt) + bytes / downloadBytesPerMs
    const bufferedMs = settings.responseBufferBytes / downloadBytesPerMs
    return Math.max(0, exchange.downloadedAt - now - bufferedMs)
  }

  /** All of the response is there: the client has it, or downloads the rest. */
  private end(exchange: Exchange): void {
    const { simulation } = this.shared
    const leftMs = exchange.downloadedAt - simulation.now
    if (leftMs <= 0) {
      this.instance.answer(exchange, exchange.status, exchange.bytes, '')
      return
    }
    this.instance.disarm(exchange)
    exchange.stepTicket = simulation.schedule(leftMs, downloaded, exchange)
    if (exchange.connection === null) this.instance.freeDyno(exchange)
  }
}

function detach(exchange: Exchange, connection: BackendConnection): void {
  exchange.connection = null
  connection.exchange = null
}

function downloaded(exchange: Exchange): void {
  exchange.stepTicket = NOT_ARMED
  exchange.instance.responder.downloaded(exchange)
}

function stillSilent(exchange: Exchange): void {
  exchange.stepTicket = NOT_ARMED
  exchange.instance.responder.silenceOver(exchange)
}

function webSocketClosed(exchange: Exchange): void {
  exchange.stepTicket = NOT_ARMED
  exchange.instance.answer(exchange, exchange.status, exchange.bytes, '')
}

function webSocketIdle(exchange: Exchange): void {
  exchange.stepTicket = NOT_ARMED
  exchange.instance.fail(exchange, 'H15')
}
