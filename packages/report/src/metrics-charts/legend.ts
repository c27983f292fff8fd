import { type Color, type Line, lengthOf, type Piece, piece } from '../terminal-line.js'

/** What a symbol of a chart means. */
export interface LegendItem {
  /** Empty when the item has no symbol of its own. */
  readonly symbol: string
  readonly color: Color
  readonly text: string
}

const GAP = '  '

/** An item without a symbol. */
export function note(text: string): LegendItem {
  return { symbol: '', color: 'plain', text }
}

/** A chart's title with its legend behind it; on lines of its own where there is no room. */
export function heading(title: string, items: readonly LegendItem[], width: number): Line[] {
  const parts = items.map(
    ({ symbol, color, text }): Line => [
      piece(GAP),
      piece(symbol, color),
      piece(symbol === '' ? text : ` ${text}`),
    ],
  )
  const whole = [piece(title, 'bold'), ...parts.flat()]
  if (columnsOf(whole) <= width) return [whole]
  const lines: Piece[][] = []
  let room = 0
  for (const part of parts) {
    const needed = columnsOf(part)
    const last = lines.at(-1)
    if (last === undefined || needed > room) {
      lines.push([...part])
      room = width - needed
    } else {
      last.push(...part)
      room -= needed
    }
  }
  return [[piece(title, 'bold')], ...lines]
}

function columnsOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + lengthOf(text), 0)
}
