import { type FrameForm, MESSAGE_BYTES_MAX } from './frame.js'
import { parseSyslogMessage, type SyslogMessage } from './parse-syslog-message.js'

/** What a {@link FrameParser} found: a message, or what is wrong. */
export type ParsedFrame = FrameMessage | FrameProblem

/** A frame with its message. */
export interface FrameMessage extends SyslogMessage {
  readonly type: 'message'
  /** Place of the frame in the input, in bytes from its start. */
  readonly offset: number
}

/** Something that is not as it should be. */
export interface FrameProblem {
  readonly type: 'problem'
  /** Place of the frame in the input, in bytes from its start. */
  readonly offset: number
  /** What was found, and what would be accepted. */
  readonly problem: string
  /** Whether the rest of the input is lost: the end of this frame is not known. */
  readonly fatal: boolean
}

const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39
const COUNT_DIGITS_MAX = 9
const NOTHING = new Uint8Array(0)

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * All frames of a body or of a recorded connection. {@link FrameParser} does the same piece by
 * piece.
 */
export function parseFrames(bytes: Uint8Array, form: FrameForm): ParsedFrame[] {
  const parser = new FrameParser(form)
  return [...parser.push(bytes), ...parser.end()]
}

/**
 * Reads octet-counted frames from bytes that come piece by piece: `LENGTH SPACE MESSAGE`, with
 * nothing between them. Never throws. A message that cannot be understood or is longer than 10,240
 * bytes is a problem, and the next frame is read; without a good length nothing after it can be.
 */
export class FrameParser {
  private rest = NOTHING
  /** Place of `rest` in the input. */
  private offset = 0
  /** Bytes of a message that is too long, still to come. */
  private skip = 0
  private lost = false

  constructor(private readonly form: FrameForm) {}

  /** Takes the next bytes; returns the frames that end in them. */
  push(bytes: Uint8Array): ParsedFrame[] {
    const found: ParsedFrame[] = []
    if (this.lost) return found
    this.append(bytes)
    while (this.readFrame(found));
    return found
  }

  /** Tells that no more bytes come; returns the problem if a frame has begun. */
  end(): ParsedFrame[] {
    if (this.lost) return []
    this.lost = true
    const found = this.rest.length
    if (found === 0 && this.skip === 0) return []
    return [problem(this.offset, 'the input ends within a frame', true)]
  }

  private append(bytes: Uint8Array): void {
    const skipped = Math.min(this.skip, bytes.length)
    this.skip -= skipped
    this.offset += skipped
    const added = bytes.subarray(skipped)
    if (this.rest.length === 0) {
      this.rest = added.slice()
      return
    }
    const joined = new Uint8Array(this.rest.length + added.length)
    joined.set(this.rest)
    joined.set(added, this.rest.length)
    this.rest = joined
  }

  /** Takes a frame off the front; false when there is no whole one. */
  private readFrame(found: ParsedFrame[]): boolean {
    const { rest, offset } = this
    const digits = countDigits(rest)
    if (digits === rest.length && digits <= COUNT_DIGITS_MAX) return false
    const length = digits <= COUNT_DIGITS_MAX ? Number(decoder.decode(rest.subarray(0, digits))) : 0
    if (rest[digits] !== SPACE || length === 0) {
      const start = JSON.stringify(decoder.decode(rest.subarray(0, digits + 1)))
      found.push(problem(offset, `a frame starts with its length and a space, not ${start}`, true))
      this.lost = true
      this.rest = NOTHING
      return false
    }
    const end = digits + 1 + length
    if (length > MESSAGE_BYTES_MAX) {
      const limit = `a message of ${length} bytes is longer than ${MESSAGE_BYTES_MAX}`
      found.push(problem(offset, limit, false))
      this.skip = Math.max(0, end - rest.length)
    } else {
      if (end > rest.length) return false
      found.push(this.frame(decoder.decode(rest.subarray(digits + 1, end)), offset))
    }
    this.rest = rest.subarray(end)
    this.offset += Math.min(end, rest.length)
    return true
  }

  private frame(text: string, offset: number): ParsedFrame {
    const message = parseSyslogMessage(text, this.form)
    if (typeof message === 'string') return problem(offset, message, false)
    return { type: 'message', offset, ...message }
  }
}

function problem(offset: number, text: string, fatal: boolean): FrameProblem {
  return { type: 'problem', offset, problem: text, fatal }
}

/** Decimal digits at the start, and not many more than a length may have. */
function countDigits(bytes: Uint8Array): number {
  let digits = 0
  while (digits < bytes.length && digits <= COUNT_DIGITS_MAX && isDigit(bytes[digits])) digits += 1
  return digits
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE
}
