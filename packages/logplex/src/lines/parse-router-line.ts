import { H_CODES, type HCode } from '@celadon/contracts'
import type { RouterLine } from './router-line.js'

const SPACE = 0x20
const QUOTE = 0x22
const SLASH = 0x2f
const ZERO = 0x30
const NINE = 0x39
const EQUALS = 0x3d
const LOWER_A = 0x61
const LOWER_M = 0x6d
const LOWER_T = 0x74
const LOWER_Z = 0x7a

const AT = hashOf('at')
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

const FAULTS: ReadonlyMap<string, RouterLine['fault']> = new Map<string, RouterLine['fault']>([
  ['HTTP restriction: invalid content length', 'invalid content length'],
  ['HTTP restriction: oversized cookie', 'oversized cookie'],
  ['HTTP restriction: oversized header', 'oversized header'],
  ['HTTP restriction: oversized status line', 'oversized status line'],
  ['unsupported expect header value', 'unsupported expect header value'],
  ['bad header', 'bad header'],
  ['bad chunk', 'bad chunk'],
])

/** `Error H12 (Request timeout) -> `, and the same without `Error` for what is none. */
const BAMBOO_LEAD = /^(?:Error )?(H\d\d) \(([^)]*)\) -> /
/** `GET www.example.com/path ` up to the first field, `web=` in the oldest lines. */
const BAMBOO_REQUEST = /^([A-Z]+) ([^\s/]*)(\/.*?) (?=(?:dyno|web)=)/

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/**
 * Reads a router's access line of any generation: what {@link formatRouterLine} writes, and what
 * real routers wrote from 2010 on (Heroku Dev Center, "HTTP Routing" and "Heroku Error Codes",
 * copies of 2010 to 2026; public logs). Fields may come in any order, unknown ones are passed over,
 * missing ones are empty or `null`, and so is the last one where the line was cut off in it. An H18
 * with `sock=client` is what an H27 was called before 2015, and is read as one. Parts of the text
 * are handed on as they are, so they keep the text alive.
 *
 * @returns null when the text is not such a line: one without a method and a path, or with a code
 *   that `H_CODES` does not have
 */
export function parseRouterLine(text: string): RouterLine | null {
  const first = text.charCodeAt(0)
  return first >= LOWER_A && first <= LOWER_Z ? keyedLine(text) : bambooLine(text)
}

function bambooLine(text: string): RouterLine | null {
  const lead = BAMBOO_LEAD.exec(text)
  const code = lead?.[1] ?? ''
  const request = BAMBOO_REQUEST.exec(lead === null ? text : text.slice(lead[0].length))
  if (request === null || !isCode(code)) return null
  const [start, method = '', host = '', path = ''] = request
  const line = emptyLine()
  line.code = code
  line.method = method
  line.host = host
  line.path = path
  line.fault = FAULTS.get(lead?.[2] ?? '') ?? null
  readFields(text, (lead?.[0].length ?? 0) + start.length, line)
  return line
}

function keyedLine(text: string): RouterLine | null {
  const line = emptyLine()
  if (!readFields(text, 0, line)) return null
  return line.method !== '' && line.path !== '' ? line : null
}

function emptyLine(): Mutable<RouterLine> {
  return {
    code: '',
    fault: null,
    method: '',
    path: '',
    host: '',
    requestId: '',
    fwd: '',
    dyno: '',
    queue: null,
    waitMs: null,
    connectMs: null,
    serviceMs: null,
    status: null,
    bytes: null,
  }
}

/** Reads `key=value` fields from a place on. False when they are not those of a router. */
function readFields(text: string, start: number, line: Mutable<RouterLine>): boolean {
  let position = start
  let code = ''
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
      case AT:
        break
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
      case CAUSE:
        line.fault = FAULTS.get(text.slice(from, end)) ?? line.fault
        break
    }
  }
  if (code === '') return true
  if (!isCode(code)) return false
  line.code = code === 'H18' && sock === 'client' ? 'H27' : code
  return true
}

/** The quote that ends a value: one before a further field, or at the end. Paths may contain some. */
function closingQuote(text: string, from: number): number {
  let position = from
  for (;;) {
    while (position < text.length && text.charCodeAt(position) !== QUOTE) position += 1
    if (position >= text.length - 1 || startsField(text, position + 1)) return position
    position += 1
  }
}

function startsField(text: string, position: number): boolean {
  if (text.charCodeAt(position) !== SPACE) return false
  let end = position + 1
  while (isKeyCharacter(text.charCodeAt(end))) end += 1
  return end > position + 1 && text.charCodeAt(end) === EQUALS
}
