import { type Command, InvalidArgumentError, Option } from 'commander'
import { CommandError } from '../command-error.js'
import { openDrain } from '../drain/drained-lines.js'
import { EXIT_CODE_HELP } from '../exit-codes.js'
import { exitCodeOf, type Interruption } from '../interruption.js'
import { chooseLines } from '../logs/choose-lines.js'
import { Colorizer } from '../logs/colorize.js'
import { pourLines } from '../logs/line-sink.js'
import { readLog } from '../logs/log-input.js'
import { type LogStart, parseLogStart } from '../logs/log-start.js'
import { Pace } from '../logs/pace.js'
import { PrintedLines } from '../logs/printed-lines.js'
import { coloring, colorsFor, type TerminalColors } from '../terminal-colors.js'

/** Lines that are shown unless told otherwise, as by `heroku logs`. */
const LINES = 100

interface LogsOptions {
  readonly num?: number
  readonly source?: string
  readonly dynoName?: string
  readonly dyno?: string
  readonly processType?: string
  readonly ps?: string
  readonly tail?: boolean
  readonly follow?: boolean
  readonly speed?: number
  readonly from?: LogStart
  readonly drain?: string
  readonly color: boolean
  readonly forceColors?: boolean
}

/** Adds `celadon logs`. */
export function addLogs(program: Command, interruption: Interruption): void {
  program
    .command('logs')
    .summary('show a log as `heroku logs` does, follow it, or send it to a drain')
    .description(
      'Shows the newest lines of a log. RUN is a folder that `celadon simulate --out` has written, a ' +
        'file (also a real log: pasted, exported, recorded from a drain), or - for standard input.',
    )
    .argument('<RUN>', "a run's folder, a log file, or -")
    .addOption(
      new Option('-n, --num <lines>', `how many lines to show, ${LINES} unless told otherwise`)
        .argParser(lineCount)
        .conflicts(['tail', 'follow']),
    )
    .option('-s, --source <source>', 'only lines of this source, such as app or heroku')
    .addOption(
      new Option(
        '-d, --dyno-name <dyno>',
        'only lines of this dyno, such as worker.2, or of router',
      ).conflicts(['dyno', 'processType', 'ps']),
    )
    .addOption(new Option('--dyno <dyno>').hideHelp().conflicts(['processType', 'ps']))
    .addOption(
      new Option(
        '-p, --process-type <type>',
        'only lines of this process type, such as web',
      ).conflicts(['ps']),
    )
    .addOption(new Option('--ps <type>').hideHelp())
    .option('-t, --tail', 'show all lines, each as soon as it is read')
    .option('-f, --follow', 'show all lines at the pace of their times, as if the app ran now')
    .option('--speed <factor>', 'with -f: so many times as fast; 60 is a minute a second', factor)
    .option('--from <time>', 'with -f: begin at 09:43, 09:43:06 or 2026-03-02T09:43 (UTC)', start)
    .option('--drain <url>', 'send all lines as a Heroku drain does, instead of showing them')
    .option('--no-color', 'no colours; also NO_COLOR=1')
    .addOption(
      new Option('--force-colors', 'colours also where there is no terminal').conflicts(['color']),
    )
    .addHelpText(
      'after',
      `
Examples:
  celadon logs run -n 1500 -d router
  celadon logs run -f --speed 60 --from 09:55
  heroku logs -t | celadon logs - -t -s app
  celadon logs run --drain syslog+tls://logs.example.com:6514
${EXIT_CODE_HELP}`,
    )
    .action((run: string, options: LogsOptions) => logs(run, options, interruption))
}

async function logs(run: string, options: LogsOptions, interruption: Interruption): Promise<void> {
  const { follow = false, tail = false, num, speed, from, drain } = options
  if (!follow && speed !== undefined) throw new CommandError('--speed needs --follow')
  if (!follow && from !== undefined) throw new CommandError('--from needs --follow')
  const { signal } = interruption
  const all = follow || tail || drain !== undefined
  const lines = chooseLines(readLog(run, signal), {
    source: options.source,
    process: options.dynoName ?? options.dyno ?? options.processType ?? options.ps,
    from: from ?? null,
    newest: num ?? (all ? null : LINES),
  })
  const pace = follow ? new Pace(speed ?? 1) : null
  try {
    if (drain === undefined) {
      const colorizer = new Colorizer(logColors(options))
      await pourLines(lines, new PrintedLines(process.stdout, colorizer, signal), pace, signal)
    } else await send(lines, drain, pace, signal)
  } catch (error) {
    if (interruption.reason === null) throw error
  }
  if (interruption.reason !== null) process.exitCode = exitCodeOf(interruption.reason)
}

async function send(
  lines: ReturnType<typeof chooseLines>,
  url: string,
  pace: Pace | null,
  signal: AbortSignal,
): Promise<void> {
  const drain = await openDrain(url, signal)
  try {
    await pourLines(lines, drain, pace, signal)
    await drain.close()
  } finally {
    drain.abandon()
    process.stderr.write(drain.summary())
  }
}

function logColors({ color, forceColors = false }: LogsOptions): TerminalColors {
  if (forceColors) return coloring(true)
  return color ? colorsFor(process.stdout) : coloring(false)
}

function lineCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Accepted: a whole number from 1.')
}

function factor(text: string): number {
  const speed = /^\d*\.?\d+$/.test(text) ? Number(text) : 0
  if (speed > 0) return speed
  throw new InvalidArgumentError('Accepted: a number above 0, such as 60 or 0.5.')
}

function start(text: string): LogStart {
  const from = parseLogStart(text)
  if (from !== null) return from
  throw new InvalidArgumentError('Accepted: a time of day such as 09:43, or 2026-03-02T09:43.')
}
