import type { LogMessage } from '../messages/message.js'

/** A line that was read from somebody's log. */
export interface ReadLine {
  /** Number of the line in the input, from 1. */
  readonly number: number
  /** Whole microseconds since 1970 (UTC); null where the line has no time of its own. */
  readonly atMicros: number | null
  /** `app` or `heroku`, or what stands in its place; empty where the line has no header. */
  readonly source: string
  /** What stands in brackets; empty where the line has no header. */
  readonly process: string
  /** The message, without colours and line break. */
  readonly text: string
  /** The same, understood. */
  readonly message: LogMessage
}
