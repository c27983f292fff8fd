import { basename, resolve } from 'node:path'
import type { WriteStream } from 'node:tty'
import { createPlatform, type Platform, type RunResult } from '@celadon/platform'
import { parseDuration, readApp } from '@celadon/platform/files'
import { formatSummary } from '@celadon/report'
import { type Command, InvalidArgumentError } from 'commander'
import { readAppFolder } from '../app-folder.js'
import { EXIT_CODE_HELP } from '../exit-codes.js'
import { exitCodeOf, type Interruption, type StopReason } from '../interruption.js'
import { clock, createProgress, noProgress } from '../progress.js'
import { runPlatform } from '../run.js'
import { openRunOutputs, type RunOutputs } from '../run-outputs.js'
import { colorsFor } from '../terminal-colors.js'

interface SimulateOptions {
  readonly logs?: string
  readonly json?: string
  readonly report?: string
  readonly out?: string
  readonly seed?: string
  readonly duration?: number
  readonly quiet?: boolean
}

/** Adds `celadon simulate`. */
export function addSimulate(program: Command, interruption: Interruption): void {
  program
    .command('simulate')
    .summary('run an app for a day of virtual time')
    .description(
      'Runs a Heroku app in virtual time and sums up how it served its users. Reads Procfile, ' +
        'app.json and celadon.yml from DIR; only the Procfile is needed.',
    )
    .argument('[DIR]', 'folder of the app', '.')
    .option('--logs <file>', 'write the log as `heroku logs` prints it; - is standard output')
    .option('--json <file>', 'write the result as JSON; - is standard output')
    .option('--report <file>', 'write the result as an HTML page with charts')
    .option('--out <folder>', 'write all of a run: log, JSON, page, OpenMetrics, Parquet tables')
    .option('--seed <text>', 'seed of all chance; the same seed gives the same bytes')
    .option('--duration <time>', 'length of the run, such as 90m or 24h', durationOption)
    .option('-q, --quiet', 'show neither progress nor summary')
    .addHelpText(
      'after',
      `
Example:
  celadon simulate examples/shop --report shop.html --logs shop.log
  celadon simulate examples/shop --out run && celadon logs run && celadon metrics run
${EXIT_CODE_HELP}`,
    )
    .action((folder: string, options: SimulateOptions) => simulate(folder, options, interruption))
}

async function simulate(
  folder: string,
  options: SimulateOptions,
  interruption: Interruption,
): Promise<void> {
  const { sources, paths } = readAppFolder(folder)
  const app = readApp(sources, {
    name: basename(resolve(folder)),
    seed: options.seed,
    durationMs: options.duration,
  })
  const outputs = openRunOutputs(options, paths, app.epochMs, interruption.outputFailed)
  const platform = createPlatform(app, outputs.listener)
  const elapsedMs = await run(platform, outputs, options, interruption)
  const result = platform.result()
  outputs.finish(result)
  const { reason } = interruption
  if (reason !== null) process.exitCode = exitCodeOf(reason)
  if (options.quiet === true || reason === 'unread') return
  const stdoutIsData = [options.logs, options.json, options.report].includes('-')
  showSummary(result, stdoutIsData ? process.stderr : process.stdout)
  for (const assumption of app.assumptions) process.stderr.write(`Assumed: ${assumption}\n`)
  process.stderr.write(`${closingLine(platform, elapsedMs, reason)}\n`)
}

/** Runs to the end or to an interruption, and returns the wall time that it took in milliseconds. */
async function run(
  platform: Platform,
  outputs: RunOutputs,
  { quiet = false }: SimulateOptions,
  interruption: Interruption,
): Promise<number> {
  const log = outputs.wantLog ? platform.logplex.firehose((chunk) => outputs.writeLog(chunk)) : null
  const progress = quiet ? noProgress : createProgress()
  const startedAt = performance.now()
  try {
    await runPlatform(platform, interruption, progress)
  } finally {
    progress.stop()
  }
  log?.close()
  return performance.now() - startedAt
}

function showSummary(result: RunResult, stream: WriteStream): void {
  const width = Math.min(Math.max(stream.columns ?? 80, 40), 120)
  stream.write(formatSummary(result, { width, colors: colorsFor(stream) }))
}

/** What depends on the wall clock: it goes to standard error, never into an output. */
function closingLine(platform: Platform, elapsedMs: number, reason: StopReason | null): string {
  const { durationMs, simulation } = platform
  const seconds = (elapsedMs / 1000).toFixed(1)
  const end = clock(durationMs)
  return reason === null
    ? `Simulated ${end} hours in ${seconds} s.`
    : `Stopped at ${clock(simulation.now)} of ${end} after ${seconds} s; the figures are those up to there.`
}

function durationOption(text: string): number {
  const durationMs = parseDuration(text)
  if (durationMs !== null) return durationMs
  throw new InvalidArgumentError('Accepted: a duration such as 30s, 90m, 24h or 7d.')
}
