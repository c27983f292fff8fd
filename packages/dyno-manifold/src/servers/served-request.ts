import type { HttpRequest, ResponsePort, WorkOutput } from '@celadon/contracts'
import type { Server } from './server.js'
import type { Worker } from './worker.js'

/**
 * Where a request is on its way through a web server.
 *
 * - `waiting`: in a queue of the server
 * - `buffering`: its body is read, by nobody who could serve meanwhile
 * - `reading`: its body is read by the thread that has taken it up
 * - `running`: a thread works on it
 * - `writing`: answered, but a thread is blocked until its reader has taken the response
 * - `lingering`: answered, and a thread waits for the next request on its connection
 * - `socket`: a WebSocket, held without a thread
 * - `over`: the record is free
 */
export type ServingPhase =
  | 'over'
  | 'waiting'
  | 'buffering'
  | 'reading'
  | 'running'
  | 'writing'
  | 'lingering'
  | 'socket'

/** No timer of the record runs. */
const NO_TICKET = -1

/** What a server knows of a request that it has: its port, its worker, how far it is. Reused. */
export class ServedRequest implements WorkOutput {
  request: HttpRequest | null = null
  port: ResponsePort | null = null
  /** The process that has it; null while none does. */
  worker: Worker | null = null
  phase: ServingPhase = 'over'
  /** Bytes of the response that were sent before its end. */
  sentBytes = 0
  /** True when the router has closed the connection. */
  abandoned = false
  /** Requests that one thread has served without a break on this connection. */
  inline = 0
  /** The next one in its queue, or the next free record. */
  next: ServedRequest | null = null
  private ticket: number = NO_TICKET

  constructor(private readonly server: Server) {}

  /** Lets something happen to the request after this time, depending on its phase then. */
  arm(delayMs: number): void {
    this.ticket = this.server.scheduler.schedule(delayMs, due, this)
  }

  disarm(): void {
    if (this.ticket === NO_TICKET) return
    this.server.scheduler.cancel(this.ticket)
    this.ticket = NO_TICKET
  }

  due(): void {
    this.ticket = NO_TICKET
    this.server.due(this)
  }

  send(bytes: number): number {
    if (this.abandoned) return -1
    this.sentBytes += bytes
    const port = this.port as ResponsePort
    const blockedMs = port.send(this.request as HttpRequest, 200, bytes)
    return blockedMs > 0 && this.server.options.buffersResponses ? 0 : blockedMs
  }
}

function due(served: ServedRequest): void {
  served.due()
}

/** Requests that wait in order. */
export class RequestLine {
  first: ServedRequest | null = null
  length = 0
  private last: ServedRequest | null = null

  push(served: ServedRequest): void {
    if (this.last === null) this.first = served
    else this.last.next = served
    this.last = served
    this.length += 1
  }

  /** Takes the first one, which must be there. */
  shift(): ServedRequest {
    const served = this.first as ServedRequest
    this.first = served.next
    if (this.first === null) this.last = null
    served.next = null
    this.length -= 1
    return served
  }

  clear(): void {
    this.first = null
    this.last = null
    this.length = 0
  }
}
