import { html } from '../html.js'
import { documentHtml } from '../page/document.js'
import { SCALES } from '../quantity.js'
import intervalScript from './browser/intervals.js?raw'
import lineChartScript from './browser/line-charts.js?raw'
import lineOptionScript from './browser/line-options.js?raw'
import { checkCharts } from './chart-checks.js'
import { chartFigure } from './chart-figure.js'
import type { ChartPage } from './chart-page.js'
import { CHART_STYLES, SERIES_COLORS } from './chart-styles.js'

/**
 * Charts of any figures as one HTML page that needs nothing else, in the look of a report. Below each
 * chart a table has the same figures with their intervals, so that it can be read without JavaScript.
 * The figures are JSON in the element `#charts`.
 *
 * @example
 * renderChartPage({
 *   title: 'Waiting for a dyno',
 *   note: 'Random routing, 95 % intervals over 20 seeds.',
 *   charts: [{
 *     title: 'Wait',
 *     x: { label: 'dynos', unit: 'count', scale: 'log' },
 *     y: { label: 'mean wait', unit: 'duration' },
 *     series: [{ label: 'random', points: [{ x: 10, y: 63, low: 58, high: 68 }] }],
 *   }],
 * })
 *
 * @throws `CeladonError` `REPORT_CHART_INVALID` when a chart cannot be drawn as it is described
 */
export function renderChartPage(page: ChartPage): string {
  checkCharts(page)
  const { title, note, charts, assumptions = [] } = page
  const body = html`<header>
<h1>${title}</h1>
<p>${note}</p>
</header>
<main>
<noscript><p>The charts need JavaScript. The table below each has the same figures.</p></noscript>
<p class="note screen">Drag over a chart to zoom in, double-click to zoom out.</p>
<div class="charts">${charts.map((chart, index) => chartFigure(chart, `${index + 1}`))}</div>
${
  assumptions.length > 0
    ? html`<section>
<h2>Assumptions</h2>
<ul>${assumptions.map((assumption) => html`<li>${assumption}</li>`)}</ul>
</section>`
    : ''
}
</main>
<footer><p>A simulation by Celadon, not a measurement.</p></footer>`
  return documentHtml({
    title,
    styles: CHART_STYLES,
    body,
    data: { charts: JSON.stringify({ charts, scales: SCALES, colors: SERIES_COLORS }) },
    scripts: [intervalScript, lineOptionScript, lineChartScript],
  })
}
