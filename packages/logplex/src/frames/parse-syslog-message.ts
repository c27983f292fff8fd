import type { FrameForm } from './frame.js'
import { parseStamp } from './parse-stamp.js'

/** A message as its bytes tell it. */
export interface SyslogMessage {
  /** Facility times 8, plus severity; 0 to 191. */
  readonly priority: number
  /** Whole microseconds since 1970 (UTC). */
  readonly atMicros: number
  readonly host: string
  /** `app` or `heroku`; in what logplex takes in, the token of its writer. */
  readonly source: string
  readonly process: string
  /** `-` in all messages of Heroku's. */
  readonly messageId: string
  /** Without the line feed at the end. What is not UTF-8 is U+FFFD. */
  readonly text: string
}

const PRIORITY_MAX = 191
const MESSAGE = /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+)(?: (.*))?$/s
/** The nil value, or elements in brackets, in which a backslash keeps its next character. */
const STRUCTURED_DATA = /^(?:-|(?:\[(?:[^\]\\]|\\.)*\])+)(?: (.*))?$/s

/** The message in a text; or, as a text of its own, what is wrong with it. */
export function parseSyslogMessage(message: string, form: FrameForm): SyslogMessage | string {
  const match = MESSAGE.exec(message.endsWith('\n') ? message.slice(0, -1) : message)
  if (match === null) return 'the header is not <PRIORITY>1 TIME HOST SOURCE PROCESS ID'
  const [, digits = '', stamp = '', host = '', source = '', process = '', messageId = ''] = match
  const priority = Number(digits)
  if (priority > PRIORITY_MAX) return `the priority ${digits} is above ${PRIORITY_MAX}`
  const atMicros = parseStamp(stamp)
  if (atMicros === null) return `the time ${JSON.stringify(stamp)} is not a timestamp of RFC 5424`
  const text = form === 'https' ? (match[7] ?? '') : afterStructuredData(match[7] ?? '')
  if (text === null) return 'the structured data is neither - nor [...]'
  return { priority, atMicros, host, source, process, messageId, text }
}

function afterStructuredData(rest: string): string | null {
  const match = STRUCTURED_DATA.exec(rest)
  return match === null ? null : (match[1] ?? '')
}
