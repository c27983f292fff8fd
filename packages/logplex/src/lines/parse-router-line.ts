import { H_CODES, type HCode } from '@celadon/contracts'
import type { RouterCode, RouterLine } from './router-line.js'

const SPACE = 0x20
const QUOTE = 0x22
const ZERO = 0x30
const EQUALS = 0x3d
const UNDERSCORE = 0x5f
const LOWER_A = 0x61
const LOWER_T = 0x74
const LOWER_Z = 0x7a

const BYTES = hashOf('bytes')
const CAUSE = hashOf('cause')
const CODE = hashOf('code')
const CONNECT = hashOf('connect')
const DESC = hashOf('desc')
const DYNO = hashOf('dyno')
const FWD = hashOf('fwd')
const HOST = hashOf('host')
const METHOD = hashOf('method')
const PATH = hashOf('path')
const PROTOCOL = hashOf('protocol')
const QUEUE = hashOf('queue')
const REQUEST_ID = hashOf('request_id')
const SERVICE = hashOf('service')
const SOCK = hashOf('sock')
const STATUS = hashOf('status')
const TLS = hashOf('tls')
const TLS_VERSION = hashOf('tls_version')
const WAIT = hashOf('wait')
const WEB = hashOf('web')

/** Fields that a line may end with. A bare value of another one at the end may have been cut off. */
const LAST_FIELDS: ReadonlySet<number> = new Set([BYTES, PROTOCOL, SOCK, TLS, TLS_VERSION])

const FAULTS: readonly RouterLine['fault'][] = [
  'invalid content length',
  'oversized cookie',
  'oversized header',
  'oversized status line',
  'unsupported expect header value',
  'bad header',
  'bad chunk',
]

/** `Error H12 (Request timeout) -> `, and the same without `Error` for what is none. */
const BAMBOO_LEAD = /^(?:Error )?(H\d\d) \(([^)]*)\) -> /
/** `GET www.example.com/path ` up to the first field, `web=` in the oldest lines. */
const BAMBOO_REQUEST = /^([A-Z]+) ([^\s/]*)(\/.*?) (?=(?:dyno|web)=)/

const CODE_TEXT = /^H\d\d$/
const H25_LEAD = 'HTTP restriction: '
/** What H18 was called until 2014. */
const EARLY_H18 = 'Request Interrupted'

/** A line while its fields are found. A class, because V8 leaves room in it for the last three. */
class FoundLine implements RouterLine {
  code: RouterLine['code'] = ''
  fault: RouterLine['fault'] = null
  method = ''
  path = ''
  host = ''
  requestId = ''
  fwd = ''
  dyno = ''
  queue: number | null = null
  waitMs: number | null = null
  connectMs: number | null = null
  serviceMs: number | null = null
  status: number | null = null
  bytes: number | null = null
  declare description?: string
  declare protocol?: string
  declare tls?: boolean
  declare tlsVersion?: string
}

/**
 * Reads a router's access line of any generation: what {@link formatRouterLine} writes, and what
 * real routers wrote from 2010 on (Heroku Dev Center, "HTTP Routing" and "Heroku Error Codes",
 * copies of 2010 to 2026; public logs). Fields may come in any order, unknown ones are passed over,
 * missing ones are empty or `null`, and so is the last one where the line was cut off in it. An H18
 * with `sock=client` is what an H27 was called before 2015, and is read as one. Parts of the text
 * are handed on as they are, so they keep the text alive.
 *
 * @returns null when the text is not such a line: one without a method and a path
 */
export function parseRouterLine(text: string): RouterLine | null {
  const first = text.charCodeAt(0)
  return first >= LOWER_A && first <= LOWER_Z ? keyedLine(text) : bambooLine(text)
}

function bambooLine(text: string): RouterLine | null {
  const lead = BAMBOO_LEAD.exec(text)
  const start = lead?.[0].length ?? 0
  const request = BAMBOO_REQUEST.exec(start === 0 ? text : text.slice(start))
  if (request === null) return null
  const [head, method = '', host = '', path = ''] = request
  const line = new FoundLine()
  line.method = method
  line.host = host
  line.path = path
  readFields(text, start + head.length, line)
  if (lead !== null) readError(line, lead[1] ?? '', lead[2] ?? '', '')
  return line
}

function keyedLine(text: string): RouterLine | null {
  const line = new FoundLine()
  readFields(text, 0, line)
  return line.method !== '' && line.path !== '' ? line : null
}

