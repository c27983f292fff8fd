import type { HttpRequest } from '@celadon/contracts'
import type { BackendConnection } from './backend-connection.js'
import type { BackendState } from './backend-state.js'
import type { ExchangeQueue } from './exchange-queue.js'
import type { RouterInstance } from './router-instance.js'

/** A ticket that stands for no timer. */
export const NOT_ARMED = -1

/**
 * A request on its way through one router instance, until its client has an answer or has gone. A
 * dyno may have it for longer. Exchanges are reused.
 */
export class Exchange {
  /** Null while the exchange is nobody's. */
  request: HttpRequest | null = null
  /** The dyno on which it counts as under way: chosen, and not through with it. */
  state: BackendState | null = null
  /** The connection on which a dyno has it; null before, and when the dyno is through. */
  connection: BackendConnection | null = null

  /** Connection attempts that failed. */
  failures = 0
  /** Time spent on pauses and on connection attempts that timed out, in milliseconds. */
  searchMs = 0

  /** Status of the response; valid once its first byte has come. */
  status = 0
  /** Bytes of the response that the dyno has written. */
  bytes = 0
  /** When the client will have downloaded all of them. */
  downloadedAt = 0
  /** When the dyno last wrote something, or was last blocked. */
  wroteAt = 0
  /** True when it has become a WebSocket. */
  upgraded = false

  firstByteTicket: number = NOT_ARMED
  holdTicket: number = NOT_ARMED
  silenceTicket: number = NOT_ARMED
  patienceTicket: number = NOT_ARMED
  /** End of the present step: handshake, unanswered attempt, pause, body, download or WebSocket. */
  stepTicket: number = NOT_ARMED

  /** The queue that it waits in, and its place there. */
  queue: ExchangeQueue | null = null
  next: Exchange | null = null
  previous: Exchange | null = null

  constructor(readonly instance: RouterInstance) {}

  begin(request: HttpRequest): void {
    this.request = request
    this.failures = 0
    this.searchMs = 0
    this.bytes = 0
    this.downloadedAt = 0
    this.upgraded = false
  }
}
