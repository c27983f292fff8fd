import type { LogMessage } from '../messages/message.js'
import type { LineForm, ReadLine } from './read-line.js'

/** What a {@link LogReader} met so far: what was understood of a log, and what is wrong with it. */
export interface ReadCounts {
  /** Bytes taken in; of text, UTF-16 units. */
  readonly bytes: number
  /** Lines handed on. */
  readonly lines: number
  /** Empty lines, which are not handed on. */
  readonly blank: number
  /** Lines whose message is more than a `text`. */
  readonly understood: number
  /** Lines by the type of their message; a type that did not occur is missing. */
  readonly messages: Readonly<Partial<Record<LogMessage['type'], number>>>
  /** Lines by the form of their header; a form that did not occur is missing. */
  readonly forms: Readonly<Partial<Record<LineForm, number>>>
  /** Lines without a header that are the next line of a text, and lines of stack traces. */
  readonly continued: number
  /** Lines without a time, but for those without a header. */
  readonly undated: number
  /** Lines with a time before that of a line above them. */
  readonly outOfOrder: number
  /** A first line without its beginning, and a last one without its end. */
  readonly truncated: number
  /** Lines over 65,536 characters, which are cut into several. */
  readonly overlong: number
  /** Frames that do not end where their length says. */
  readonly wrongFrames: number
  /** Characters U+FFFD, which stand where the bytes are no text. */
  readonly undecodable: number
}

/** The counts while they grow. */
export class RunningCounts implements ReadCounts {
  bytes = 0
  lines = 0
  blank = 0
  understood = 0
  readonly messages: Partial<Record<LogMessage['type'], number>> = {}
  readonly forms: Partial<Record<LineForm, number>> = {}
  continued = 0
  undated = 0
  outOfOrder = 0
  truncated = 0
  overlong = 0
  wrongFrames = 0
  undecodable = 0

  private newestMicros = Number.NEGATIVE_INFINITY

  line({ form, atMicros, message, continues }: ReadLine): void {
    this.lines += 1
    this.forms[form] = (this.forms[form] ?? 0) + 1
    this.messages[message.type] = (this.messages[message.type] ?? 0) + 1
    if (message.type !== 'text') this.understood += 1
    if (continues) this.continued += 1
    if (atMicros === null) this.undated += form === 'none' ? 0 : 1
    else if (atMicros < this.newestMicros) this.outOfOrder += 1
    else this.newestMicros = atMicros
  }
}
