import type { HttpRequest, LogSink, LogSource } from '@celadon/contracts'
import { type DeliveryStatistics, LogDelivery } from '../delivery/log-delivery.js'
import type { Shuttle } from '../delivery/shuttle.js'
import type { Drain, DrainOptions } from '../drains/drain.js'
import { DrainList } from '../drains/drain-list.js'
import { requireWhole } from '../errors.js'
import type { LogLine } from '../lines/log-line.js'
import { isOneLine, splitLines } from '../lines/text-lines.js'
import { wholeSecond } from '../lines/timestamp.js'
import { BufferedTail } from '../tails/buffered-tail.js'
import { HISTORY_DISCARDED_WARNING, unavailableLine } from '../tails/tail-notices.js'
import type { TailSession } from '../tails/tail-session.js'
import { ChunkedFirehose, type Firehose, type FirehoseOptions } from './firehose.js'
import { IntakeLimit } from './intake-limit.js'
import { LineFilter, type LineSelection } from './line-filter.js'
import { LogChannel } from './log-channel.js'
import type { HistoryState } from './log-history.js'
import { LogRow } from './log-row.js'
import { type LogplexOptions, RING_LINES_MAX, resolveOptions } from './options.js'
import { type PostAnswer, readPost } from './read-post.js'
import { Tokens } from './tokens.js'

/** Lines that `heroku logs` prints unless told otherwise. Source: Heroku Dev Center, "Logging". */
const DEFAULT_RECENT_LINES = 100

/**
 * Bytes that path and error may take of a request's line without anybody counting: the rest of the
 * line, a host name of 253 bytes included, has fewer than the 1,000 that are left.
 */
const UNCOUNTED_BYTES = 9000
/** Bytes that a UTF-16 unit of a path takes at most: three, each percent-encoded. */
const PATH_UNIT_BYTES = 9
/** Bytes that a UTF-16 unit of an error takes at most: an escape such as `\ud800`. */
const ERROR_UNIT_BYTES = 6

/** Which of the kept lines are wanted, and how many of them. */
export interface RecentOptions extends LineSelection {
  /**
   * Most lines to return, 0 to 1,000,000; there are never more than the ring keeps: who asks for
   * 5000 gets 1500, as from `heroku logs`. Default 100.
   */
  readonly lines?: number
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
 * hands every line to whoever wants all of them. Lines are in the order in which they reached
 * logplex; that is the one in which they were written, unless there is a `delivery`.
 */
export class Logplex implements LogSink {
  /** The token of each source: what a writer has to know to {@link post} under it. */
  readonly tokens: Readonly<Record<LogSource, string>>

  private readonly channel: LogChannel
  private readonly drainList: DrainList
  private readonly appRequestLines: boolean
  private readonly limit: IntakeLimit | null
  private readonly shuttles: LogDelivery | null

  /** Use {@link createLogplex}. */
  constructor(options: LogplexOptions) {
    const resolved = resolveOptions(options)
    this.channel = new LogChannel(resolved)
    const tokens = new Tokens(resolved.seed)
    this.tokens = tokens.sources
    this.drainList = new DrainList(this.channel, this, tokens, resolved.seed)
    this.appRequestLines = resolved.requestLines === 'router+app'
    const { delivery, linesPerMinute } = resolved
    this.limit = linesPerMinute === null ? null : new IntakeLimit(linesPerMinute)
    this.shuttles = delivery === null ? null : new LogDelivery(delivery, this.channel)
  }

  /** Lines taken in so far; those that are on their way from a dyno come later. */
  get lines(): number {
    return this.channel.ring.written
  }

  /**
   * Takes a text in at the current virtual time. Line breaks in it part it into lines, and so do
   * 10,000 bytes without one.
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
    if (source === 'app' && !this.appRequestLines) return
    if (mayBeLong(request)) {
      this.writeLongRequest(source, process, request)
      return
    }
    if (this.limit !== null && !this.admits(this.limit)) return
    const shuttle = this.shuttleOf(source, process)
    const row = this.claim(shuttle, source, process)
    row.copy(request)
    this.pass(shuttle)
  }

  /**
   * Takes messages in as logplex's HTTP input does: octet-counted frames as in a POST of
   * `application/logplex-1`, `LENGTH <PRIORITY>1 TIME HOST TOKEN PROCESS - - TEXT`. Lines keep their
   * own time; priority and host are not kept. Source: logplex's source.
   */
  post(body: Uint8Array): PostAnswer {
    const { lines, answer } = readPost(body, this.tokens)
    for (const line of lines) {
      for (const text of splitLines(line.text)) this.add({ ...line, text })
    }
    return answer
  }

  /**
   * The newest lines, oldest of them first, as `heroku logs -n LINES --source SOURCE --ps PROCESS`
   * prints them.
   *
   * @throws `LOGPLEX_ARGUMENT_INVALID` when `lines` is not a whole number from 0 to 1,000,000
   */
  recent(options: RecentOptions = {}): string[] {
    const { ring, history, encoder, nowMicros, generation } = this.channel
    const count = resolveLines(options)
    if (history.state === 'unavailable') return [unavailableLine(nowMicros, generation)]
    const numbers = history.newest(count, new LineFilter(options), nowMicros)
    return numbers.map((number) => encoder.lineOf(ring.row(number)))
  }