/** Reads `key=value` fields from a place on. */
function readFields(text: string, start: number, line: FoundLine): void {
  let position = start
  let code = ''
  let description = ''
  let sock = ''
  while (position < text.length) {
    let key = 0
    let character = text.charCodeAt(position)
    while (character !== EQUALS && character !== SPACE && position < text.length) {
      key = (Math.imul(key, 31) + character) | 0
      position += 1
      character = text.charCodeAt(position)
    }
    position += 1
    if (character !== EQUALS) continue
    const quoted = text.charCodeAt(position) === QUOTE
    const from = quoted ? position + 1 : position
    const end = quoted ? closingQuote(text, from) : endOfValue(text, from, key)
    position = quoted ? end + 2 : end + 1
    if (end >= text.length && !(LAST_FIELDS.has(key) && !quoted)) break
    switch (key) {
      case METHOD:
        line.method = text.slice(from, end)
        break
      case PATH:
        line.path = text.slice(from, end)
        break
      case HOST:
        line.host = text.slice(from, end)
        break
      case REQUEST_ID:
        line.requestId = text.slice(from, end)
        break
      case FWD:
        line.fwd = text.slice(from, end)
        break
      case DYNO:
      case WEB:
        line.dyno = text.slice(from, end)
        break
      case QUEUE:
        line.queue = wholeNumber(text, from, end)
        break
      case WAIT:
        line.waitMs = wholeNumber(text, from, end)
        break
      case CONNECT:
        line.connectMs = wholeNumber(text, from, end)
        break
      case SERVICE:
        line.serviceMs = wholeNumber(text, from, end)
        break
      case STATUS:
        line.status = wholeNumber(text, from, end)
        break
      case BYTES:
        line.bytes = wholeNumber(text, from, end)
        break
      case PROTOCOL:
        line.protocol = text.slice(from, end)
        break
      case TLS:
        line.tls = text.charCodeAt(from) === LOWER_T
        break
      case TLS_VERSION:
        line.tlsVersion = text.slice(from, end)
        break
      case CODE:
        code = text.slice(from, end)
        break
      case SOCK:
        sock = text.slice(from, end)
        break
      case DESC:
        description = text.slice(from, end)
        break
      case CAUSE:
        line.fault = faultOf(text.slice(from, end))
        break
    }
  }
  if (code !== '') readError(line, code, description, sock)
}

function readError(line: FoundLine, code: string, description: string, sock: string): void {
  if (!isCode(code)) return
  const meant = code === 'H18' && sock === 'client' ? 'H27' : code
  line.code = meant
  if (code === 'H25' && description.startsWith(H25_LEAD)) {
    line.fault = faultOf(description.slice(H25_LEAD.length))
    if (line.fault !== null) return
  }
  const usual = isKnown(meant) ? H_CODES[meant].description : ''
  if (description === usual || (code === 'H18' && description === EARLY_H18)) return
  line.description = description
}

function faultOf(text: string): RouterLine['fault'] {
  return FAULTS.find((fault) => fault === text) ?? null
}

function isCode(text: string): text is RouterCode {
  return CODE_TEXT.test(text)
}

function isKnown(code: RouterCode): code is HCode {
  return Object.hasOwn(H_CODES, code)
}

/** The quote that ends a value: one before a further field, or at the end. Paths may contain some. */
function closingQuote(text: string, from: number): number {
  let quote = text.indexOf('"', from)
  while (quote >= 0 && quote < text.length - 1 && !startsField(text, quote + 1)) {
    quote = text.indexOf('"', quote + 1)
  }
  return quote < 0 ? text.length : quote
}

function startsField(text: string, position: number): boolean {
  if (text.charCodeAt(position) !== SPACE) return false
  let end = position + 1
  while (isKeyCharacter(text.charCodeAt(end))) end += 1
  return end > position + 1 && text.charCodeAt(end) === EQUALS
}

function isKeyCharacter(code: number): boolean {
  return (code >= LOWER_A && code <= LOWER_Z) || code === UNDERSCORE
}

/** The space that ends a bare value. Paths and lists of addresses may contain some. */
function endOfValue(text: string, from: number, key: number): number {
  let space = text.indexOf(' ', from)
  if (key === PATH || key === FWD) {
    while (space >= 0 && !startsField(text, space)) space = text.indexOf(' ', space + 1)
  }
  return space < 0 ? text.length : space
}

/** The digits at the start of a value, which `ms` may follow; null when there are none. */
function wholeNumber(text: string, from: number, end: number): number | null {
  let value = 0
  let position = from
  while (position < end) {
    const digit = text.charCodeAt(position) - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
    position += 1
  }
  return position === from ? null : value
}

function hashOf(key: string): number {
  let hash = 0
  for (const character of key) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0
  return hash
}
