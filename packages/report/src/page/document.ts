import uplotScript from 'uplot/dist/uPlot.iife.min.js?raw'
import uplotLicense from 'uplot/LICENSE?raw'
import { type Html, html, jsonData, trusted } from '../html.js'
import axisScript from './browser/axes.js?raw'
import markScript from './browser/marks.js?raw'
import plotScript from './browser/plots.js?raw'
import quantityScript from './browser/quantity.js?raw'
import { STYLES } from './styles.js'

/** Scripts that every page with charts has, in this order, before its own. */
const CHART_SCRIPTS: readonly string[] = [
  `/*\n${uplotLicense}*/\n${uplotScript}`,
  quantityScript,
  markScript,
  axisScript,
  plotScript,
]

/** A page before it is put together. */
export interface HtmlDocument {
  readonly title: string
  /** What stands in the style sheet after that of all pages. Default: nothing. */
  readonly styles?: string
  readonly body: Html
  /** JSON texts for the scripts, by the id of their element. */
  readonly data: Readonly<Record<string, string>>
  /** Scripts of this kind of page. */
  readonly scripts: readonly string[]
}

/** A page that needs nothing else: style, scripts and data are in it, and it may load nothing. */
export function documentHtml({ title, styles = '', body, data, scripts }: HtmlDocument): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLES + styles)}</style>
</head>
<body>
${body}
${Object.entries(data).map(
  ([id, json]) => html`<script type="application/json" id="${id}">${jsonData(json)}</script>\n`,
)}${[...CHART_SCRIPTS, ...scripts].map((script) => html`<script>${trusted(script)}</script>\n`)}
</body>
</html>
`
  return page.markup
}
