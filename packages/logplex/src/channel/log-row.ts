import type { Endpoint, HCode, HttpRequest, LogSource } from '@celadon/contracts'
import type { AppLine } from '../lines/app-line.js'
import type { RouterLine } from '../lines/router-line.js'
import type { RequestIdentity } from './request-identity.js'

const NO_ENDPOINT: Endpoint = { method: 'GET', path: '/', responseBytes: 0 }

/**
 * One line as the ring keeps it. Of a line about a request it holds what the text is made from: the
 * request itself is reused long before anybody reads.
 */
export class LogRow {
  /** Whole microseconds since 1970. */
  atMicros = 0
  source: LogSource = 'app'
  process = ''
  /** The text; `null` when the line is about a request. */
  text: string | null = ''

  requestId = 0
  endpoint: Endpoint = NO_ENDPOINT
  error: string | null = null
  startedAt = 0
  finishedAt = 0

  code: HCode | '' = ''
  dyno = ''
  routerQueueDepth = 0
  arrivedAt = 0
  dispatchedAt = 0
  connectMs = 0
  respondedAt = 0
  status = 0
  bytes = 0

  copy(request: HttpRequest): void {
    this.text = null
    this.requestId = request.id
    this.endpoint = request.endpoint
    this.error = request.work.error
    this.startedAt = request.startedAt
    this.finishedAt = request.finishedAt
    this.code = request.code
    this.dyno = request.dyno
    this.routerQueueDepth = request.routerQueueDepth
    this.arrivedAt = request.arrivedAt
    this.dispatchedAt = request.dispatchedAt
    this.connectMs = request.connectMs
    this.respondedAt = request.respondedAt
    this.status = request.status
    this.bytes = request.bytes
  }
}

/** What the app knows of a request when it is through with it: nothing of the router's 503. */
export function appLine(row: LogRow): AppLine {
  return {
    method: row.endpoint.method,
    path: row.endpoint.path,
    status: row.error === null ? 200 : 500,
    durationMs: row.finishedAt - row.startedAt,
    error: row.error,
  }
}

/**
 * A router prints what it knows: nothing of a dyno that it never reached. A request that it refused
 * without a code, for its size, is such a line with `at=info status=400`; no sample of one is known.
 */
export function routerLine(row: LogRow, host: string, identity: RequestIdentity): RouterLine {
  const reached = row.dyno !== ''
  const connected = reached && row.code !== 'H19' && row.code !== 'H21'
  return {
    code: row.code,
    fault: faultOf(row),
    method: row.endpoint.method,
    path: row.endpoint.path,
    host,
    requestId: identity.uuid(row.requestId),
    fwd: identity.address(row.requestId),
    dyno: row.dyno,
    queue: reached ? row.routerQueueDepth : null,
    waitMs: reached ? wholeMs(row.dispatchedAt - row.arrivedAt) : null,
    connectMs: reached ? Math.round(row.connectMs) : null,
    serviceMs: connected ? wholeMs(row.respondedAt - row.dispatchedAt - row.connectMs) : null,
    status: row.status === 0 ? null : row.status,
    bytes: connected ? row.bytes : null,
  }
}

function faultOf({ code, endpoint }: LogRow): RouterLine['fault'] {
  if (code === 'H25') return endpoint.responseFault ?? null
  return code === 'H26' ? (endpoint.requestFault ?? null) : null
}

/** Whole milliseconds, the rest cut off. Differences of times are exact to the microsecond only. */
export function wholeMs(ms: number): number {
  return Math.floor(Math.round(ms * 1000) / 1000)
}
