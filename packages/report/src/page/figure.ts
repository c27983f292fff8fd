import type { RunResult } from '@celadon/platform'
import { type Html, html } from '../html.js'
import { formatMoment } from '../period.js'
import { formatQuantity, type Unit } from '../quantity.js'
import { type Chart, type ChartLine, valuesOf } from './chart.js'
import { tableHtml } from './table.js'

/** A chart's place in the page, with its content in words and as a table. */
export function figure(chart: Chart, { app, series }: RunResult): Html {
  const extents = chart.lines
    .filter(({ source }) => !('level' in source))
    .map((line) => extentOf(line, series))
  const rows = extents.map(({ label, lowest, median, highest, highestAt }) => [
    label,
    formatQuantity(lowest, chart.unit),
    formatQuantity(median, chart.unit),
    formatQuantity(highest, chart.unit),
    formatMoment(app, highestAt * series.intervalMs).slice(0, -3),
  ])
  return html`
<figure id="figure-${chart.id}">
<figcaption><h3>${chart.title}</h3> <span class="note">${chart.note}</span></figcaption>
<div class="plot" data-chart="${chart.id}" data-summary="${inWords(chart, extents)}"></div>
<details><summary>As a table</summary>
${tableHtml({
  caption: `${chart.title}, ${chart.note}`,
  columns: ['', 'lowest', 'median', 'highest', 'first at (UTC)'],
  rows,
})}
</details>
</figure>`
}

/** What a line amounts to. Of the median, half of the intervals lie below. */
interface Extent {
  readonly label: string
  readonly lowest: number
  readonly median: number
  readonly highest: number
  /** First interval with the highest value. */
  readonly highestAt: number
}

function extentOf({ label, source }: ChartLine, series: RunResult['series']): Extent {
  const values = valuesOf(series, source)
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b)
  const highest = sorted.at(-1) ?? 0
  return {
    label,
    lowest: sorted[0] ?? 0,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    highest,
    highestAt: values.indexOf(highest),
  }
}

function inWords({ title, note, unit }: Chart, extents: readonly Extent[]): string {
  const lines = extents.map(
    ({ label, lowest, highest }) => `${label} ${range(lowest, highest, unit)}`,
  )
  return `${title}, ${note}: ${lines.join('; ')}.`
}

function range(lowest: number, highest: number, unit: Unit): string {
  const [from, to] = [formatQuantity(lowest, unit), formatQuantity(highest, unit)]
  return from === to ? from : `${from} to ${to}`
}
