import type { LogMessage } from '../messages/message.js'

/**
 * How a line says when it was written and by whom:
 *
 * - `heroku`: `2026-03-02T09:43:06.123456+00:00 app[web.1]: text`, as `heroku logs` prints it
 * - `syslog`: `<158>1 2026-03-02T09:43:06+00:00 host heroku router - text`, as a drain gets it
 * - `papertrail`: `Mar 02 09:43:06 shop app/web.1:  text`
 * - `archive`: ten fields with tabs between them, as Papertrail's archives have
 * - `json`: an object with a time and a message, as Better Stack and others export
 * - `stamp`: a time alone
 * - `none`: nothing; the line is all message
 */
export type LineForm = 'heroku' | 'syslog' | 'papertrail' | 'archive' | 'json' | 'stamp' | 'none'

/** A line that was read from somebody's log. */
export interface ReadLine {
  /** Number of the line in the input, from 1. */
  readonly number: number
  readonly form: LineForm
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
  /** Whether it belongs to the line before it: the next line of a text, or of a stack trace. */
  readonly continues: boolean
}
