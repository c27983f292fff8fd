const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39
const LESS = 0x3c

/** Longest line, in UTF-16 units. Our limit, for memory: Heroku's lines have 10,000 bytes. */
const LINE_LENGTH_MAX = 65_536
const COUNT_DIGITS_MAX = 6
/** Instead of a place: what is still to come decides it. */
const UNKNOWN = -1
/** Instead of a place: there is none. */
const WRONG = -2

/** What gets the lines of a text. */
export interface LineSink {
  /** A line stands from `start` to `end`; `ended` unless the input ends with it. */
  line(text: string, start: number, end: number, ended: boolean): void
  /** A line that is too long ends in the middle. */
  overlong(): void
  /** A frame does not end where its length says. */
  wrongFrame(): void
}

/**
 * Cuts text that comes piece by piece into lines: at `\n`, `\r\n` and `\r`, and at the end of a frame
 * whose length in bytes stands before it, `97 <158>1 ...`, wherever the pieces were cut.
 */
export class LineCutter {
  /** What came after the last whole line. */
  private rest = ''
  /** Places of the next `\n` and `\r`, after the end when there is none. */
  private nextFeed = 0
  private nextReturn = 0

  constructor(private readonly sink: LineSink) {}

  /** Takes the next piece; `last` when the input ends with it. */
  push(piece: string, last: boolean): void {
    const text = this.rest + piece
    this.nextFeed = -1
    this.nextReturn = -1
    let start = 0
    while (start < text.length) {
      const next = this.cut(text, start, last)
      if (next < 0) break
      start = next
    }
    this.rest = text.slice(start)
  }

  /** Hands on the line that begins at a place. Returns where the next one begins; -1: not known yet. */
  private cut(text: string, start: number, last: boolean): number {
    const message = frameStart(text, start, last)
    if (message < 0) return UNKNOWN
    if (message > start) return this.cutFrame(text, start, message, last)
    return this.cutLine(text, start, last)
  }

  private cutLine(text: string, start: number, last: boolean): number {
    const end = this.lineEnd(text, start)
    if (end - start > LINE_LENGTH_MAX) return this.cutOverlong(text, start)
    const next = afterBreak(text, end, last)
    if (next < 0) return UNKNOWN
    this.sink.line(text, start, end, next > end)
    return next
  }

  private lineEnd(text: string, start: number): number {
    if (this.nextFeed < start) this.nextFeed = indexOr(text, '\n', start, text.length)
    if (this.nextReturn < start) this.nextReturn = indexOr(text, '\r', start, text.length)
    return Math.min(this.nextFeed, this.nextReturn)
  }

  private cutOverlong(text: string, start: number): number {
    const end = start + LINE_LENGTH_MAX
    this.sink.overlong()
    this.sink.line(text, start, end, true)
    return end
  }

  private cutFrame(text: string, start: number, message: number, last: boolean): number {
    const end = messageEnd(text, message, Number(text.slice(start, message - 1)), last)
    if (end === UNKNOWN) return UNKNOWN
    if (end === WRONG) return this.cutWrongFrame(text, message, last)
    const next = text.charCodeAt(end - 1) === LINE_FEED ? end : frameEnd(text, end, last)
    if (next < 0) return next === UNKNOWN ? UNKNOWN : this.cutWrongFrame(text, message, last)
    this.cutFrameLines(text, message, end)
    return next
  }

  private cutFrameLines(text: string, message: number, end: number): void {
    let start = message
    while (start < end) {
      const lineEnd = Math.min(this.lineEnd(text, start), end)
      this.sink.line(text, start, lineEnd, true)
      start = lineEnd === end ? end : afterBreak(text, lineEnd, true)
    }
  }

  private cutWrongFrame(text: string, message: number, last: boolean): number {
    const next = this.cutLine(text, message, last)
    if (next >= 0) this.sink.wrongFrame()
    return next
  }
}

/** The place after a line break, or the place itself when there is none; -1: not known yet. */
function afterBreak(text: string, position: number, last: boolean): number {
  if (position === text.length) return last ? position : UNKNOWN
  const code = text.charCodeAt(position)
  if (code === LINE_FEED) return position + 1
  if (code !== CARRIAGE_RETURN) return position
  // The line feed that belongs to a return may still come.
  if (position + 1 === text.length && !last) return UNKNOWN
  return text.charCodeAt(position + 1) === LINE_FEED ? position + 2 : position + 1
}

/**
 * Where the message of a frame begins whose length stands at a place: the place itself when there is
 * no length, -1 when there may be one and the text ends in it.
 */
function frameStart(text: string, start: number, last: boolean): number {
  let position = start
  while (position - start < COUNT_DIGITS_MAX && isDigit(text.charCodeAt(position))) position += 1
  if (position === start) return start
  const open = last ? start : UNKNOWN
  if (position === text.length) return open
  if (text.charCodeAt(position) !== SPACE) return start
  if (position + 1 === text.length) return open
  return text.charCodeAt(position + 1) === LESS ? position + 1 : start
}

/**
 * Where a message of so many bytes of UTF-8 ends; negative when it is too long for a line, when the
 * input ends within it, or when another frame begins in it, which shows that its length is too large.
 */
function messageEnd(text: string, message: number, bytes: number, last: boolean): number {
  const limit = message + LINE_LENGTH_MAX
  let position = message
  for (let left = bytes; left > 0; position += 1) {
    if (position === limit) return WRONG
    if (position === text.length) return last ? WRONG : UNKNOWN
    const code = text.charCodeAt(position)
    left -= bytesOf(code)
    if (left > 0 && (code === LINE_FEED || code === CARRIAGE_RETURN)) {
      const inner = frameStart(text, position + 1, last)
      if (inner !== position + 1) return inner < 0 ? UNKNOWN : WRONG
    }
  }
  return position
}

/** The place after what may follow a frame: a line break, another frame, the end; negative when not. */
function frameEnd(text: string, end: number, last: boolean): number {
  const next = afterBreak(text, end, last)
  if (next !== end || end === text.length) return next
  const message = frameStart(text, end, last)
  if (message === end) return WRONG
  return message < 0 ? UNKNOWN : end
}

/** Bytes of UTF-8 that a UTF-16 unit stands for. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  // Each half of a pair stands for two of the four bytes of its character.
  return code >= 0xd800 && code <= 0xdfff ? 2 : 3
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

function indexOr(text: string, character: string, start: number, otherwise: number): number {
  const index = text.indexOf(character, start)
  return index < 0 ? otherwise : index
}
