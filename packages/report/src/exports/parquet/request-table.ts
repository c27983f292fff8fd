import type { HttpRequest } from '@celadon/contracts'
import {
  doubles,
  flags,
  integers,
  longs,
  optionalDoubles,
  ordinals,
  texts,
  timestamps,
} from './column.js'
import { rowGroupSize, TableFile, type TableOptions } from './table-file.js'

/** How requests are written. */
export interface RequestTableOptions extends TableOptions {
  /** Calendar start of the run in milliseconds since 1970, UTC: `app.epochMs`. */
  readonly epochMs: number
}

/**
 * Makes a Parquet file with one row per request. Durations are in milliseconds; what had not happened
 * when the client had its answer, or left, is null.
 *
 * | Column | Meaning |
 * |---|---|
 * | `id` | ordinal in the run, from 1 |
 * | `arrived_at` | when the router received it (UTC, microseconds) |
 * | `method`, `path` | what it asked for |
 * | `status` | HTTP status that the client got; null: the connection broke |
 * | `code` | H-code; null: the router did not fail it |
 * | `dyno` | dyno that was chosen; null: none was |
 * | `router` | index of the router instance, from 0 |
 * | `session` | ordinal of the browser; null: a client without cookies |
 * | `bytes`, `request_bytes` | size of the response's body as sent, and of the request's |
 * | `total_ms` | from arrival until the client had its answer or left; how long a WebSocket was open |
 * | `router_wait_ms` | from arrival until the router began to connect |
 * | `connect_ms` | connecting to a dyno, failed attempts included |
 * | `first_byte_ms` | from arrival until the first byte of the response reached the router |
 * | `router_service_ms` | `service=` of the router's line, unrounded; null when no dyno was connected |
 * | `queue_ms` | from arrival until a process took it up |
 * | `service_ms` | from then until the process was through with it |
 * | `websocket` | whether it asked for a WebSocket |
 * | `abandoned` | whether its dyno was left with work for nobody: the client had gone or had an error page |
 * | `error` | why the app failed, in the words of its log |
 *
 * @example
 * const table = createRequestTable((bytes) => file.write(bytes), { epochMs: app.epochMs })
 * const platform = createPlatform(app, { onResponse: (request) => table.append(request) })
 * platform.advance(platform.durationMs)
 * table.close()
 *
 * @param write gets the bytes of the file in order, a row group at a time, and may keep them
 * @throws `REPORT_ROW_GROUP_INVALID` when `rowGroupSize` is no integer from 1
 */
export function createRequestTable(
  write: (bytes: Uint8Array) => void,
  options: RequestTableOptions,
): RequestTable {
  return new RequestTable(write, options)
}

/** Requests as rows of a Parquet file. The same requests give the same bytes. */
export class RequestTable {
  private readonly epochMs: number
  private readonly columns: ReturnType<typeof requestColumns>
  private readonly file: TableFile

  /** Use {@link createRequestTable}. */
  constructor(write: (bytes: Uint8Array) => void, options: RequestTableOptions) {
    const rows = rowGroupSize(options)
    this.epochMs = options.epochMs
    this.columns = requestColumns(rows)
    this.file = new TableFile(write, Object.values(this.columns), rows)
  }

  /**
   * Adds a row. Call it when the client has its answer: as a router's or a platform's `onResponse`.
   *
   * @throws `REPORT_TABLE_CLOSED` after `close`
   */
  append(request: HttpRequest): void {
    const { columns, file } = this
    const { row } = file
    const { endpoint, session, arrivedAt, dispatchedAt, respondedAt, startedAt } = request
    const { connectMs, firstByteAt, finishedAt, code } = request
    const isConnected = request.dyno !== '' && code !== 'H19' && code !== 'H21'
    const isDispatched = dispatchedAt >= 0
    const isStarted = startedAt >= 0
    const isFinished = finishedAt >= 0

    columns.id.values[row] = request.id
    columns.arrived_at.values[row] = BigInt(Math.round((this.epochMs + arrivedAt) * 1000))
    columns.method.values[row] = endpoint.method
    columns.path.values[row] = endpoint.path
    columns.status.values[row] = request.status === 0 ? null : request.status
    columns.code.values[row] = code === '' ? null : code
    columns.dyno.values[row] = request.dyno === '' ? null : request.dyno
    columns.router.values[row] = request.routerIndex < 0 ? null : request.routerIndex
    columns.session.values[row] = session === null ? null : session.id
    columns.bytes.values[row] = BigInt(Math.round(request.bytes))
    columns.request_bytes.values[row] = BigInt(endpoint.requestBytes ?? 0)
    columns.total_ms.values[row] = respondedAt - arrivedAt
    columns.router_wait_ms.values[row] = isDispatched ? dispatchedAt - arrivedAt : null
    columns.connect_ms.values[row] = isDispatched ? connectMs : null
    columns.first_byte_ms.values[row] = firstByteAt < 0 ? null : firstByteAt - arrivedAt
    columns.router_service_ms.values[row] = isConnected
      ? respondedAt - dispatchedAt - connectMs
      : null
    columns.queue_ms.values[row] = isStarted ? startedAt - arrivedAt : null
    columns.service_ms.values[row] = isFinished ? finishedAt - startedAt : null
    columns.websocket.values[row] = request.webSocket !== null
    columns.abandoned.values[row] = isConnected && code !== '' && !isFinished
    columns.error.values[row] = request.work.error
    file.endRow()
  }

  /**
   * Writes the last rows and the file's index.
   *
   * @throws `REPORT_TABLE_CLOSED` when it was closed before
   */
  close(): void {
    this.file.close()
  }
}

/** In the order of the file. */
function requestColumns(rows: number) {
  return {
    id: ordinals('id', rows),
    arrived_at: timestamps('arrived_at', rows),
    method: texts('method', rows),
    path: texts('path', rows),
    status: integers('status', rows),
    code: texts('code', rows),
    dyno: texts('dyno', rows),
    router: integers('router', rows),
    session: integers('session', rows),
    bytes: longs('bytes', rows),
    request_bytes: longs('request_bytes', rows),
    total_ms: doubles('total_ms', rows),
    router_wait_ms: optionalDoubles('router_wait_ms', rows),
    connect_ms: optionalDoubles('connect_ms', rows),
    first_byte_ms: optionalDoubles('first_byte_ms', rows),
    router_service_ms: optionalDoubles('router_service_ms', rows),
    queue_ms: optionalDoubles('queue_ms', rows),
    service_ms: optionalDoubles('service_ms', rows),
    websocket: flags('websocket', rows),
    abandoned: flags('abandoned', rows),
    error: texts('error', rows),
  }
}
