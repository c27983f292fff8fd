import type { HttpRequest, LogSink, LogSource } from '@celadon/contracts'
import { requireWhole } from '../errors.js'
import { formatAppLine } from '../lines/app-line.js'
import { LineEncoder } from '../lines/line-encoder.js'
import { isOneLine, splitLines } from '../lines/text-lines.js'
import { wholeSecond } from '../lines/timestamp.js'
import { ChunkedFirehose, type Firehose, type FirehoseOptions } from './firehose.js'
import type { LogOutlet } from './log-outlet.js'
import { LogRing } from './log-ring.js'
import { appLine, LogRow } from './log-row.js'
import { type LogClock, type LogplexOptions, RING_LINES_MAX, resolveOptions } from './options.js'
import { RequestIdentity } from './request-identity.js'

/** Lines that `heroku logs` prints unless told otherwise. Source: Heroku Dev Center, "Logging". */
const DEFAULT_RECENT_LINES = 100

/** Error messages up to this length keep a request's line under 10,000 characters, escapes included. */
const SHORT_ERROR_LENGTH = 1000

/** Which of the kept lines are wanted, and how many of them. */
export interface RecentOptions {
  /** Most lines to return, 0 to 1,000,000; there are never more than the ring keeps. Default 100. */
  readonly lines?: number
  /** Only lines of this source. */
  readonly source?: LogSource
  /** Only lines of this process, or of all of a type: `web` stands for `web.1`, `web.2` and so on. */
  readonly process?: string
}

/**
 * Makes the log of one app.
 *
 * @throws `LOGPLEX_ARGUMENT_INVALID` when an option is outside of what is accepted
 */
export function createLogplex(options: LogplexOptions): Logplex {
  return new Logplex(options)
}

/**
 * The log of one app: takes lines in from router, dynos, platform and add-ons, keeps the newest and
 * hands every line to the drains. Lines are in the order in which they were written.
 */
export class Logplex implements LogSink {
  private taken = 0
  private outlets: readonly LogOutlet[] = []

  private readonly simulation: LogClock
  private readonly epochMicros: number
  private readonly appRequestLines: boolean
  private readonly ring: LogRing
  private readonly encoder: LineEncoder

  /** Use {@link createLogplex}. */
  constructor(options: LogplexOptions) {
    const { simulation, generation, host, seed, ringLines, requestLines } = resolveOptions(options)
    this.simulation = simulation
    this.epochMicros = Math.round(simulation.epochMs * 1000)
    this.appRequestLines = requestLines === 'router+app'
    this.ring = new LogRing(ringLines)
    this.encoder = new LineEncoder(generation, host, new RequestIdentity(seed))
  }

  /** Lines taken in so far. */
  get lines(): number {
    return this.taken
  }

  /**
   * Takes a text in at the current virtual time. Line breaks in it part it into lines, and so do
   * 10,000 characters without one.
   */
  write(source: LogSource, process: string, text: string): void {
    if (isOneLine(text)) {
      this.writeLine(source, process, text)
      return
    }
    for (const line of splitLines(text)) this.writeLine(source, process, line)
  }

  /**
   * Takes a line about a finished request in at the current virtual time. The request may be reused
   * afterwards.
   */
  writeRequest(source: LogSource, process: string, request: HttpRequest): void {
    if (source === 'app') {
      if (!this.appRequestLines) return
      if (isLong(request.work.error)) {
        this.writeLongRequest(process, request)
        return
      }
    }
    const row = this.claim(source, process)
    row.copy(request)
    if (this.outlets.length > 0) this.deliver(row)
  }

  /**
   * The newest lines, oldest of them first, as `heroku logs -n LINES --source SOURCE --ps PROCESS`
   * prints them.
   *
   * @throws `LOGPLEX_ARGUMENT_INVALID` when `lines` is not a whole number from 0 to 1,000,000
   */
  recent(options: RecentOptions = {}): string[] {
    const { lines = DEFAULT_RECENT_LINES, source, process } = options
    requireWhole('lines', lines, 0, RING_LINES_MAX)
    const { ring } = this
    const rows: LogRow[] = []
    for (let age = 0; age < ring.size && rows.length < lines; age += 1) {
      const row = ring.row(age)
      if (source !== undefined && row.source !== source) continue
      if (process !== undefined && !isOfProcess(row.process, process)) continue
      rows.push(row)
    }
    return rows.reverse().map((row) => this.encoder.lineOf(row))
  }

  /**
   * Hands every line from now on to `write`, as UTF-8 in chunks of whole lines, each ended by `\n`.
   * Flush or close the firehose to get the last of them. `write` may keep a chunk; it must not log
   * itself.
   *
   * @throws `LOGPLEX_ARGUMENT_INVALID` when an option is outside of what is accepted
   */
  firehose(write: (chunk: Uint8Array) => void, options: FirehoseOptions = {}): Firehose {
    const firehose = new ChunkedFirehose(write, options, this.encoder, (closed) => {
      this.outlets = this.outlets.filter((other) => other !== closed)
    })
    this.outlets = [...this.outlets, firehose]
    return firehose
  }

  private writeLine(source: LogSource, process: string, text: string): void {
    const row = this.claim(source, process)
    row.text = text
    // Events of the platform's API are stamped in whole seconds.
    if (process === 'api') row.atMicros = wholeSecond(row.atMicros)
    if (this.outlets.length > 0) this.deliver(row)
  }

  /** Makes the text of an app's line at once, since it may have to be split. */
  private writeLongRequest(process: string, request: HttpRequest): void {
    const row = new LogRow()
    row.copy(request)
    this.write('app', process, formatAppLine(appLine(row)))
  }

  private claim(source: LogSource, process: string): LogRow {
    this.taken += 1
    const row = this.ring.claim()
    row.atMicros = Math.round(this.simulation.now * 1000) + this.epochMicros
    row.source = source
    row.process = process
    return row
  }

  private deliver(row: LogRow): void {
    for (const outlet of this.outlets) outlet.take(row)
  }
}

function isLong(error: string | null): boolean {
  return error !== null && error.length > SHORT_ERROR_LENGTH
}

function isOfProcess(process: string, wanted: string): boolean {
  return process === wanted || process.startsWith(`${wanted}.`)
}
