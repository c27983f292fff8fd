import type { RunResult } from '@celadon/platform'
import { html } from './html.js'
import { writeResult } from './json.js'
import { assumptionSection, eventSection } from './page/background.js'
import chartScript from './page/browser/charts.js?raw'
import optionScript from './page/browser/options.js?raw'
import { chartsOf } from './page/charts.js'
import { documentHtml } from './page/document.js'
import { figure } from './page/figure.js'
import { headline, title, verdict } from './page/headline.js'
import { requestSection } from './page/requests.js'
import { addOnSection, costSection, jobSection, processSection } from './page/resources.js'
import { SCALES } from './quantity.js'

/** Significant digits of the series in the page: finer than a pixel. */
const SERIES_DIGITS = 4

/**
 * The result as one HTML page that needs nothing else: style, charts (by uPlot) and data are in the
 * file. It can be read offline, in print, in the dark, on a phone and without JavaScript. The data is
 * the result's JSON in the element `#result`, its series rounded to four digits.
 *
 * @throws `CeladonError` `REPORT_START_INVALID`
 */
export function renderReport(result: RunResult): string {
  const charts = chartsOf(result)
  const body = html`${title(result)}
<main>
${headline(result)}
${verdict(result)}
<section>
<h2>Over time</h2>
<noscript><p>The charts need JavaScript. The table below each says the same in short.</p></noscript>
${
  charts.length > 0
    ? html`
<p class="note screen">Drag over a chart to zoom into all of them, double-click to zoom out.</p>
<div class="charts">${charts.map((chart) => figure(chart, result))}</div>`
    : html`<p>The run was too short for a time series.</p>`
}
</section>
${requestSection(result)}
${processSection(result)}
${jobSection(result)}
${addOnSection(result)}
${costSection(result)}
${eventSection(result)}
${assumptionSection(result)}
</main>
<footer><p>A simulation by Celadon, not a measurement. The same app and seed give the same page.</p></footer>`
  return documentHtml({
    title: `${result.app.name}: Celadon report`,
    body,
    data: {
      result: writeResult(result, SERIES_DIGITS),
      charts: JSON.stringify({ charts, scales: SCALES }),
    },
    scripts: [optionScript, chartScript],
  })
}
