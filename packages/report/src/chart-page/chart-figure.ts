import { type Html, html } from '../html.js'
import { tableHtml } from '../page/table.js'
import { formatQuantity } from '../quantity.js'
import type { LineChart, LinePoint, LineSeries } from './chart-page.js'

/** A chart's place in the page, with its figures as a table. */
export function chartFigure(chart: LineChart, id: string): Html {
  const subject = `${chart.y.label} by ${chart.x.label}`
  return html`
<figure id="figure-${id}">
<figcaption><h3>${chart.title}</h3> <span class="note">${subject}</span></figcaption>
<div class="plot" data-chart="${id}" data-summary="${inWords(chart, subject)}"></div>
<details><summary>As a table</summary>
${tableHtml({
  caption: `${chart.title}: ${subject}`,
  columns: [chart.x.label, ...chart.series.map(({ label }) => label)],
  rows: rowsOf(chart),
})}
</details>
</figure>`
}

/** A row for each place of the horizontal axis at which some series has a point. */
function rowsOf({ x, y, series }: LineChart): string[][] {
  const columns = series.map(({ points }) => new Map(points.map((point) => [point.x, point])))
  const places = [...new Set(columns.flatMap((column) => [...column.keys()]))]
  return places
    .sort((a, b) => a - b)
    .map((place) => [
      formatQuantity(place, x.unit),
      ...columns.map((column) => cellText(column.get(place), y)),
    ])
}

/** `63 ms (58 ms to 68 ms)`; `-` where nothing was observed, empty where there is no point. */
function cellText(point: LinePoint | undefined, { unit }: LineChart['y']): string {
  if (point === undefined) return ''
  if (point.y === null) return '-'
  const { low, high } = point
  const figure = formatQuantity(point.y, unit)
  if (low === undefined || high === undefined) return figure
  return `${figure} (${formatQuantity(low, unit)} to ${formatQuantity(high, unit)})`
}

function inWords({ title, y, series }: LineChart, subject: string): string {
  const lines = series.map(({ label, points }) => `${label} ${rangeText(points, y.unit)}`)
  return `${title}, ${subject}: ${lines.join('; ')}.`
}

function rangeText(points: LineSeries['points'], unit: LineChart['y']['unit']): string {
  const values = points.flatMap(({ y }) => (y === null ? [] : [y]))
  if (values.length === 0) return 'has no figures'
  const extremes = [Math.min(...values), Math.max(...values)]
  const [from, to] = extremes.map((value) => formatQuantity(value, unit))
  return from === to ? `${from}` : `${from} to ${to}`
}
