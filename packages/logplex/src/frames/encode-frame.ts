import type { Generation } from '@celadon/contracts'
import { ByteWriter } from '../bytes/byte-writer.js'
import type { LogLine } from '../lines/log-line.js'
import type { FrameForm } from './frame.js'
import { SyslogFormat } from './syslog-format.js'

const SPACE = 0x20

const message = new ByteWriter()
const frame = new ByteWriter()

/**
 * A line as a syslog drain sends it over TCP or TLS: the number of bytes, a space, and a message as
 * in RFC 5424, which ends with a line feed (RFC 6587, octet counting):
 * `117 <158>1 2026-03-02T09:43:06.123456+00:00 d.… heroku router - - at=info …\n`.
 *
 * The text is UTF-8; half a surrogate pair becomes U+FFFD. In the process, what is not printable
 * ASCII becomes `_`. Send frames one after the other, with nothing in between. Source: Heroku Dev
 * Center, "Log Drains"; logplex's source.
 *
 * @param token of the drain, `d.` and a UUID; stands where the host is
 * @param generation chooses seconds or microseconds. Default `router-2.0`: microseconds
 */
export function encodeSyslogFrame(
  line: LogLine,
  token: string,
  generation: Generation = 'router-2.0',
): Uint8Array {
  return encodeFrame('syslog', line, token, generation)
}

/**
 * A line as an HTTPS drain sends it: the number of bytes, a space, and a message without a place for
 * structured data, which ends with a line feed:
 * `86 <45>1 2012-11-30T06:45:29+00:00 host heroku web.3 - State changed from starting to up\n`.
 * The body of a POST is one or more of them; {@link httpsHeaders} makes its headers.
 *
 * The text is encoded as by {@link encodeSyslogFrame}. Source: Heroku Dev Center, "Log Drains".
 *
 * @param generation chooses seconds or microseconds. Default `router-2.0`: microseconds
 */
export function encodeHttpsFrame(line: LogLine, generation: Generation = 'router-2.0'): Uint8Array {
  return encodeFrame('https', line, '', generation)
}

/** Writes a message, line feed included, with its length in bytes before it. */
export function writeFrame(message: Uint8Array, out: ByteWriter): void {
  out.whole(message.length)
  out.byte(SPACE)
  out.bytes(message)
}

/** Writes a line as a frame. */
export function writeLineFrame(line: LogLine, format: SyslogFormat, out: ByteWriter): void {
  message.clear()
  format.write(line, line.text, message)
  writeFrame(message.view(), out)
}

function encodeFrame(
  form: FrameForm,
  line: LogLine,
  token: string,
  generation: Generation,
): Uint8Array {
  frame.clear()
  writeLineFrame(line, new SyslogFormat(form, token, generation), frame)
  return frame.view().slice()
}
