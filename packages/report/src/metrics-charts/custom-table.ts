import type { CustomMetric, RunResult } from '@celadon/platform'
import { formatQuantity } from '../quantity.js'
import { type Line, left, piece, right } from '../terminal-line.js'

const SHOWN_MAX = 20
const FIGURE_COLUMNS = 9
const NAME_COLUMNS_MIN = 12
/** What matters comes first: a narrow terminal cuts the line at its end. */
const FIGURES = ['lines', 'value', 'p95', 'p99', 'max'] as const

/**
 * What the app's own lines measured over the whole run: of a `measure` its median and more, of a
 * `count` the sum, of a `sample` the last value. Empty when they measured nothing.
 */
export function customTable({ metrics: { custom } }: RunResult, width: number): Line[] {
  if (custom.length === 0) return []
  const name = Math.max(NAME_COLUMNS_MIN, width - FIGURES.length * FIGURE_COLUMNS)
  const rows = custom
    .slice(0, SHOWN_MAX)
    .map(
      (metric): Line => [
        left(`  ${title(metric)}`, name),
        ...FIGURES.map((figure) => right(cell(metric, figure), FIGURE_COLUMNS)),
      ],
    )
  const more = custom.length - rows.length
  return [
    [
      left('What the app measured', name, 'bold'),
      ...FIGURES.map((figure) => right(figure, FIGURE_COLUMNS, 'dim')),
    ],
    ...rows,
    ...(more > 0 ? [[piece(`  and ${more} more`, 'dim')]] : []),
  ]
}

function title({ type, name, source }: CustomMetric): string {
  const meaning = { measure: 'p50', count: 'sum', sample: 'last' }[type]
  return `${meaning} of ${name}${source === '' ? '' : `, ${source}`}`
}

function cell(metric: CustomMetric, figure: (typeof FIGURES)[number]): string {
  switch (figure) {
    case 'lines':
      return formatQuantity(metric.count, 'count')
    case 'value':
      return withUnit(typicalValue(metric), metric)
    default:
      return metric.type === 'measure' ? withUnit(metric[figure], metric) : ''
  }
}

function typicalValue({ type, sum, p50, last }: CustomMetric): number {
  switch (type) {
    case 'measure':
      return p50
    case 'count':
      return sum
    case 'sample':
      return last
  }
}

/** `12.3ms`: the unit stands right after the number, as in the lines. */
function withUnit(value: number, { unit }: CustomMetric): string {
  const digits = formatQuantity(Math.abs(value), 'count')
  return `${value < 0 ? '-' : ''}${digits}${unit}`
}
