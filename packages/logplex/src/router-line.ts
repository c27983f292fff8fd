import { type Generation, H_CODES, type HCode } from '@celadon/contracts'
import { urlPath } from './url-path.js'

/** What a router logs about a request. `null` prints an empty field, as `connect=`. */
export interface RouterLine {
  /** Why the router failed the request; empty when it did not. */
  readonly code: HCode | ''
  readonly method: string
  readonly path: string
  readonly host: string
  readonly requestId: string
  /** Address of the client. */
  readonly fwd: string
  /** Name of the dyno; empty when none was reached. */
  readonly dyno: string
  /** Requests of the app that waited in the router. */
  readonly queue: number | null
  /** Time in that queue, in milliseconds. */
  readonly waitMs: number | null
  /** Time to connect to the dyno, in milliseconds. */
  readonly connectMs: number | null
  /** Time from connected to answered, the wait on the dyno included, in milliseconds. */
  readonly serviceMs: number | null
  /** HTTP status that the client got. */
  readonly status: number | null
  /** Bytes that went to the client. */
  readonly bytes: number | null
}

/**
 * The text of a router's access line, in the format of a generation:
 *
 * - `bamboo-2010`: `GET host/path dyno=web.1 queue=0 wait=0ms ...`, errors `Error H12 (...) -> GET ...`
 * - `cedar-2012`: `at=info method=GET path=/ ... queue=0 wait=0ms connect=1ms ...`
 * - `common-runtime-2019`: quoted path and `fwd`, `request_id=`, ends in `protocol=https`
 * - `router-2.0`: ends in `protocol=http1.1 tls=true tls_version=tls1.3`
 *
 * Sources: Heroku Dev Center, "HTTP Routing" and "Heroku Error Codes", copies of 2010 to 2026.
 */
export function formatRouterLine(line: RouterLine, generation: Generation): string {
  switch (generation) {
    case 'bamboo-2010':
      return bambooLine(line)
    case 'cedar-2012':
      return cedarLine(line)
    case 'common-runtime-2019':
      return `${keyedLine(line)} protocol=https`
    case 'router-2.0':
      return `${keyedLine(line)} protocol=http1.1 tls=true tls_version=${tlsVersion(line.host)}`
  }
}

function bambooLine(line: RouterLine): string {
  const { code } = line
  const lead = code === '' ? '' : `Error ${code} (${H_CODES[code].description}) -> `
  const status = code === '' ? ` status=${amount(line.status)}` : ''
  return `${lead}${line.method} ${line.host}${urlPath(line.path)} dyno=${line.dyno} queue=${amount(line.queue)} wait=${duration(line.waitMs)} service=${duration(line.serviceMs)}${status} bytes=${amount(line.bytes)}`
}

function cedarLine(line: RouterLine): string {
  const sock = sockOf(line.code)
  // H18 got its present description later.
  const lead =
    line.code === 'H18' ? 'at=error code=H18 desc="Request Interrupted"' : outcome(line.code)
  return `${lead} method=${line.method} path=${urlPath(line.path)} host=${line.host} fwd=${line.fwd} dyno=${line.dyno} queue=${amount(line.queue)} wait=${duration(line.waitMs)} ${exchange(line)}${sock === '' ? '' : ` sock=${sock}`}`
}

function keyedLine(line: RouterLine): string {
  const sock = sockOf(line.code)
  return `${sock === '' ? '' : `sock=${sock} `}${outcome(line.code)} method=${line.method} path="${urlPath(line.path)}" host=${line.host} request_id=${line.requestId} fwd="${line.fwd}" dyno=${line.dyno} ${exchange(line)}`
}

function outcome(code: HCode | ''): string {
  if (code === '') return 'at=info'
  const { level, description } = H_CODES[code]
  return `at=${level} code=${code} desc="${description}"`
}

function exchange(line: RouterLine): string {
  return `connect=${duration(line.connectMs)} service=${duration(line.serviceMs)} status=${amount(line.status)} bytes=${amount(line.bytes)}`
}

/** Whose socket closed early. */
function sockOf(code: HCode | ''): string {
  if (code === 'H27') return 'client'
  return code === 'H18' ? 'backend' : ''
}

/** Heroku tells it for custom domains only. */
function tlsVersion(host: string): string {
  return host.endsWith('.herokuapp.com') ? 'unknown' : 'tls1.3'
}

function duration(ms: number | null): string {
  return ms === null ? '' : `${ms}ms`
}

function amount(value: number | null): string {
  return value === null ? '' : String(value)
}
