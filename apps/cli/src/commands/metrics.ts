import { statSync } from 'node:fs'
import { join } from 'node:path'
import { addAbortSignal } from 'node:stream'
import { CeladonError } from '@celadon/kernel'
import type { MetricsWindow, RunResult } from '@celadon/platform'
import { formatMetricsPage, openMetrics, readResult } from '@celadon/report'
import { type Command, Option } from 'commander'
import { CommandError, systemCode } from '../command-error.js'
import { EXIT_CODE_HELP } from '../exit-codes.js'
import { exitCodeOf, type Interruption } from '../interruption.js'
import { RUN_FILES } from '../run-outputs.js'
import { colorsFor } from '../terminal-colors.js'
import { readProblem, readTextFile } from '../text-file.js'

const WINDOWS: readonly MetricsWindow[] = ['2h', '24h', '72h', '7d']
const FORMATS = ['charts', 'json', 'openmetrics'] as const
const MEGABYTE = 1_048_576
const SIZE_MAX_MB = 256
const COLUMNS_MIN = 40
/** Wide enough for each interval of the longest view to have a column. */
const COLUMNS_MAX = 152

const ACCEPTED =
  'Accepted: a folder that `celadon simulate --out` has written, a result of --json, or - for standard input'

interface MetricsCommandOptions {
  readonly window?: MetricsWindow
  readonly format: (typeof FORMATS)[number]
}

/** Adds `celadon metrics`. */
export function addMetrics(program: Command, interruption: Interruption): void {
  program
    .command('metrics')
    .summary("draw Heroku's metrics page of a run")
    .description(
      'Draws response time, throughput, errors, and load and memory of the dynos, with letters on ' +
        'the axis of time where something happened. RUN is a folder that `celadon simulate --out` ' +
        'has written, a result of --json, or - for standard input.',
    )
    .argument('<RUN>', "a run's folder, a result, or -")
    .addOption(
      new Option(
        '--window <window>',
        'how far back from the end; by default the shortest that covers the run, or 24h',
      ).choices(WINDOWS),
    )
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).default('charts'))
    .addHelpText(
      'after',
      `
Examples:
  celadon simulate examples/shop --out run && celadon metrics run --window 2h
  celadon metrics run --format json | jq '.views[0].responseTime.p95'
${EXIT_CODE_HELP}`,
    )
    .action((run: string, options: MetricsCommandOptions) => metrics(run, options, interruption))
}

async function metrics(
  run: string,
  { window, format }: MetricsCommandOptions,
  interruption: Interruption,
): Promise<void> {
  const path = run === '-' ? null : resultPath(run)
  if (format === 'openmetrics' && window !== undefined) {
    throw new CommandError(
      '--window goes with the formats charts and json; openmetrics has all views',
    )
  }
  const text = path === null ? await readStandardInput(interruption) : readFile(path)
  if (text === null) return
  const result = checked(path ?? 'standard input', text)
  switch (format) {
    case 'charts':
      return draw(result, window)
    case 'json':
      return writeJson(result, window)
    case 'openmetrics':
      process.stdout.write(openMetrics(result))
  }
}

function draw(result: RunResult, window: MetricsWindow | undefined): void {
  const { stdout } = process
  const width = Math.min(Math.max(stdout.columns ?? 80, COLUMNS_MIN), COLUMNS_MAX)
  const colors = colorsFor(stdout)
  stdout.write(
    formatMetricsPage(result, { width, colors, ...(window === undefined ? {} : { window }) }),
  )
}

function writeJson({ metrics }: RunResult, window: MetricsWindow | undefined): void {
  const views = metrics.views.filter((view) => window === undefined || view.window === window)
  process.stdout.write(`${JSON.stringify({ ...metrics, views })}\n`)
}

/** The result in a run's folder, or the file itself. */
function resultPath(run: string): string {
  try {
    return statSync(run).isDirectory() ? join(run, RUN_FILES.result) : run
  } catch (error) {
    const code = systemCode(error)
    throw new CommandError(
      code === 'ENOENT' ? `${run}: does not exist. ${ACCEPTED}` : `${run}: ${readProblem(code)}`,
    )
  }
}

function readFile(path: string): string {
  const file = readTextFile(path, SIZE_MAX_MB)
  if ('text' in file) return file.text
  const advice = file.missing === true ? `. ${ACCEPTED}` : ''
  throw new CommandError(`${path}: ${file.problem}${advice}`)
}

/** All of it; null when the user does not want to wait for its end. */
async function readStandardInput(interruption: Interruption): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of addAbortSignal(interruption.signal, process.stdin)) {
      chunks.push(chunk)
      size += chunk.length
      if (size > SIZE_MAX_MB * MEGABYTE) break
    }
  } catch (error) {
    const { reason } = interruption
    if (reason === null) {
      throw new CommandError(`standard input: ${readProblem(systemCode(error))}`)
    }
    process.exitCode = exitCodeOf(reason)
    return null
  }
  if (size > SIZE_MAX_MB * MEGABYTE) {
    throw new CommandError(`standard input: at most ${SIZE_MAX_MB} MB are read`)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function checked(name: string, text: string): RunResult {
  try {
    return readResult(text)
  } catch (error) {
    if (error instanceof CeladonError) throw new CommandError(`${name}: ${error.message}`)
    throw error
  }
}
