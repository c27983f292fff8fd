import type { TailReader } from './tail-reader.js'

/**
 * Where a tail session is:
 *
 * - `created`: nobody has connected yet.
 * - `open`: the reader gets lines.
 * - `left`: the reader has closed it.
 * - `timed-out`: logplex has closed it after an hour (a guess: users report about that).
 * - `forbidden`: the app logs too much for tail sessions, error L20.
 * - `expired`: somebody came later than 360 s after it was created; it answers 404.
 */
export type TailStatus = 'created' | 'open' | 'left' | 'timed-out' | 'forbidden' | 'expired'

/**
 * What became of the lines since the reader connected, in lines. At any moment
 * `taken = delivered + filtered + dropped + abandoned + waiting`.
 */
export interface TailStatistics {
  /** Lines of the log that came while the session was open. */
  readonly taken: number
  /** Handed to the reader. */
  readonly delivered: number
  /** Not wanted by the reader. */
  readonly filtered: number
  /** Left out because the buffer was full, whether or not the reader wanted them; L11 tells. */
  readonly dropped: number
  /** Still in the buffer when the connection ended. */
  readonly abandoned: number
  /** In the buffer. */
  readonly waiting: number
  /** Lines of the time before, from the history, that the reader got when it connected. */
  readonly backlog: number
  /** Lines after the reader's last one that the history did not have any more when it came back. */
  readonly missed: number
}

/**
 * `heroku logs --tail`: the newest lines, then each new one. A session that falls more than 1024
 * lines behind loses the oldest and says so in a line of its own, error L11.
 */
export interface TailSession {
  readonly status: TailStatus
  /** Number of the last line that the reader got; 0 before the first. */
  readonly lastId: number
  readonly statistics: TailStatistics
  /**
   * Connects a reader. It gets the newest lines of the history, or, with `after`, all lines after
   * that number which the history still has; then each new line. A session has one connection, and
   * answers for 360 s of virtual time after its creation; another session can go on after its last
   * line.
   *
   * @param after number of the last line that the reader has, as in `Last-Event-ID`
   * @throws `LOGPLEX_ARGUMENT_INVALID` when it was connected before, or `after` is not a line's number
   */
  connect(reader: TailReader, after?: number): TailStatus
  /** The reader asks for more. */
  ready(): void
  /** The reader goes away. What waits in the buffer is gone. */
  disconnect(): void
}
