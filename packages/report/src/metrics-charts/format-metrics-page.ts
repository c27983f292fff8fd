import type { MetricsView, MetricsWindow, RunResult } from '@celadon/platform'
import { reportError } from '../errors.js'
import { formatMinute, formatSpan, startEpochMs } from '../period.js'
import { type Colors, type Line, piece, renderLine } from '../terminal-line.js'
import { alertList } from './alert-list.js'
import { GUTTER } from './band-chart.js'
import { customTable } from './custom-table.js'
import { errorLanes } from './error-lanes.js'
import { LetteredMarks } from './lettered-marks.js'
import { processCharts } from './process-charts.js'
import { timeAxis } from './time-axis.js'
import { TimeGrid } from './time-grid.js'
import { responseTimeChart, throughputChart } from './web-charts.js'

/** How the metrics page is drawn. */
export interface MetricsPageOptions {
  /** Colouring functions, for example `picocolors`. Default: no colour. */
  readonly colors?: Colors
  /** Columns of the terminal, at least 40. Default: 80. */
  readonly width?: number
  /** Which view. Default: the shortest that covers the run; `24h` when none does. */
  readonly window?: MetricsWindow
}

type Section = readonly Line[]

const HOUR_MS = 3_600_000
const WINDOWS: readonly (readonly [MetricsWindow, number])[] = [
  ['2h', 2 * HOUR_MS],
  ['24h', 24 * HOUR_MS],
  ['72h', 72 * HOUR_MS],
  ['7d', 168 * HOUR_MS],
]
const DEFAULT_WINDOW: MetricsWindow = '24h'
const WEB = 'web'

/**
 * One view of Heroku's metrics page for a terminal: response time, throughput and errors, load and
 * memory of each process type, over the same clock times (UTC), with letters on the axis where
 * something happened; then alerts, and what the app's own lines measured. A column stands for one
 * interval of the view or for several: of response times and maxima it shows the highest, of rates
 * and means the mean, of errors the sum. Each line ends in a line feed. Nothing is told by colour
 * alone.
 *
 * @throws `CeladonError` `REPORT_WIDTH_INVALID`, `REPORT_START_INVALID`; `REPORT_WINDOW_MISSING` when
 * the result has no such view
 */
export function formatMetricsPage(result: RunResult, options: MetricsPageOptions = {}): string {
  const { width = 80, colors = null } = options
  if (!Number.isInteger(width) || width < 40) {
    throw reportError('REPORT_WIDTH_INVALID', `width is ${width}; accepted: integers from 40`)
  }
  const view = viewOf(result, options.window ?? shortestWindow(result.app.durationMs))
  const epochMs = startEpochMs(result.app)
  const sections = [
    titleLines(result, view, epochMs),
    ...(view.length === 0
      ? [[[piece('Nothing was measured.')]], alertList(result)]
      : chartSections(result, view, epochMs, width)),
    customTable(result, width),
  ]
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${renderLine(line, width, colors)}\n`).join(''))
    .join('\n')
}

function titleLines({ app }: RunResult, view: MetricsView, epochMs: number): Section {
  const { window, startMs, length, resolutionMs } = view
  const start = formatMinute(epochMs + startMs)
  const end = formatMinute(epochMs + startMs + length * resolutionMs)
  return [
    [piece(app.name, 'bold'), piece(`  ${start} to ${end} UTC`)],
    [piece(`The last ${window}, measured every ${formatSpan(resolutionMs)}.`, 'dim')],
  ]
}

function chartSections(
  result: RunResult,
  view: MetricsView,
  epochMs: number,
  width: number,
): Section[] {
  const grid = new TimeGrid(view, width - GUTTER)
  const lettered = new LetteredMarks(result.app, result.marks, grid)
  const frame = { grid, axis: timeAxis(grid, epochMs, lettered.letters), width }
  const processes = Object.entries(view.processes).sort(
    ([one], [other]) => Number(other === WEB) - Number(one === WEB),
  )
  return [
    responseTimeChart(view, frame),
    throughputChart(view, frame),
    errorLanes(view, frame),
    lettered.legend(),
    alertList(result),
    ...processes.map(([process, metrics]) => processCharts(process, metrics, frame)),
  ]
}

function viewOf({ metrics }: RunResult, window: MetricsWindow): MetricsView {
  const view = metrics.views.find((one) => one.window === window)
  if (view !== undefined) return view
  const found = metrics.views.map((one) => one.window).join(', ')
  throw reportError(
    'REPORT_WINDOW_MISSING',
    `the result has no view of ${window}; it has: ${found === '' ? 'none' : found}`,
  )
}

function shortestWindow(durationMs: number): MetricsWindow {
  const [window = DEFAULT_WINDOW] = WINDOWS.find(([, lengthMs]) => lengthMs >= durationMs) ?? []
  return window
}
