import { type Generation, H_CODES, type HCode, type HCodeEntry } from '@celadon/contracts'
import type { RouterCode, RouterLine } from './router-line.js'
import { urlPath } from './url-path.js'

/**
 * The text of a router's access line, in the format of a generation:
 *
 * - `bamboo-2010`: `GET host/path dyno=web.1 queue=0 wait=0ms ...`, errors `Error H12 (...) -> GET ...`
 * - `cedar-2012`: `at=info method=GET path=/ ... queue=0 wait=0ms connect=1ms ...`
 * - `common-runtime-2019`: quoted path and `fwd`, `request_id=`, ends in `protocol=https`
 * - `router-2.0`: ends in `protocol=http1.1 tls=true tls_version=tls1.3`
 *
 * Sources: Heroku Dev Center, "HTTP Routing" and "Heroku Error Codes", copies of 2010 to 2026, and
 * public logs of these years. Codes that a generation did not have yet are printed in its format.
 */
export function formatRouterLine(line: RouterLine, generation: Generation): string {
  switch (generation) {
    case 'bamboo-2010':
      return bambooLine(line)
    case 'cedar-2012':
      return cedarLine(line)
    case 'common-runtime-2019':
      return `${keyedLine(line)}${privateTlsVersion(line)} protocol=${line.protocol ?? 'https'}`
    case 'router-2.0':
      return `${keyedLine(line)} protocol=${line.protocol ?? 'http1.1'} tls=${line.tls ?? true} tls_version=${tlsVersion(line)}`
  }
}

function bambooLine(line: RouterLine): string {
  return `${bambooLead(line)}${line.method} ${line.host}${urlPath(line.path)} dyno=${line.dyno} ${routerQueue(line)} service=${duration(line.serviceMs)} status=${earlyStatus(line)} bytes=${amount(line.bytes)}`
}

function bambooLead(line: RouterLine): string {
  const code = earlyCode(line.code)
  if (code === '') return ''
  const error = levelOf(code) === 'info' ? '' : 'Error '
  return `${error}${code} (${earlyDescription(code, line)}) -> `
}

function cedarLine(line: RouterLine): string {
  const sock = sockOf(line.code)
  return `${cedarLead(line)} method=${line.method} path=${urlPath(line.path)} host=${line.host} fwd=${line.fwd} dyno=${line.dyno} ${routerQueue(line)} connect=${duration(line.connectMs)} service=${duration(line.serviceMs)} status=${earlyStatus(line)} bytes=${amount(line.bytes)}${sock === '' ? '' : ` sock=${sock}`}`
}

function cedarLead(line: RouterLine): string {
  const code = earlyCode(line.code)
  if (code === '') return 'at=info'
  const level = code === 'H17' ? 'info' : levelOf(code)
  return `at=${level} code=${code} desc="${earlyDescription(code, line)}"${causeOf(line)}`
}

/** Before 2014 a client that went away was an H18 as well, with `sock=client`. */
function earlyCode(code: RouterCode | ''): RouterCode | '' {
  return code === 'H27' ? 'H18' : code
}

function earlyStatus(line: RouterLine): string {
  return line.code === 'H27' ? String(H_CODES.H18.status) : amount(line.status)
}

function earlyDescription(code: RouterCode, line: RouterLine): string {
  return code === 'H18' ? 'Request Interrupted' : descriptionOf(code, line)
}

/** Lines about an H12 of 2011 and 2012 leave both fields empty. */
function routerQueue(line: RouterLine): string {
  if (line.code === 'H12') return 'queue= wait='
  return `queue=${amount(line.queue)} wait=${duration(line.waitMs)}`
}

function keyedLine(line: RouterLine): string {
  const sock = sockOf(line.code)
  return `${sock === '' ? '' : `sock=${sock} `}${keyedLead(line)} method=${line.method} path="${urlPath(line.path)}" host=${line.host} request_id=${line.requestId} fwd="${line.fwd}" dyno=${line.dyno} connect=${duration(line.connectMs)} service=${duration(line.serviceMs)} status=${amount(line.status)} bytes=${amount(line.bytes)}`
}

function keyedLead(line: RouterLine): string {
  const { code } = line
  if (code === '') return 'at=info'
  return `at=${levelOf(code)} code=${code} desc="${descriptionOf(code, line)}"${causeOf(line)}`
}

function levelOf(code: RouterCode): HCodeEntry['level'] {
  return isKnown(code) ? H_CODES[code].level : 'error'
}

function descriptionOf(code: RouterCode, line: RouterLine): string {
  const { fault, description = isKnown(code) ? H_CODES[code].description : '' } = line
  return code === 'H25' && fault !== null ? `${description}: ${fault}` : description
}

function causeOf({ code, fault }: RouterLine): string {
  return code === 'H26' && fault !== null ? ` cause="${fault}"` : ''
}

function isKnown(code: RouterCode): code is HCode {
  return Object.hasOwn(H_CODES, code)
}

/** Whose socket closed early. */
function sockOf(code: RouterCode | ''): string {
  if (code === 'H27') return 'client'
  return code === 'H18' ? 'backend' : ''
}

/** Routers of Private Spaces told it before 2025 already. */
function privateTlsVersion({ tlsVersion }: RouterLine): string {
  return tlsVersion === undefined ? '' : ` tls_version=${tlsVersion}`
}

/** Heroku tells it for custom domains only. */
function tlsVersion({ tlsVersion, host }: RouterLine): string {
  return tlsVersion ?? (host.endsWith('.herokuapp.com') ? 'unknown' : 'tls1.3')
}

function duration(ms: number | null): string {
  return ms === null ? '' : `${ms}ms`
}

function amount(value: number | null): string {
  return value === null ? '' : String(value)
}
