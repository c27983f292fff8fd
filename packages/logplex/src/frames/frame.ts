import type { LogLine } from '../lines/log-line.js'

/** How a drain frames its messages: RFC 6587 over TCP or TLS, or as the body of a POST. */
export type FrameForm = 'syslog' | 'https'

/**
 * A line as a message of a drain, with its length in bytes before it:
 * `97 <158>1 2026-03-02T09:43:06.123456+00:00 d.… heroku router - - at=info …\n`.
 */
export type FrameEncoder = (line: LogLine) => Uint8Array
