/** A file that was read as text. */
export interface SourceFile {
  /** What it is called in messages, for example `app.json`. */
  readonly name: string
  readonly text: string
}

/** A place in a file, both numbers from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The place of the character at `offset`. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  let line = 1
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line += 1
  return { line, column: offset - lineStart + 1 }
}
