import type { HttpRequest, ResponsePort } from '@celadon/contracts'
import type { BackendState } from './backend-state.js'
import type { Exchange } from './exchange.js'
import type { RouterInstance } from './router-instance.js'

/** What `send` returns when the router has closed the connection. */
const CLOSED = -1

/**
 * A TCP connection from a router instance to a dyno. Its exchange may end before the dyno is through
 * with the request: then the dyno writes to nobody, and the connection is not used again.
 */
export class BackendConnection implements ResponsePort {
  reused = false
  readonly keepAlive: boolean
  keptUntil = -1
  peer: unknown = null

  state: BackendState | null = null
  /** The exchange that it serves; null while idle and when nobody waits for the dyno any more. */
  exchange: Exchange | null = null
  /** When it became idle. */
  idleSince = 0
  /** The idle connection to the same dyno that was there before it. */
  below: BackendConnection | null = null

  constructor(
    private readonly instance: RouterInstance,
    keepAlive: boolean,
  ) {
    this.keepAlive = keepAlive
  }

  send(_request: HttpRequest, status: number, bytes: number): number {
    const { exchange } = this
    return exchange === null ? CLOSED : this.instance.responder.send(exchange, status, bytes)
  }

  respond(_request: HttpRequest, status: number, bytes: number): number {
    const { exchange, instance } = this
    if (exchange !== null) return instance.responder.finish(exchange, this, status, bytes)
    instance.connections.drop(this)
    return 0
  }

  upgrade(_request: HttpRequest): void {
    if (this.exchange !== null) this.instance.responder.upgrade(this.exchange)
  }

  close(_request: HttpRequest): void {
    const { exchange, instance } = this
    if (exchange !== null) instance.responder.closed(exchange, this)
    instance.connections.drop(this)
  }
}
