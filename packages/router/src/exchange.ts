import type { HttpRequest, ResponsePort } from '@celadon/contracts'
import type { BackendState } from './backend-state.js'
import type { RouterInstance } from './router-instance.js'

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
  /** Time for which it waited because all dynos were in quarantine. */
  pausedMs = 0
  /** Tickets of the running timers; -1: not armed. */
  firstByteTicket = -1
  holdTicket = -1

  next: Exchange | null = null
  previous: Exchange | null = null
  queued = false

  constructor(readonly owner: RouterInstance) {}

  begin(request: HttpRequest): void {
    this.request = request
    this.backend = null
    this.answered = false
    this.failures = 0
    this.pausedMs = 0
    this.firstByteTicket = -1
    this.holdTicket = -1
  }

  respond(_request: HttpRequest, status: number, bytes: number): void {
    this.owner.responded(this, status, bytes)
  }

  close(_request: HttpRequest): void {
    this.owner.closed(this)
  }
}
