import type { Generation } from '@celadon/contracts'
import type { ByteWriter } from '../bytes/byte-writer.js'
import type { LogLine } from '../lines/log-line.js'
import { TimestampFormat } from '../lines/timestamp.js'
import type { FrameForm } from './frame.js'
import { priorityOf } from './priority.js'

/** Longest fields of a header. Source: RFC 5424, section 6. */
const HOST_LENGTH_MAX = 255
const PROCESS_LENGTH_MAX = 128

const NOT_PRINTABLE = /[^!-~]/g
const SPACE = 0x20
const LINE_FEED = 0x0a

/** When a line was written, and by whom. */
type LineOrigin = Omit<LogLine, 'text'>

/** Writes messages: `<158>1 2026-03-02T09:43:06.123456+00:00 d.… heroku router - - at=info …\n`. */
export class SyslogFormat {
  private readonly host: string
  private readonly end: string
  private readonly timestamps: TimestampFormat

  /** @param token the drain's; the form `https` has no place for it */
  constructor(form: FrameForm, token: string, generation: Generation) {
    this.host = form === 'https' ? 'host' : headerField(token, HOST_LENGTH_MAX)
    this.end = form === 'https' ? ' - ' : ' - - '
    this.timestamps = new TimestampFormat(generation)
  }

  write({ atMicros, source, process }: LineOrigin, text: string, out: ByteWriter): void {
    out.text(`<${priorityOf(source, process, text)}>1 `)
    this.timestamps.write(atMicros, out)
    out.byte(SPACE)
    out.text(this.host)
    out.byte(SPACE)
    out.text(source)
    out.byte(SPACE)
    out.text(headerField(process, PROCESS_LENGTH_MAX))
    out.text(this.end)
    out.text(text)
    out.byte(LINE_FEED)
  }
}

/** A field that a strict receiver takes: printable ASCII without spaces, never empty. */
function headerField(text: string, lengthMax: number): string {
  return text.replace(NOT_PRINTABLE, '_').slice(0, lengthMax) || '-'
}
