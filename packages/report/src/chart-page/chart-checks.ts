import { reportError } from '../errors.js'
import type { ChartPage, LineChart, LineSeries } from './chart-page.js'

/** @throws `REPORT_CHART_INVALID` when a chart cannot be drawn as it is described */
export function checkCharts({ charts }: ChartPage): void {
  for (const chart of charts) {
    if (chart.series.length === 0) throw invalid(chart.title, 'at least one series', 'none')
    for (const series of chart.series) checkSeries(chart, series)
    for (const { x, label } of chart.marks ?? []) {
      if (!Number.isFinite(x)) throw invalid(`${chart.title}, mark ${label}`, 'a finite x', x)
    }
  }
}

function checkSeries(chart: LineChart, { label, points }: LineSeries): void {
  const least = chart.x.scale === 'log' ? Number.MIN_VALUE : -Number.MAX_VALUE
  let previous = Number.NEGATIVE_INFINITY
  for (const [index, { x, y, low = y, high = y }] of points.entries()) {
    const where = `${chart.title}, ${label}, point ${index + 1}`
    if (!(x > previous && x >= least && x < Number.POSITIVE_INFINITY)) {
      const accepted = least > 0 ? 'a finite x above 0' : 'a finite x'
      throw invalid(where, index === 0 ? accepted : `${accepted} after ${previous}`, x)
    }
    previous = x
    if (y === null) continue
    for (const value of [y, low, high]) {
      if (!Number.isFinite(value)) throw invalid(where, 'finite figures', value)
    }
    if (Number(low) > y || Number(high) < y) {
      throw invalid(where, `an interval around ${y}`, `${low} to ${high}`)
    }
  }
}

function invalid(where: string, accepted: string, found: unknown): Error {
  return reportError('REPORT_CHART_INVALID', `${where}: a chart needs ${accepted}, found ${found}`)
}
