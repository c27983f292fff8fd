// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderChartPage } from '@celadon/report'

/**
 * What an example found out: a table for the terminal, and a page of charts.
 *
 * @typedef {{ text: string, page: import('@celadon/report').ChartPage }} Findings
 */

/**
 * Runs an example when Node was started with its file: prints the table and writes the page to `out/`.
 *
 * @param {string} url `import.meta.url` of the example
 * @param {() => Findings} run
 */
export function runAsProgram(url, run) {
  const file = fileURLToPath(url)
  if (process.argv[1] !== file) return
  const { text, page } = run()
  const path = `out/${basename(file, '.js')}.html`
  mkdirSync('out', { recursive: true })
  writeFileSync(path, renderChartPage(page))
  console.log(`${text}\nCharts: ${path}`)
}