  /**
   * Creates a tail session, as `heroku logs --tail` does; connect a reader to it. Lines and choice
   * are those of {@link recent}.
   *
   * @throws `LOGPLEX_ARGUMENT_INVALID` when `lines` is not a whole number from 0 to 1,000,000
   */
  tail(options: RecentOptions = {}): TailSession {
    return new BufferedTail(this.channel, options, resolveLines(options))
  }

  /** What became of the lines of the dynos; `null` without the option `delivery`. */
  get delivery(): DeliveryStatistics | null {
    return this.shuttles === null ? null : this.shuttles.statistics
  }

  /** Lines beyond the option `linesPerMinute`. */
  get refused(): number {
    return this.limit === null ? 0 : this.limit.refused
  }

  /** What becomes of the lines that {@link recent} shows. Default `kept`. */
  get history(): HistoryState {
    return this.channel.history.state
  }

  set history(state: HistoryState) {
    this.channel.history.state = state
  }

  /** What `heroku logs` warns of beside the lines; `null` when there is nothing. */
  get historyWarning(): string | null {
    return this.history === 'discarded' ? HISTORY_DISCARDED_WARNING : null
  }

  /** Whether new tail sessions are refused, because the app logs too much: L20. Default false. */
  get tailsForbidden(): boolean {
    return this.channel.tailsForbidden
  }

  set tailsForbidden(forbidden: boolean) {
    this.channel.tailsForbidden = forbidden
  }

  /**
   * Hands every line from now on to `write`, as UTF-8 in chunks of whole lines, each ended by `\n`.
   * Flush or close the firehose to get the last of them. A chunk is written over once `write` has
   * returned: copy what is to be kept. `write` must not log itself.
   *
   * @throws `LOGPLEX_ARGUMENT_INVALID` when an option is outside of what is accepted
   */
  firehose(write: (chunk: Uint8Array) => void, options: FirehoseOptions = {}): Firehose {
    return new ChunkedFirehose(write, options, this.channel)
  }

  /** The app's drains, oldest first. */
  get drains(): readonly Drain[] {
    return this.drainList.current
  }

  /**
   * Adds a drain: from now on its consumer gets every line, as far as it keeps up. It needs a
   * `simulation` that schedules events. A drain whose consumer is down tries again for ever, so end
   * runs by time.
   *
   * @throws `LOGPLEX_ARGUMENT_INVALID` when the URL is not a drain's, the app has 5 drains, or the
   * log was made with a clock alone
   */
  addDrain(options: DrainOptions): Drain {
    return this.drainList.add(options)
  }

  private writeLine(source: LogSource, process: string, text: string): void {
    if (this.limit !== null && !this.admits(this.limit)) return
    const shuttle = this.shuttleOf(source, process)
    const row = this.claim(shuttle, source, process)
    row.text = text
    // Events of the platform's API are stamped in whole seconds.
    if (process === 'api') row.atMicros = wholeSecond(row.atMicros)
    this.pass(shuttle)
  }

  /** Takes a line in that has a time of its own. */
  private add({ atMicros, source, process, text }: LogLine): void {
    if (this.limit !== null && !this.admits(this.limit)) return
    const row = this.claim(null, source, process)
    row.atMicros = atMicros
    row.text = text
    this.channel.publish()
  }

  /** Makes the text of a request's line at once, since it may have to be split. */
  private writeLongRequest(source: LogSource, process: string, request: HttpRequest): void {
    const row = new LogRow()
    row.source = source
    row.copy(request)
    this.write(source, process, this.channel.encoder.textOf(row))
  }

  private admits(limit: IntakeLimit): boolean {
    const answer = limit.admits(this.channel.clock.now)
    if (answer === 'notice') {
      const row = this.claim(null, 'heroku', 'logplex')
      row.text = limit.notice
      this.channel.publish()
    }
    return answer === 'yes'
  }

  /** What carries a line to logplex; `null` when it is there at once. */
  private shuttleOf(source: LogSource, process: string): Shuttle | null {
    return this.shuttles === null ? null : this.shuttles.shuttleOf(source, process)
  }

  private claim(shuttle: Shuttle | null, source: LogSource, process: string): LogRow {
    const row = shuttle === null ? this.channel.claim() : shuttle.claim()
    row.source = source
    row.process = process
    return row
  }

  private pass(shuttle: Shuttle | null): void {
    if (shuttle === null) this.channel.publish()
    else shuttle.commit()
  }
}

function resolveLines({ lines = DEFAULT_RECENT_LINES }: RecentOptions): number {
  requireWhole('lines', lines, 0, RING_LINES_MAX)
  return lines
}

/** Whether a request's line could have more than 10,000 bytes. */
function mayBeLong({ endpoint, work }: HttpRequest): boolean {
  const error = work.error === null ? 0 : work.error.length
  return endpoint.path.length * PATH_UNIT_BYTES + error * ERROR_UNIT_BYTES > UNCOUNTED_BYTES
}
