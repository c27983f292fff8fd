import type { HttpRequest, ResponsePort } from '@celadon/contracts'
import type { BackendState } from './backend-list.js'
import type { ExchangeQueue } from './exchange-queue.js'
import type { RouterInstance } from './router-instance.js'

const NO_TICKET = -1

/**
 * A request on its way through one router instance, and the port through which the dyno answers.
 * It outlives the client's answer when the dyno goes on working after an H12. Exchanges are reused.
 */
export class Exchange implements ResponsePort {
  request: HttpRequest | null = null
  /** The dyno that it is connected to, or being connected to. */
  backend: BackendState | null = null
  /** True once the client has its answer. */
  answered = false
  /** Connection attempts that failed. */
  failures = 0
  /** Time spent on pauses and on connection attempts that timed out. */
  searchMs = 0

  /** Tickets of what is armed; -1: not armed. */
  firstByteTicket: number = NO_TICKET
  holdTicket: number = NO_TICKET
  /** End of a pause, or of a connection attempt that nobody answers. */
  retryTicket: number = NO_TICKET

  /** The queue that it waits in, and its place there. */
  queue: ExchangeQueue | null = null
  next: Exchange | null = null
  previous: Exchange | null = null

  constructor(readonly owner: RouterInstance) {}

  /** True while a dyno has the request. */
  get connected(): boolean {
    return this.backend !== null && this.retryTicket === NO_TICKET
  }

  begin(request: HttpRequest): void {
    this.request = request
    this.answered = false
    this.failures = 0
    this.searchMs = 0
  }

  respond(_request: HttpRequest, status: number, bytes: number): void {
    this.owner.responded(this, status, bytes)
  }

  close(_request: HttpRequest): void {
    this.owner.closed(this)
  }
}
