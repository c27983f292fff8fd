import type { ProcessMetrics } from '@celadon/platform'
import { formatRound, type Unit } from '../quantity.js'
import type { Line } from '../terminal-line.js'
import { bandChart, LIMIT } from './band-chart.js'
import type { ChartFrame } from './chart-frame.js'
import { heading, type LegendItem, note } from './legend.js'
import { highest, mean } from './time-grid.js'
import { linearAxis } from './value-axis.js'

const ROWS = 5
const MEAN = { symbol: '█', color: 'cyan' } as const
const MAX = { symbol: '▒', color: 'yellow' } as const

/** Load and memory of the dynos of a process type: mean and maximum over the dynos. */
export function processCharts(process: string, metrics: ProcessMetrics, frame: ChartFrame): Line[] {
  const { quotaMb, loadMean, loadMax, totalMeanMb, totalMaxMb } = metrics
  const quota = quotaMb > 0 ? quotaMb : null
  const swap = most(metrics.swapMaxMb)
  const items: LegendItem[] = []
  if (quota !== null) items.push({ ...LIMIT, text: `quota ${formatRound(quota, 'memory')}` })
  if (swap > 0) items.push(note(`swap up to ${formatRound(swap, 'memory')}`))
  const load = {
    title: `${process} load`,
    unit: 'count',
    means: loadMean,
    maxima: loadMax,
  } as const
  const memory = {
    title: `${process} memory`,
    unit: 'memory',
    means: totalMeanMb,
    maxima: totalMaxMb,
  } as const
  return [
    ...usageChart(load, frame, null, []),
    ...usageChart(memory, frame, quota, items),
    ...frame.axis,
  ]
}

interface Usage {
  readonly title: string
  readonly unit: Unit
  readonly means: readonly (number | null)[]
  readonly maxima: readonly (number | null)[]
}

function usageChart(
  { title, unit, means, maxima }: Usage,
  { grid, width }: ChartFrame,
  limit: number | null,
  notes: readonly LegendItem[],
): Line[] {
  if (most(maxima) === 0) return heading(title, [note('none')], width)
  const items = [
    { ...MEAN, text: `mean up to ${formatRound(most(means), unit)}` },
    { ...MAX, text: `max up to ${formatRound(most(maxima), unit)}` },
    ...notes,
  ]
  const bands = [
    { ...MEAN, tops: grid.columns(means, mean) },
    { ...MAX, tops: grid.columns(maxima, highest) },
  ]
  const axis = linearAxis([most(maxima), limit ?? 0], unit, ROWS)
  return [...heading(title, items, width), ...bandChart(grid, axis, bands, limit)]
}

function most(values: readonly (number | null)[]): number {
  return values.reduce<number>((highest, value) => Math.max(highest, value ?? 0), 0)
}
