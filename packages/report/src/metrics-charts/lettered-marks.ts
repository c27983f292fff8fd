import type { Mark, RunResult } from '@celadon/platform'
import { formatMoment } from '../period.js'
import { type Line, piece } from '../terminal-line.js'
import type { TimeGrid } from './time-grid.js'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** Stands on the axis where the letters do not suffice. */
const OTHER = '*'

/** The marks of a run that lie in a view: those in one column share a letter. */
export class LetteredMarks {
  /** Letters by column. */
  readonly letters: ReadonlyMap<number, string>
  private readonly groups: readonly (readonly Mark[])[]

  constructor(
    private readonly app: RunResult['app'],
    marks: readonly Mark[],
    grid: TimeGrid,
  ) {
    const byColumn = new Map<number, Mark[]>()
    for (const mark of marks) {
      // What happens with the last moment of the run belongs to the last column.
      const column = Math.min(grid.columnAt(mark.atMs), grid.width - 1)
      if (column < 0) continue
      const group = byColumn.get(column)
      if (group === undefined) byColumn.set(column, [mark])
      else group.push(mark)
    }
    this.letters = new Map(
      [...byColumn.keys()].map((column, index) => [column, LETTERS[index] ?? OTHER]),
    )
    this.groups = [...byColumn.values()]
  }

  /** One line per letter; one for all that have none. Empty when nothing happened. */
  legend(): Line[] {
    if (this.groups.length === 0) return []
    const shown = this.groups.slice(0, LETTERS.length)
    const others = this.groups.slice(LETTERS.length).flat().length
    const lines = shown.map((group, index): Line => {
      const [first] = group
      const at = first === undefined ? '' : formatMoment(this.app, first.atMs)
      const labels = group.map(({ label }) => label).join(', ')
      return [piece(`  ${LETTERS[index]} `, 'bold'), piece(`${at}  `, 'dim'), piece(labels)]
    })
    const more: Line[] = others === 0 ? [] : [[piece(`  ${OTHER} ${others} more`, 'dim')]]
    return [[piece('Marks', 'bold')], ...lines, ...more]
  }
}
