/** Functions that colour a text, in the shape of `picocolors`. */
export interface Colors {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
  cyan(text: string): string
}

/** Name of a colour, or `plain` for none. */
export type Color = keyof Colors | 'plain'

/** A piece of a line. Widths are counted before it is coloured. */
export interface Piece {
  readonly text: string
  readonly color: Color
}

/** A line of the terminal, from left to right. */
export type Line = readonly Piece[]

/** A piece of text; control characters become `?`, so that a name cannot steer the terminal. */
export function piece(text: string, color: Color = 'plain'): Piece {
  return { text: text.replace(/\p{C}/gu, '?'), color }
}

/** The text filled up with blanks on the right, or cut with an ellipsis. */
export function left(text: string, width: number, color: Color = 'plain', fill = ' '): Piece {
  const clipped = clip(piece(text, color), width)
  return { text: clipped.text + fill.repeat(width - lengthOf(clipped.text)), color }
}

/** The text filled up with blanks on the left, or cut with an ellipsis. */
export function right(text: string, width: number, color: Color = 'plain'): Piece {
  const clipped = clip(piece(text, color), width)
  return { text: ' '.repeat(width - lengthOf(clipped.text)) + clipped.text, color }
}

/** Characters of a text, a surrogate pair counting as one. */
export function lengthOf(text: string): number {
  return [...text].length
}

/** The line in colour, without trailing blanks, cut with an ellipsis where it is wider than `width`. */
export function renderLine(line: Line, width: number, colors: Colors | null): string {
  const length = lengthOf(
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  )
  const isTooWide = length > width
  let room = isTooWide ? width - 1 : length
  let rendered = ''
  for (const { text, color } of line) {
    const visible = [...text].slice(0, room).join('')
    room -= lengthOf(visible)
    rendered +=
      colors === null || color === 'plain' || visible === '' ? visible : colors[color](visible)
  }
  return isTooWide ? `${rendered}…` : rendered
}

function clip(part: Piece, width: number): Piece {
  const characters = [...part.text]
  if (characters.length <= width) return part
  return { ...part, text: width > 0 ? `${characters.slice(0, width - 1).join('')}…` : '' }
}
