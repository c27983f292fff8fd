import {
  type ClientLink,
  type RequestSender,
  type Session,
  UNLIMITED_LINK,
  type WebSocketUse,
} from './client.js'
import type { HCode } from './codes.js'
import type { RequestFault, ResponseFault } from './http-fault.js'
import { Work } from './work.js'

/** A route of the app, as its workload describes it. */
export interface Endpoint {
  readonly method: string
  readonly path: string
  /** Size of a successful response in bytes. */
  readonly responseBytes: number
  /** Size of the request's body in bytes. Default 0. */
  readonly requestBytes?: number
  /** What is wrong with every request to this endpoint. Default: nothing. */
  readonly requestFault?: RequestFault
  /** What is wrong with every response of this endpoint. Default: nothing. */
  readonly responseFault?: ResponseFault
}

const UNKNOWN_ENDPOINT: Endpoint = { method: 'GET', path: '/', responseBytes: 0 }

/**
 * One HTTP request and what became of it: the record that feeds statistics, logs and metrics.
 *
 * Times are virtual milliseconds; -1 says that the moment has not come. Requests are reused: who
 * keeps one past the call in which it got it retains it and releases it afterwards.
 */
export class HttpRequest {
  /** Ordinal in the run, from 1. Request id and client address in the log derive from it. */
  id = 0
  endpoint: Endpoint = UNKNOWN_ENDPOINT
  readonly work: Work = new Work()

  /** Who hears of the answer; null: nobody. */
  sender: RequestSender | null = null
  /** The user's browser; null: a client without cookies. */
  session: Session | null = null
  link: ClientLink = UNLIMITED_LINK
  /** Time after which the client goes away without an answer (H27). */
  patienceMs: number = Number.POSITIVE_INFINITY
  /** True when the client falls silent in the middle of its body (H28). */
  stalls = false
  /** Set when it asks for a WebSocket. */
  webSocket: WebSocketUse | null = null

  /** When the router received it. */
  arrivedAt = -1
  /** Index of the router instance that received it, from 0. */
  routerIndex = -1
  /** When the router began to connect to a dyno. */
  dispatchedAt = -1
  /** How long connecting took, failed attempts included, in milliseconds. */
  connectMs = 0
  /** When the last byte of its body reaches the dyno; `Infinity` when the client stalls. */
  bodyAt = -1
  /** Requests of the app that waited in the same router instance when this one came. */
  routerQueueDepth = 0
  /** Name of the dyno that was chosen, for example `web.3`; empty when none was. */
  dyno = ''
  /** When the first byte of the response reached the router. */
  firstByteAt = -1
  /** When the client had its answer (or error page), or went away. */
  respondedAt = -1
  /** HTTP status that the client got; 0 while there is none. */
  status = 0
  /** Why the router failed it; empty when it did not. */
  code: HCode | '' = ''
  /** Body bytes that went to the client. */
  bytes = 0

  /** When a process of the dyno took it up. */
  startedAt = -1
  /** When the process was through with it, for a client or for nobody. */
  finishedAt = -1

  private holders = 0
  private recycle: ((request: HttpRequest) => void) | null = null

  /**
   * Makes it a new request. Called by whoever creates the traffic, before anything else about the
   * request is set.
   */
  begin(id: number, endpoint: Endpoint, recycle: ((request: HttpRequest) => void) | null): void {
    this.id = id
    this.endpoint = endpoint
    this.work.error = null
    this.work.output = null
    this.sender = null
    this.session = null
    this.link = UNLIMITED_LINK
    this.patienceMs = Number.POSITIVE_INFINITY
    this.stalls = false
    this.webSocket = null
    this.arrivedAt = -1
    this.routerIndex = -1
    this.dispatchedAt = -1
    this.connectMs = 0
    this.bodyAt = -1
    this.routerQueueDepth = 0
    this.dyno = ''
    this.firstByteAt = -1
    this.respondedAt = -1
    this.status = 0
    this.code = ''
    this.bytes = 0
    this.startedAt = -1
    this.finishedAt = -1
    this.holders = 0
    this.recycle = recycle
  }

  /** Keeps the request from being reused until {@link release} is called as often. */
  retain(): void {
    this.holders += 1
  }

  /** The caller is through with it; the last one to say so hands it back to its creator. */
  release(): void {
    this.holders -= 1
    if (this.holders === 0 && this.recycle !== null) this.recycle(this)
  }
}
