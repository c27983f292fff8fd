import { requireWhole } from '../errors.js'
import { parseRouterLine } from '../lines/parse-router-line.js'
import type { LogMessage } from '../messages/message.js'
import { parseMessage } from '../messages/parse-message.js'
import { HeaderReader } from './header-reader.js'
import { InputDecoder, withoutMark } from './input-decoder.js'
import { LineCutter, type LineSink } from './line-cutter.js'
import { type ReadCounts, RunningCounts } from './read-counts.js'
import type { ReadLine } from './read-line.js'

/** Bytes that are decoded at once. Our choice: they fit the cache. */
const PIECE_BYTES = 65_536
const REPLACEMENT = '\ufffd'
const ESCAPE = '\x1b'
const NUL = '\0'
const OPENING_BRACKET = 0x5b
const ROUTER = 'router'

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
const CONTROLS = /\0|\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g
/** A line with colours whose escape characters were lost on the way to a web page, and its colours. */
const BARE_COLORED = /^\[\d{1,2}(?:;\d{1,2})*m\d{4}-/
const BARE_COLORS = /\[\d{1,2}(?:;\d{1,2})*m/g
/** A line of a stack trace: indented, a cause, or a place in a Ruby file. */
const TRACE = /^(?:\t| {2,}\S|Caused by: |\S+:\d+:in [`'])/
/** A router's message without its header. */
const BARE_ROUTER = /^(?:at|sock)=/
/** A line that stops within its time. */
const CUT_STAMP = /^\d{4}-[\dT:.+-]*$/
/** What a line begins with that stops after its time. */
const CUT_SOURCES = ['app[', 'heroku[']

/** How a log is read. */
export interface LogReaderOptions {
  /**
   * Gets each line in turn. It must not call `push` or `end` itself. What it throws comes out of
   * them; the reader is of no use after that.
   */
  readonly onLine: (line: ReadLine) => void
  /**
   * Year of the first line, should its time be one without a year, as Papertrail prints. Later lines
   * take the year nearest to the line above. Without it such times are `null` until a full one came.
   * 1970 to 9999.
   */
  readonly year?: number
}

/** Reads a log that comes piece by piece. */
export interface LogReader {
  /** What was met so far; it grows with each line. */
  readonly counts: ReadCounts
  /** Takes the next piece, cut anywhere. Hands on the lines that end in it. */
  push(chunk: Uint8Array | string): void
  /** Tells that the input ends, and hands on its last line. What comes later is another input. */
  end(): void
}

/**
 * Makes a reader of logs as people have them: pasted, exported, redirected, recorded from a drain.
 * Nothing in the input makes it fail. It takes
 *
 * - UTF-8 and UTF-16, with a byte order mark or without; `\n`, `\r\n` and `\r`; colours, which it
 *   removes, without their escape characters too; lines over 65,536 characters, which it cuts
 * - each {@link LineForm}, mixed, with spaces and `>` before it, times of any era and offset
 * - frames of drains with and without line feeds between them, and with wrong lengths
 * - texts of several lines and stack traces: their further lines say `continues`
 *
 * How the input was cut into pieces makes no difference. Texts are cut out of pieces of 64 KB and
 * keep these alive: copy what is to stay.
 *
 * @throws `LOGPLEX_ARGUMENT_INVALID` when `year` is not a whole number from 1970 to 9999
 */
export function createLogReader(options: LogReaderOptions): LogReader {
  return new StreamingLogReader(options)
}

class StreamingLogReader implements LogReader, LineSink {
  readonly counts: RunningCounts = new RunningCounts()

  private readonly onLine: (line: ReadLine) => void
  private readonly decoder = new InputDecoder()
  private readonly cutter = new LineCutter(this)
  private readonly header: HeaderReader

  private number = 0
  /** Whether the input has not begun yet. */
  private fresh = true
  private isFirst = true
  private lastSource = ''
  private lastProcess = ''
  /** Whether a line with a header came. */
  private afterHeader = false
  /** Whether the input has colours or zero bytes. */
  private dirty = false

  constructor({ onLine, year }: LogReaderOptions) {
    this.onLine = onLine
    if (year !== undefined) requireWhole('year', year, 1970, 9999)
    this.header = new HeaderReader(year ?? null)
  }

  push(chunk: Uint8Array | string): void {
    this.counts.bytes += chunk.length
    if (typeof chunk === 'string') {
      this.read(this.fresh ? withoutMark(chunk) : chunk, false)
      return
    }
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      this.read(this.decoder.decode(chunk.subarray(start, start + PIECE_BYTES)), false)
    }
  }

  end(): void {
    this.read(this.decoder.end(), true)
    this.fresh = true
    this.isFirst = true
    this.afterHeader = false
    this.dirty = false
  }

  line(text: string, start: number, end: number, ended: boolean): void {
    this.number += 1
    if (!this.dirty && text.charCodeAt(start) !== OPENING_BRACKET) {
      this.readLine(text, start, end, ended)
      return
    }
    const clean = withoutControls(text.slice(start, end))
    this.readLine(clean, 0, clean.length, ended)
  }

  overlong(): void {
    this.counts.overlong += 1
  }

  wrongFrame(): void {
    this.counts.wrongFrames += 1
  }

  private read(piece: string, last: boolean): void {
    if (piece !== '') this.fresh = false
    if (piece.includes(ESCAPE) || piece.includes(NUL)) this.dirty = true
    if (piece.includes(REPLACEMENT)) this.counts.undecodable += piece.split(REPLACEMENT).length - 1
    this.cutter.push(piece, last)
  }

  private readLine(text: string, start: number, end: number, ended: boolean): void {
    if (start === end) {
      this.counts.blank += 1
      return
    }
    const { header, isFirst } = this
    this.isFirst = false
    header.read(text, start, end)
    if (header.form === 'none' && isFirst && header.readCut(text.slice(start, end))) {
      this.counts.truncated += 1
    }
    if (header.form === 'none') this.readBare(text.slice(start, end), ended)
    else this.readHeaded(text, end, ended)
  }

  /** A line without a header: the next one of a text, or one that was pasted without. */
  private readBare(text: string, ended: boolean): void {
    if (!ended && CUT_STAMP.test(text)) this.counts.truncated += 1
    const line = BARE_ROUTER.test(text) ? parseRouterLine(text) : null
    if (line === null) this.hand(text, { type: 'text', text }, this.afterHeader)
    else this.hand(text, { type: 'request', line }, false)
  }

  private readHeaded(text: string, end: number, ended: boolean): void {
    const { source, process, unpacked, messageStart } = this.header
    const body =
      unpacked === null ? text.slice(messageStart, end) : unpacked.replace(CONTROLS, '').trimEnd()
    const message = parseMessage(source, process, body)
    if (!ended && isCut(this.header, body)) this.counts.truncated += 1
    const same = process === this.lastProcess && source === this.lastSource
    const continues = message.type === 'text' && same && this.afterHeader && TRACE.test(body)
    this.lastSource = source
    this.lastProcess = process
    this.afterHeader = true
    this.hand(body, message, continues)
  }

  private hand(text: string, message: LogMessage, continues: boolean): void {
    const { form, atMicros, source, process } = this.header
    const line: ReadLine = {
      number: this.number,
      form,
      atMicros: Number.isNaN(atMicros) ? null : atMicros,
      source,
      process,
      text,
      message,
      continues,
    }
    this.counts.line(line)
    this.onLine(line)
  }
}

function withoutControls(line: string): string {
  const clean = line.replace(CONTROLS, '')
  return BARE_COLORED.test(clean) ? clean.replace(BARE_COLORS, '') : clean
}

/** Whether the input stops within a line: its header, or a router's message, which ends in bytes. */
function isCut({ form, process }: HeaderReader, body: string): boolean {
  if (process === ROUTER) return !body.includes(' bytes=')
  if (form !== 'stamp') return false
  return CUT_SOURCES.some((source) => source.startsWith(body) || body.startsWith(source))
}
