import type { Connection, HttpRequest, ResponsePort } from '@celadon/contracts'
import type { ServedRequest } from './served-request.js'
import type { Server } from './server.js'
import type { Worker } from './worker.js'

/** Size of the page that a server or framework sends with an error, in bytes. A guess. */
const ERROR_PAGE_BYTES = 1_500

/** Writes what the clients of a server get. */
export class ResponseWriter {
  constructor(private readonly server: Server) {}

  /** Answers a request whose steps are over. */
  answer(served: ServedRequest): void {
    const { server } = this
    const request = served.request as HttpRequest
    const port = served.port as ResponsePort
    const worker = served.worker as Worker
    const { sentBytes } = served
    const { error } = request.work
    if (error !== null && sentBytes > 0) {
      // Its status went out long ago; only a broken response tells the client of the error.
      server.discard(served)
      return
    }
    const left = Math.max(0, request.endpoint.responseBytes - sentBytes)
    if (!server.keep(served, port)) server.recycle(served)
    const blockedMs =
      error === null
        ? port.respond(request, 200, left)
        : port.respond(request, 500, ERROR_PAGE_BYTES)
    if (blockedMs > 0 && !server.options.buffersResponses) {
      server.block(worker, request, port, blockedMs)
    }
    request.release()
  }

  /** Begins a WebSocket; a server that cannot hold one answers 400. */
  shakeHands(served: ServedRequest): void {
    if (served.abandoned) {
      this.server.discard(served)
      return
    }
    if (!this.server.options.webSockets) {
      this.refuse(served, 400)
      return
    }
    served.phase = 'socket'
    served.worker = null
    ;(served.port as ResponsePort).upgrade(served.request as HttpRequest)
  }

  /** Answers in the app's stead and closes the connection. */
  refuse(served: ServedRequest, status: number): void {
    const request = served.request as HttpRequest
    const port = served.port as ResponsePort
    this.server.recycle(served)
    port.respond(request, status, ERROR_PAGE_BYTES)
    request.release()
  }

  /** Sends a connection away that finds no room. */
  turnAway(request: HttpRequest, port: ResponsePort): Connection {
    const { host, options } = this.server
    if (options.whenFull === 'no answer') return 'timeout'
    host.requestDropped(request)
    if (options.whenFull === 'close') {
      port.close(request)
    } else {
      host.log('Request queue is full. Returning an error')
      port.respond(request, 503, ERROR_PAGE_BYTES)
    }
    return 'accepted'
  }

  /** A thread is blocked for a while because nobody takes the rest of its response. */
  block(served: ServedRequest, worker: Worker, blockedMs: number): void {
    served.worker = worker
    served.phase = 'writing'
    worker.busySince = (served.request as HttpRequest).startedAt
    worker.process.occupy()
    this.server.serving += 1
    served.arm(blockedMs)
  }

  /** Nothing blocks a writing thread any more. */
  written(served: ServedRequest): void {
    const worker = served.worker as Worker
    const port = served.port as ResponsePort
    if (port.peer === served) port.peer = worker
    worker.process.vacate()
    worker.busySince = -1
    this.server.serving -= 1
    this.server.recycle(served)
    this.server.threadFreed(worker)
  }
}
