/** Most characters in a line. Source: Heroku Dev Center, "Logplex" (it counts bytes). */
const LINE_CHARACTERS_MAX = 10_000

/** Whether a text is one line as it stands. */
export function isOneLine(text: string): boolean {
  return text.length <= LINE_CHARACTERS_MAX && !text.includes('\n')
}

/**
 * The lines of a text: cut at line breaks, and where a line is too long. A line break at the end
 * starts no further line.
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
  while (line.length - start > LINE_CHARACTERS_MAX) {
    let end = start + LINE_CHARACTERS_MAX
    // The two halves of a character outside of the basic plane stay together.
    if (isHighSurrogate(line.charCodeAt(end - 1))) end -= 1
    lines.push(line.slice(start, end))
    start = end
  }
  lines.push(line.slice(start))
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
