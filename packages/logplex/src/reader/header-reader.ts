import { parseJsonRecord } from './json-record.js'
import type { LineForm } from './read-line.js'
import { StampReader } from './stamp-reader.js'

const TAB = 0x09
const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39
const COLON = 0x3a
const LESS = 0x3c
const GREATER = 0x3e
const UPPER_A = 0x41
const UPPER_T = 0x54
const UPPER_Z = 0x5a
const OPENING = 0x5b
const CLOSING = 0x5d
const OPENING_BRACE = 0x7b

/** `heroku/router: ` after the name of the system, which may be missing. */
const PROGRAM = /^(?:[^\s/:]+ )?([\w.-]+)\/([\w.-]+):?(?: {1,2}|$)/
/** `shop heroku[router]: `, `shop cron: `, as syslog daemons write it. */
const TAGGED = /^\S+ ([\w.-]+)(?:\[([\w.-]+)\]:?|:)(?: |$)/
const SYSLOG = /^<\d{1,3}>(?:1 (\S+) (\S+) (\S+) (\S+) (\S+) ?)?/
/** Elements of RFC 5424 that have a parameter; a message may start with a bracket as well. */
const STRUCTURED_DATA = /^(?:\[[^\s=\]"]+(?: [^\s=\]"]+="(?:[^"\\\]]|\\.)*")+\])+ ?/
/** Nine fields with a tab after each: id, two times, ... program; and the message. */
const ARCHIVE = /^\d+\t([^\t]*)\t([^\t]*)\t(?:[^\t]*\t){5}([^\t]*)\t/
/** The end of a header whose start was cut off: `6+00:00 heroku[router]: `, `ku[web.1]: `. */
const CUT_HEADER = /^([\d:.TZ+-]* )?([a-z]+)\[([\w.-]+)\]: ?/
/** A message that may have a header of its own. */
const PACKED = /^[\d<]/
/** Headers of which somebody removed the time begin so. */
const UNDATED = ['app[', 'heroku[']
const SOURCES = ['heroku', 'app']

const BYTE_ORDER_MARK = 0xfeff
/** Characters of `2026-03-02`. */
const DATE_LENGTH = 10

/**
 * Reads what stands before the message of a line. One reader reads all lines, and keeps what it
 * found of the last one.
 */
export class HeaderReader {
  form: LineForm = 'none'
  /** Whole microseconds since 1970 (UTC); `NaN` where the line tells no time. */
  atMicros: number = Number.NaN
  source = ''
  process = ''
  /** The message, where it does not stand in the line as it is. */
  unpacked: string | null = null
  /** Place of the message in the text. */
  messageStart = 0

  private readonly stamps: StampReader
  /** `heroku[router]: ` of the last line that had such, and its parts. */
  private bracketText = ''
  private bracketSource = ''
  private bracketProcess = ''

  constructor(year: number | null) {
    this.stamps = new StampReader(year)
  }

  /** Reads the line that stands from `start` to `end`, without a line break. */
  read(text: string, start: number, end: number): void {
    this.reset(start)
    if (this.readAt(text, start, end)) return
    const first = text.charCodeAt(start)
    if (isQuoting(first)) this.readQuoted(text, start, end)
  }

  /** Reads a header of which only the end is there: that of an input's first line. */
  readCut(line: string): boolean {
    const match = CUT_HEADER.exec(line)
    if (match === null) return false
    const [header, time, name = '', process = ''] = match
    const source = SOURCES.find((whole) => whole.endsWith(name)) ?? (time === undefined ? '' : name)
    if (source === '') return false
    return this.found('heroku', source, process, this.messageStart + header.length)
  }

  private reset(start: number): void {
    this.form = 'none'
    this.atMicros = Number.NaN
    this.source = ''
    this.process = ''
    this.unpacked = null
    this.messageStart = start
  }

  private readAt(text: string, start: number, end: number): boolean {
    const first = text.charCodeAt(start)
    if (first >= ZERO && first <= NINE) {
      return this.readStamped(text, start, end) || this.readArchive(text, start, end)
    }
    if (first === LESS) return this.readSyslog(text, start, end)
    if (first >= UPPER_A && first <= UPPER_Z) return this.readYearless(text, start, end)
    if (first === OPENING_BRACE) return this.readJson(text.slice(start, end))
    return (
      UNDATED.some((name) => text.startsWith(name, start)) && this.readBrackets(text, start, end)
    )
  }

  /** A line that was pasted with spaces or `>` before it. */
  private readQuoted(text: string, start: number, end: number): void {
    let position = start
    while (position < end && isQuoting(text.charCodeAt(position))) position += 1
    if (position < end) this.readAt(text, position, end)
  }

  private readStamped(text: string, start: number, end: number): boolean {
    const { stamps } = this
    if (!stamps.readFull(text, start)) return false
    const position = stamps.next
    if (position > end || (position < end && text.charCodeAt(position) !== SPACE)) return false
    this.atMicros = stamps.atMicros
    const after = Math.min(position + 1, end)
    return (
      this.readBrackets(text, after, end) ||
      // Of full times, syslog daemons write those with a T; a program's own often have none.
      (text.charCodeAt(start + DATE_LENGTH) === UPPER_T &&
        this.readProgram(text.slice(after, end), after)) ||
      this.found('stamp', '', '', after)
    )
  }

