import type { Endpoint, Generation } from '@celadon/contracts'
import { type ByteWriter, utf8 } from '../bytes/byte-writer.js'
import { putBytes, putDigits, putText, putWhole, UNIT_BYTES_MAX } from '../bytes/put.js'
import { type LogRow, wholeMs } from '../channel/log-row.js'
import type { RequestIdentity } from '../channel/request-identity.js'
import { formatAppLine } from './app-line.js'
import { formatRouterLine } from './format-router-line.js'
import { LineTemplate, type Marker } from './line-template.js'

/** Endpoints whose templates are kept: a trace may have a path of its own for every request. */
const ENDPOINTS_MAX = 1024
const POINT = 0x2e
/** More bytes than all fields but the names have together. */
const FIELDS_BYTES_MAX = 256

const PROCESS = 0
const REQUEST_ID = 1
const FWD = 2
const DYNO = 3
const QUEUE = 4
const WAIT = 5
const CONNECT = 6
const SERVICE = 7
const DURATION = 8

/** Stand for texts. A path has no control characters, so it cannot look like one. */
const [PROCESS_TEXT, ID_TEXT, FWD_TEXT, DYNO_TEXT] = ['\x01', '\x02', '\x03', '\x04'] as const

const ROUTER_SAMPLE = {
  code: '',
  fault: null,
  requestId: ID_TEXT,
  fwd: FWD_TEXT,
  dyno: DYNO_TEXT,
  queue: 900_000_001,
  waitMs: 900_000_002,
  connectMs: 900_000_003,
  serviceMs: 900_000_004,
  status: 900_000_005,
  bytes: 900_000_006,
} as const

const ROUTER_MARKERS: readonly Marker[] = [
  [ID_TEXT, REQUEST_ID],
  [FWD_TEXT, FWD],
  [DYNO_TEXT, DYNO],
  ['900000001', QUEUE],
  ['900000002', WAIT],
  ['900000003', CONNECT],
  ['900000004', SERVICE],
]
/** Status, bytes and what follows: from here on the line is the same for most requests. */
const OUTCOME_TEXT = '900000005'
const BYTES_TEXT = '900000006'

const APP_SAMPLE = { status: 200, durationMs: 900_000_000.25, error: null } as const
const APP_MARKERS: readonly Marker[] = [
  [PROCESS_TEXT, PROCESS],
  ['900000000.25', DURATION],
]

/**
 * Writes the lines of requests that went well, nearly all lines of a log, without making strings: an
 * endpoint's lines follow a template that is cut out of what the line's own format gives.
 */
export class ServedLines {
  private readonly routerTemplates = new Map<Endpoint, RouterTemplate>()
  private readonly appTemplates = new Map<Endpoint, LineTemplate>()

  constructor(
    private readonly generation: Generation,
    private readonly host: string,
    private readonly identity: RequestIdentity,
  ) {}

  /** Whether a row is about a request that went well. */
  includes(row: LogRow): boolean {
    if (row.text !== null) return false
    if (row.source === 'app') return row.error === null
    return row.code === '' && row.dyno !== '' && row.status !== 0 && row.process === 'router'
  }

  /** Writes what follows the time in the line of such a row. */
  write(row: LogRow, out: ByteWriter): void {
    if (row.source === 'app') {
      this.writeTemplate(this.appTemplate(row), row, out)
      return
    }
    const template = this.routerTemplate(row)
    this.writeTemplate(template.start, row, out)
    out.bytes(template.outcome(row.status, row.bytes))
  }

  private writeTemplate(template: LineTemplate, row: LogRow, out: ByteWriter): void {
    const { fields, literals, bytes } = template
    const names = (row.process.length + row.dyno.length) * UNIT_BYTES_MAX
    const buffer = out.room(bytes + names + FIELDS_BYTES_MAX)
    let at = out.length
    for (let index = 0; index < fields.length; index += 1) {
      at = putBytes(buffer, at, literals[index] as Uint8Array)
      at = this.putField(buffer, at, fields[index] as number, row)
    }
    out.length = putBytes(buffer, at, literals[fields.length] as Uint8Array)
  }

  private putField(buffer: Uint8Array, at: number, field: number, row: LogRow): number {
    if (field === REQUEST_ID) return this.identity.putUuid(buffer, at, row.requestId)
    if (field === FWD) return this.identity.putAddress(buffer, at, row.requestId)
    if (field === DYNO) return putText(buffer, at, row.dyno)
    if (field === PROCESS) return putText(buffer, at, row.process)
    if (field === DURATION) return putHundredths(buffer, at, row.finishedAt - row.startedAt)
    return putWhole(buffer, at, numberOf(field, row))
  }

  private routerTemplate({ endpoint }: LogRow): RouterTemplate {
    const known = this.routerTemplates.get(endpoint)
    if (known !== undefined) return known
    const { method, path } = endpoint
    const line = { ...ROUTER_SAMPLE, method, path, host: this.host }
    const sample = ` heroku[router]: ${formatRouterLine(line, this.generation)}\n`
    return keep(this.routerTemplates, endpoint, new RouterTemplate(sample))
  }

  private appTemplate({ endpoint }: LogRow): LineTemplate {
    const known = this.appTemplates.get(endpoint)
    if (known !== undefined) return known
    const { method, path } = endpoint
    const sample = ` app[${PROCESS_TEXT}]: ${formatAppLine({ ...APP_SAMPLE, method, path })}\n`
    return keep(this.appTemplates, endpoint, new LineTemplate(sample, APP_MARKERS))
  }
}

function numberOf(field: number, row: LogRow): number {
  switch (field) {
    case QUEUE:
      return row.routerQueueDepth
    case WAIT:
      return wholeMs(row.dispatchedAt - row.arrivedAt)
    case CONNECT:
      return Math.round(row.connectMs)
    default:
      return wholeMs(row.respondedAt - row.dispatchedAt - row.connectMs)
  }
}

function keep<Template>(
  templates: Map<Endpoint, Template>,
  endpoint: Endpoint,
  template: Template,
): Template {
  if (templates.size === ENDPOINTS_MAX) templates.clear()
  templates.set(endpoint, template)
  return template
}

function putHundredths(buffer: Uint8Array, at: number, value: number): number {
  const hundredths = Math.round(value * 100)
  const whole = Math.floor(hundredths / 100)
  const point = putWhole(buffer, at, whole)
  buffer[point] = POINT
  return putDigits(buffer, point + 1, hundredths - whole * 100, 2)
}

/** The router's line for an endpoint, in two halves. */
class RouterTemplate {
  readonly start: LineTemplate
  private readonly end: string
  private status = -1
  private bytes = -1
  private outcomeBytes: Uint8Array = utf8('')

  constructor(sample: string) {
    const half = sample.lastIndexOf(OUTCOME_TEXT)
    this.start = new LineTemplate(sample.slice(0, half), ROUTER_MARKERS)
    this.end = sample.slice(half)
  }

  /** The second half. It is made anew only when it is not that of the request before. */
  outcome(status: number, bytes: number): Uint8Array {
    if (status !== this.status || bytes !== this.bytes) {
      this.status = status
      this.bytes = bytes
      const text = this.end.replace(OUTCOME_TEXT, `${status}`).replace(BYTES_TEXT, `${bytes}`)
      this.outcomeBytes = utf8(text)
    }
    return this.outcomeBytes
  }
}
