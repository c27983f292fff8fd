import { UNIT_BYTES_MAX } from '../bytes/put.js'

/**
 * Most bytes in a line, as UTF-8. Source: Heroku Dev Center, "Logplex"; log-shuttle's source. A
 * message of logplex has 10,240, its header included.
 */
const LINE_BYTES_MAX = 10_000

/** Texts up to this length need not be counted. */
const UNCOUNTED_LENGTH = Math.floor(LINE_BYTES_MAX / UNIT_BYTES_MAX)

/** Whether a text is one line as it stands. */
export function isOneLine(text: string): boolean {
  if (text.includes('\n')) return false
  return text.length <= UNCOUNTED_LENGTH || fittingEnd(text, 0) === text.length
}

/**
 * The lines of a text as logplex has them: cut at line breaks, and after 10,000 bytes, between two
 * characters. A line break at the end starts no further line. Source: Heroku Dev Center, "Logplex";
 * log-shuttle's source.
 */
export function splitLines(text: string): readonly string[] {
  const lines: string[] = []
  const pieces = text.split('\n')
  if (pieces.length > 1 && pieces.at(-1) === '') pieces.pop()
  for (const [index, piece] of pieces.entries()) {
    const broken = index < pieces.length - 1 || text.endsWith('\n')
    splitLong(broken && piece.endsWith('\r') ? piece.slice(0, -1) : piece, lines)
  }
  return lines
}

function splitLong(line: string, lines: string[]): void {
  let start = 0
  let end = fittingEnd(line, start)
  while (end < line.length) {
    lines.push(line.slice(start, end))
    start = end
    end = fittingEnd(line, start)
  }
  lines.push(line.slice(start))
}

/** Where the longest piece from `start` ends that is a line; a character is not cut in two. */
function fittingEnd(text: string, start: number): number {
  let bytes = 0
  let end = start
  while (end < text.length) {
    const code = text.codePointAt(end) ?? 0
    bytes += utf8Bytes(code)
    if (bytes > LINE_BYTES_MAX) break
    end += code > 0xffff ? 2 : 1
  }
  return end
}

/** A surrogate without its other half becomes U+FFFD, which has three bytes as well. */
function utf8Bytes(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code > 0xffff ? 4 : 3
}
