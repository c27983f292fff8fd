import type { RunResult } from '@celadon/platform'
import { formatQuantity } from '../quantity.js'
import { type Chart, type ChartLine, type GroupName, valuesOf } from './chart.js'

/** Colours `line-1` to `line-8` of the style sheet. */
const COLORS = 8

/** After eight lines the colours come again with another dash. */
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [9, 3, 2, 3]]

const QUOTA_DASH: readonly number[] = [2, 5]

/** The charts that the result has data for. */
export function chartsOf({ processes, series }: RunResult): Chart[] {
  const types = [...new Set([...processes.map(({ type }) => type), ...Object.keys(series.dynosUp)])]
  const libraries = Object.keys(series.jobsWaiting)
  return [
    RATES,
    LATENCY,
    WAITING,
    {
      ...chart('errors', 'Errors', 'failed requests by code, in each interval'),
      lines: groupLines('byCode', Object.keys(series.byCode)),
    },
    {
      ...chart('dynos', 'Dynos up', 'by process type'),
      stepped: true,
      lines: groupLines('dynosUp', types),
    },
    {
      ...chart('utilization', 'Utilization', 'share of the slots that was busy'),
      unit: 'share' as const,
      lines: groupLines('utilization', types),
    },
    {
      ...chart('memory', 'Memory', 'mean of the dynos of a type; dotted: their quota'),
      unit: 'memory' as const,
      lines: [...groupLines('memoryMb', types), ...quotaLines(processes, types)],
    },
    {
      ...chart('jobs-waiting', 'Jobs waiting', 'by job library'),
      lines: groupLines('jobsWaiting', libraries),
    },
    {
      ...chart('jobs-done', 'Jobs done', 'by job library, in each interval'),
      lines: groupLines('jobsDone', libraries),
    },
  ]
    .map((chart) => ({
      ...chart,
      lines: chart.lines.filter(({ source }) =>
        valuesOf(series, source).some((value) => value !== null),
      ),
    }))
    .filter(({ lines }) => lines.some(({ source }) => !('level' in source)))
}

const RATES: Chart = {
  ...chart('rate', 'Requests', 'per second'),
  unit: 'rate',
  lines: [
    { ...line('arrived', 'muted'), source: { column: 'arrivalsPerSecond' } },
    { ...line('served', 'accent'), source: { column: 'servedPerSecond' }, filled: true },
    { ...line('failed', 'danger'), source: { column: 'failedPerSecond' }, filled: true },
  ],
}

const LATENCY: Chart = {
  ...chart('latency', 'Latency', 'percentiles of each interval, logarithmic'),
  unit: 'duration',
  axis: 'log',
  lines: [
    { ...line('total p99', 'line-3'), source: { column: 'totalP99' } },
    { ...line('total p95', 'line-2'), source: { column: 'totalP95' } },
    { ...line('total p50', 'line-1'), source: { column: 'totalP50' } },
    { ...line('queue p95', 'line-4'), source: { column: 'queueP95' }, dash: [2, 2] },
    { ...line('service p50', 'line-5'), source: { column: 'serviceP50' }, dash: [7, 3] },
  ],
}

const WAITING: Chart = {
  ...chart('waiting', 'Requests waiting', 'in the router and on web dynos'),
  lines: [{ ...line('waiting', 'accent'), source: { column: 'requestsWaiting' }, filled: true }],
}

function chart(id: string, title: string, note: string): Chart {
  return { id, title, note, unit: 'count', axis: 'linear', stepped: false, lines: [] }
}

function line(label: string, color: string): Omit<ChartLine, 'source'> {
  return { label, color, dash: [], filled: false }
}

function groupLines(group: GroupName, keys: readonly string[]): ChartLine[] {
  return keys.map((key, index) => ({
    ...line(key, colorAt(index)),
    source: { group, key },
    dash: DASHES[Math.floor(index / COLORS) % DASHES.length] ?? [],
  }))
}

/** A level for each quota, in the colour of the first process type that has it. */
function quotaLines(processes: RunResult['processes'], types: readonly string[]): ChartLine[] {
  const quotas = new Map<number, string>()
  for (const { type, memoryQuotaMb } of processes) {
    if (!quotas.has(memoryQuotaMb)) quotas.set(memoryQuotaMb, colorAt(types.indexOf(type)))
  }
  return [...quotas].map(([level, color]) => ({
    ...line(`${formatQuantity(level, 'memory')} quota`, color),
    source: { level },
    dash: QUOTA_DASH,
  }))
}

function colorAt(index: number): string {
  return `line-${(index % COLORS) + 1}`
}
