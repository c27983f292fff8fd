import type { MetricsView } from '@celadon/platform'
import { formatRatio, formatRound } from '../quantity.js'
import type { Color, Line } from '../terminal-line.js'
import { type Band, bandChart } from './band-chart.js'
import type { ChartFrame } from './chart-frame.js'
import { heading, type LegendItem, note } from './legend.js'
import { highest, mean, total } from './time-grid.js'
import { linearAxis, logDurationAxis } from './value-axis.js'

type Style = readonly [symbol: string, color: Color]

const PERCENTILES: readonly (readonly [keyof MetricsView['responseTime'], ...Style])[] = [
  ['p50', '█', 'cyan'],
  ['p95', '▓', 'green'],
  ['p99', '▒', 'yellow'],
  ['max', '░', 'dim'],
]

/** Lowest first: failures are seen even where they are few. */
const STATUS_CLASSES: readonly (readonly [string, ...Style])[] = [
  ['5xx', '█', 'red'],
  ['4xx', '▓', 'yellow'],
  ['3xx', '▒', 'cyan'],
  ['2xx', '░', 'green'],
  ['1xx', '·', 'dim'],
]

const THROUGHPUT_ROWS = 9

/** Percentiles of the response time over each other. */
export function responseTimeChart(
  { responseTime }: MetricsView,
  { grid, axis, width }: ChartFrame,
): Line[] {
  const bands = PERCENTILES.map(([name, symbol, color]): Band & { readonly name: string } => ({
    name,
    symbol,
    color,
    tops: grid.columns(responseTime[name], highest),
  }))
  const values = known(bands.flatMap(({ tops }) => tops))
  const title = 'Response time at the router, log scale'
  if (values.length === 0) return heading(title, [note('none')], width)
  const items = bands.map(({ name, symbol, color, tops }): LegendItem => {
    const most = known(tops).reduce((a, b) => Math.max(a, b), 0)
    return { symbol, color, text: `${name} up to ${formatRound(most, 'duration')}` }
  })
  return [
    ...heading(title, items, width),
    ...bandChart(grid, logDurationAxis(values), bands),
    ...axis,
  ]
}

/** Answers per minute by status class, stacked. */
export function throughputChart(
  { throughput }: MetricsView,
  { grid, axis, width }: ChartFrame,
): Line[] {
  const all = new Map(Object.entries(throughput))
  const classes = STATUS_CLASSES.filter(([name]) => all.get(name)?.some((rate) => rate > 0))
  const title = 'Throughput per minute'
  if (classes.length === 0) return heading(title, [note('none')], width)
  let below = new Array<number>(grid.width).fill(0)
  const bands = classes.map(([name, symbol, color]): Band => {
    const rates = grid.columns(all.get(name) ?? [], mean)
    const tops = rates.map((rate, column) =>
      rate === null || rate === 0 ? null : rate + (below[column] ?? 0),
    )
    below = below.map((sum, column) => sum + (rates[column] ?? 0))
    return { symbol, color, tops }
  })
  const items = classes.map(([name, symbol, color]): LegendItem => {
    const most = highest(all.get(name) ?? [0])
    return { symbol, color, text: `${name} up to ${formatRound(most, 'count')}` }
  })
  const failed =
    total(all.get('5xx') ?? []) / total(classes.flatMap(([name]) => all.get(name) ?? []))
  items.push(note(`failed ${formatRatio(failed)}`))
  return [
    ...heading(title, items, width),
    ...bandChart(grid, linearAxis(below, 'count', THROUGHPUT_ROWS), bands),
    ...axis,
  ]
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null)
}
