import type { Generation, HttpRequest, LogSink, LogSource } from '@celadon/contracts'
import { formatAppLine } from './app-line.js'
import { requireWhole } from './errors.js'
import { ChunkedDrain, type LogDrain, type LogDrainOptions } from './log-drain.js'
import { joinLogLine } from './log-line.js'
import { LogRing } from './log-ring.js'
import { appLine, LogRow, routerLine } from './log-row.js'
import { type LogClock, type LogplexOptions, RING_LINES_MAX, resolveOptions } from './options.js'
import { RequestIdentity } from './request-identity.js'
import { formatRouterLine } from './router-line.js'
import { isOneLine, splitLines } from './text-lines.js'
import { TimestampFormat, wholeSecond } from './timestamp.js'

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
  private drains: readonly ChunkedDrain[] = []

  private readonly simulation: LogClock
  private readonly epochMicros: number
  private readonly generation: Generation
  private readonly host: string
  private readonly appRequestLines: boolean
  private readonly ring: LogRing
  private readonly identity: RequestIdentity
  private readonly timestamps: TimestampFormat

  /** Use {@link createLogplex}. */
  constructor(options: LogplexOptions) {
    const { simulation, generation, host, seed, ringLines, requestLines } = resolveOptions(options)
    this.simulation = simulation
    this.epochMicros = Math.round(simulation.epochMs * 1000)
    this.generation = generation
    this.host = host
    this.appRequestLines = requestLines === 'router+app'
    this.ring = new LogRing(ringLines)
    this.identity = new RequestIdentity(seed)
    this.timestamps = new TimestampFormat(generation)
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
    if (this.drains.length > 0) this.deliver(row)
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
    return rows.reverse().map((row) => this.lineOf(row))
  }

  /**
   * Hands every line from now on to `write`, as text in chunks of whole lines, each ended by `\n`.
   * Flush or close the drain to get the last of them. `write` must not log itself.
   *
   * @throws `LOGPLEX_ARGUMENT_INVALID` when an option is outside of what is accepted
   */
  drain(write: (chunk: string) => void, options: LogDrainOptions = {}): LogDrain {
    const drain = new ChunkedDrain(write, options, (closed) => {
      this.drains = this.drains.filter((other) => other !== closed)
    })
    this.drains = [...this.drains, drain]
    return drain
  }

  private writeLine(source: LogSource, process: string, text: string): void {
    const row = this.claim(source, process)
    row.text = text
    // Events of the platform's API are stamped in whole seconds.
    if (process === 'api') row.atMicros = wholeSecond(row.atMicros)
    if (this.drains.length > 0) this.deliver(row)
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
    const line = this.lineOf(row)
    for (const drain of this.drains) drain.append(line)
  }

  private lineOf(row: LogRow): string {
    const timestamp = this.timestamps.format(row.atMicros)
    return joinLogLine(timestamp, row.source, row.process, this.textOf(row))
  }

  private textOf(row: LogRow): string {
    if (row.text !== null) return row.text
    if (row.source === 'app') return formatAppLine(appLine(row))
    return formatRouterLine(routerLine(row, this.host, this.identity), this.generation)
  }
}

function isLong(error: string | null): boolean {
  return error !== null && error.length > SHORT_ERROR_LENGTH
}

function isOfProcess(process: string, wanted: string): boolean {
  return process === wanted || process.startsWith(`${wanted}.`)
}
