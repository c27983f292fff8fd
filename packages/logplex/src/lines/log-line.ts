import type { Generation, LogSource } from '@celadon/contracts'
import { formatTimestamp } from './timestamp.js'

/** One line of the log. */
export interface LogLine {
  /** Whole microseconds since 1970 (UTC). */
  readonly atMicros: number
  readonly source: LogSource
  /** What stands in brackets: `web.1`, `router`, `api`. */
  readonly process: string
  /** The message, without line breaks. */
  readonly text: string
}

/** A line as `heroku logs` prints it: `2026-03-02T09:43:06.123456+00:00 app[web.1]: text`. */
export function formatLogLine(line: LogLine, generation: Generation): string {
  const { source, process, text } = line
  return `${formatTimestamp(line.atMicros, generation)} ${source}[${process}]: ${text}`
}
