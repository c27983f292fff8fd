import type { MetricsView } from '@celadon/platform'
import { formatRound } from '../quantity.js'
import { type Color, type Line, left, piece } from '../terminal-line.js'
import { GUTTER } from './band-chart.js'
import type { ChartFrame } from './chart-frame.js'
import { total } from './time-grid.js'

/** By the first letter: of the router, of dynos, of the log. */
const COLORS: Readonly<Record<string, Color>> = { H: 'red', R: 'yellow', L: 'cyan' }

const EIGHTHS = '▁▂▃▄▅▆▇█'

/** One lane per code, each as high as its own worst column. */
export function errorLanes({ errors }: MetricsView, { grid, axis }: ChartFrame): Line[] {
  const codes = Object.entries(errors).filter(([, counts]) => counts.some((count) => count > 0))
  if (codes.length === 0) return [[piece('Errors', 'bold'), piece('  none')]]
  const sums = codes.map(([code, counts]) => `${code} ${formatRound(total(counts), 'count')}`)
  return [
    [piece('Errors', 'bold'), piece(`  ${sums.join('  ')}`)],
    ...codes.map(([code, counts]) =>
      lane(code, grid.columns(counts, total), COLORS[code.charAt(0)] ?? 'plain'),
    ),
    ...axis,
  ]
}

/** A row whose heights are in eighths of a character, relative to the highest. */
function lane(code: string, counts: readonly (number | null)[], color: Color): Line {
  const most = counts.reduce<number>((highest, count) => Math.max(highest, count ?? 0), 0)
  const bars = counts.map((count) =>
    count === null || count === 0 ? ' ' : EIGHTHS[Math.ceil((count / most) * EIGHTHS.length) - 1],
  )
  return [left(code, GUTTER - 2, 'dim'), piece(' │', 'dim'), piece(bars.join(''), color)]
}
