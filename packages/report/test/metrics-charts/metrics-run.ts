import type { Mark, Metrics, MetricsView, MetricsWindow, RunResult } from '@celadon/platform'
import { exampleDay } from '../example-day.js'

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000

const RESOLUTIONS: Readonly<Record<MetricsWindow, number>> = {
  '2h': MINUTE_MS,
  '24h': 10 * MINUTE_MS,
  '72h': HOUR_MS,
  '7d': 2 * HOUR_MS,
}

/** A view of so many intervals in which nothing was measured, but for what is given. */
export function viewOf(
  window: MetricsWindow,
  length: number,
  rest: Partial<MetricsView> = {},
): MetricsView {
  const none = new Array<null>(length).fill(null)
  return {
    window,
    resolutionMs: RESOLUTIONS[window],
    startMs: 0,
    length,
    responseTime: { p50: none, p95: none, p99: none, max: none },
    throughput: {},
    errors: {},
    processes: {},
    ...rest,
  }
}

/** A run of a day with this view only. */
export function runWith(
  view: MetricsView,
  rest: Partial<Metrics> = {},
  marks: readonly Mark[] = [],
): RunResult {
  const metrics = { views: [view], alerts: [], custom: [], ...rest }
  const day = exampleDay()
  const durationMs = view.length * view.resolutionMs
  return { ...day, app: { ...day.app, durationMs }, metrics, marks }
}

/** Where the axis of values stands: the plot begins behind it. */
const GUTTER = 8

/** The rows of the chart with this title, highest first, without labels. */
export function chartRows(text: string, title: string): string[] {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.startsWith(title))
  const rows: string[] = []
  for (const line of lines.slice(first + 1)) {
    const axis = line.charAt(GUTTER - 1)
    if (axis === '│' || axis === '┤') rows.push(line.slice(GUTTER))
    else if (rows.length > 0) break
  }
  return rows
}

/** The symbols of a column of a chart, from its lowest row upward. */
export function columnOf(rows: readonly string[], column: number): string {
  return rows
    .map((row) => row.charAt(column) || ' ')
    .reverse()
    .join('')
}

/** The first rule of an axis of time, without what stands before it. */
export function ruleOf(text: string): string {
  return /^ {7}└(.*)$/mu.exec(text)?.[1] ?? ''
}
