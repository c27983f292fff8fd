import type { LineFilter } from './line-filter.js'
import type { LogRing } from './log-ring.js'

/**
 * A channel's list of lines lives for a week after the last line: each line renews it. Source:
 * logplex's source, `redis_buffer_expiry`.
 */
const EXPIRY_MICROS = 604_800 * 1_000_000

/**
 * What became of the lines that `heroku logs` shows:
 *
 * - `kept`: the newest 1500 are there.
 * - `discarded`: the operators of logplex keep none, because the app logs too much (`no_redis`).
 * - `unavailable`: the store cannot be reached at the moment, which is error L15.
 */
export type HistoryState = 'kept' | 'discarded' | 'unavailable'

/** The part of the ring that readers may look back to. */
export class LogHistory {
  private current: HistoryState = 'kept'
  /** Number of the first line since the history was empty. */
  private first = 1
  private writtenMicros: number = Number.NEGATIVE_INFINITY

  constructor(
    private readonly ring: LogRing,
    private readonly lines: number,
  ) {}

  get state(): HistoryState {
    return this.current
  }

  set state(state: HistoryState) {
    if (this.current === 'discarded' || state === 'discarded') this.first = this.ring.written + 1
    this.current = state
  }

  /** The newest line was written at this time, in microseconds since 1970. */
  wrote(nowMicros: number): void {
    if (nowMicros - this.writtenMicros >= EXPIRY_MICROS) this.first = this.ring.written
    this.writtenMicros = nowMicros
  }

  /** Number of the oldest line that can be read; one more than the newest when there is none. */
  oldest(nowMicros: number): number {
    const { ring } = this
    const expired = nowMicros - this.writtenMicros >= EXPIRY_MICROS
    if (this.current !== 'kept' || expired) return ring.written + 1
    return Math.max(this.first, ring.written - this.lines + 1)
  }

  /** Numbers of the newest lines that pass, up to `count` of them, oldest first. */
  newest(count: number, filter: LineFilter, nowMicros: number): number[] {
    const { ring } = this
    const oldest = this.oldest(nowMicros)
    const numbers: number[] = []
    for (let number = ring.written; number >= oldest && numbers.length < count; number -= 1) {
      const row = ring.row(number)
      if (filter.passes(row.source, row.process)) numbers.push(number)
    }
    return numbers.reverse()
  }
}
