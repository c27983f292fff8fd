import type { HCode } from './codes.js'
import { Work } from './work.js'

/** A route of the app, as its workload describes it. */
export interface Endpoint {
  readonly method: string
  readonly path: string
  /** Size of a successful response in bytes. */
  readonly responseBytes: number
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

  /** When the router received it. */
  arrivedAt = -1
  /** When the router began to connect to a dyno. */
  dispatchedAt = -1
  /** How long connecting took, failed attempts included, in milliseconds. */
  connectMs = 0
  /** Requests of the app that waited in the router when this one came. */
  routerQueueDepth = 0
  /** Name of the dyno that was chosen, for example `web.3`; empty when none was. */
  dyno = ''
  /** When the client had its answer (or error page). */
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

  /** Makes it a new request. Called by whoever creates the traffic. */
  begin(id: number, endpoint: Endpoint, recycle: ((request: HttpRequest) => void) | null): void {
    this.id = id
    this.endpoint = endpoint
    this.work.error = null
    this.arrivedAt = -1
    this.dispatchedAt = -1
    this.connectMs = 0
    this.routerQueueDepth = 0
    this.dyno = ''
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
