import type { RunResult } from '@celadon/platform'
import uplotScript from 'uplot/dist/uPlot.iife.min.js?raw'
import uplotLicense from 'uplot/LICENSE?raw'
import { html, jsonData, trusted } from './html.js'
import { writeResult } from './json.js'
import { assumptionSection, eventSection } from './page/background.js'
import chartScript from './page/browser/charts.js?raw'
import markScript from './page/browser/marks.js?raw'
import optionScript from './page/browser/options.js?raw'
import quantityScript from './page/browser/quantity.js?raw'
import { chartsOf } from './page/charts.js'
import { figure } from './page/figure.js'
import { headline, title, verdict } from './page/headline.js'
import { requestSection } from './page/requests.js'
import { addOnSection, costSection, jobSection, processSection } from './page/resources.js'
import { STYLES } from './page/styles.js'
import { SCALES } from './quantity.js'

/** Significant digits of the series in the page: finer than a pixel. */
const SERIES_DIGITS = 4

const SCRIPTS = [
  `/*\n${uplotLicense}*/\n${uplotScript}`,
  quantityScript,
  markScript,
  optionScript,
  chartScript,
]

/**
 * The result as one HTML page that needs nothing else: style, charts (by uPlot) and data are in the
 * file. It can be read offline, in print, in the dark, on a phone and without JavaScript. The data is
 * the result's JSON in the element `#result`, its series rounded to four digits.
 *
 * @throws `CeladonError` `REPORT_START_INVALID`
 */
export function renderReport(result: RunResult): string {
  const charts = chartsOf(result)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${result.app.name}: Celadon report</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLES)}</style>
</head>
<body>
${title(result)}
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
<footer><p>A simulation by Celadon, not a measurement. The same app and seed give the same page.</p></footer>
<script type="application/json" id="result">${jsonData(writeResult(result, SERIES_DIGITS))}</script>
<script type="application/json" id="charts">${jsonData(JSON.stringify({ charts, scales: SCALES }))}</script>
${SCRIPTS.map((script) => html`<script>${trusted(script)}</script>\n`)}
</body>
</html>
`
  return page.markup
}