  /** `heroku[router]: ` */
  private readBrackets(text: string, start: number, end: number): boolean {
    const known = this.bracketText
    if (known !== '' && start + known.length <= end && text.startsWith(known, start)) {
      return this.found('heroku', this.bracketSource, this.bracketProcess, start + known.length)
    }
    let opening = start
    for (let code = 0; code !== OPENING; opening += 1) {
      code = text.charCodeAt(opening)
      if (opening >= end || code === SPACE || code === COLON) return false
    }
    opening -= 1
    let closing = opening + 1
    while (closing < end && text.charCodeAt(closing) !== CLOSING) closing += 1
    if (closing + 1 >= end || text.charCodeAt(closing + 1) !== COLON) return false
    const message = text.charCodeAt(closing + 2) === SPACE ? closing + 3 : closing + 2
    this.bracketText = text.slice(start, Math.min(message, end))
    this.bracketSource = text.slice(start, opening)
    this.bracketProcess = text.slice(opening + 1, closing)
    return this.found('heroku', this.bracketSource, this.bracketProcess, Math.min(message, end))
  }

  private readYearless(text: string, start: number, end: number): boolean {
    const line = text.slice(start, end)
    const atMicros = this.stamps.readYearless(line)
    if (atMicros === null) return false
    this.atMicros = atMicros
    const after = this.stamps.next
    return (
      this.readProgram(line.slice(after), start + after) ||
      this.found('stamp', '', '', start + after)
    )
  }

  /** What syslog daemons and log services put between the time and the message. */
  private readProgram(rest: string, start: number): boolean {
    const match = PROGRAM.exec(rest) ?? TAGGED.exec(rest)
    if (match === null) return false
    return this.found('papertrail', match[1] ?? '', match[2] ?? '', start + match[0].length)
  }

  private readSyslog(text: string, start: number, end: number): boolean {
    const line = text.slice(start, end)
    const match = SYSLOG.exec(line)
    if (match === null) return false
    const [header, stamp, host = '', app = '', process = ''] = match
    let message = header.length
    if (stamp === undefined) return this.readYearless(text, start + message, end)
    if (this.stamps.readFull(stamp, 0)) this.atMicros = this.stamps.atMicros
    // Until 2013 drains had no host, and the token in the place of the process.
    if (process.startsWith('d.')) return this.found('syslog', host, app, start + message)
    message += structuredDataLength(line.slice(message), host)
    if (line.charCodeAt(message) === BYTE_ORDER_MARK) message += 1
    return this.found('syslog', sourceOf(app), process, start + message)
  }

  private readArchive(text: string, start: number, end: number): boolean {
    const match = ARCHIVE.exec(text.slice(start, end))
    if (match === null) return false
    const [header, generated = '', received = '', program = ''] = match
    const { stamps } = this
    if (stamps.readFull(generated, 0) || stamps.readFull(received, 0)) {
      this.atMicros = stamps.atMicros
    }
    const slash = program.indexOf('/')
    const source = slash < 0 ? program : program.slice(0, slash)
    const process = slash < 0 ? '' : program.slice(slash + 1)
    return this.found('archive', source, process, start + header.length)
  }

  private readJson(line: string): boolean {
    const record = parseJsonRecord(line)
    if (record === null) return false
    const { time, source, process, text } = record
    if (typeof time === 'number') this.atMicros = microsOf(time)
    else if (time !== null && this.stamps.readFull(time, 0)) this.atMicros = this.stamps.atMicros
    if (Number.isNaN(this.atMicros) && source === '') return false
    if (source === '' && PACKED.test(text) && this.readAt(text, 0, text.length)) {
      this.unpacked = text.slice(this.messageStart)
      return this.found('json', this.source, this.process, 0)
    }
    this.unpacked = text
    return this.found('json', source, process, 0)
  }

  private found(form: LineForm, source: string, process: string, messageStart: number): boolean {
    this.form = form
    this.source = source
    this.process = process
    this.messageStart = messageStart
    return true
  }
}

function isQuoting(code: number): boolean {
  return code === SPACE || code === TAB || code === GREATER
}

/** Bodies for HTTPS have `host` in the place of a host, and no nil value for structured data. */
function structuredDataLength(rest: string, host: string): number {
  if (rest.startsWith('[')) return STRUCTURED_DATA.exec(rest)?.[0].length ?? 0
  return host !== 'host' && (rest === '-' || rest.startsWith('- ')) ? Math.min(2, rest.length) : 0
}

/** log-shuttle's own lines come with the token of the app's source in its place. */
function sourceOf(app: string): string {
  return app.startsWith('t.') ? 'app' : app
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, whichever gives a year of ours. */
function microsOf(time: number): number {
  let micros = time
  if (time < 1e11) micros *= 1e6
  else if (time < 1e14) micros *= 1e3
  else if (time >= 1e17) micros /= 1e3
  return Math.round(micros)
}
