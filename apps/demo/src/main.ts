import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { isoSecond } from '@celadon/kernel'
import { formatSummary, renderReport, resultJson } from '@celadon/report'
import ora from 'ora'
import colors from 'picocolors'
import { DAY_MS } from './day.js'
import { openShop } from './shop.js'

const OUTPUT_FOLDER = 'out'
const SLICE_MS = 600_000
const LOG_LINES = 8

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } })
const { simulation, logplex, monitor } = openShop(values.seed)

const startedAt = performance.now()
const progress = ora('A day of a Rails shop').start()
for (let untilMs = SLICE_MS; untilMs <= DAY_MS; untilMs += SLICE_MS) {
  simulation.run(untilMs)
  const clock = isoSecond(simulation.epochMs + simulation.now).slice(11, 16)
  progress.text = `A day of a Rails shop: ${clock}, ${logplex.lines.toLocaleString('en')} log lines`
  await setImmediate()
}
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
progress.succeed(`A day of a Rails shop, simulated in ${seconds} s`)

const result = monitor.result()
mkdirSync(OUTPUT_FOLDER, { recursive: true })
const reportFile = join(OUTPUT_FOLDER, 'demo.html')
const dataFile = join(OUTPUT_FOLDER, 'demo.json')
writeFileSync(reportFile, renderReport(result))
writeFileSync(dataFile, resultJson(result))

console.log(`\n${colors.dim(`The last ${LOG_LINES} lines of the log:`)}`)
for (const line of logplex.recent({ lines: LOG_LINES })) console.log(colors.dim(fit(line)))
console.log(`\n${formatSummary(result, { colors })}`)
console.log(`Report: ${relative('.', reportFile)}   Data: ${relative('.', dataFile)}`)

/** Cuts a line to the width of the terminal. */
function fit(line: string): string {
  const width = process.stdout.columns ?? Number.POSITIVE_INFINITY
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`
}
