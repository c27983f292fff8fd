import type { Command } from 'commander'
import { LESSON_PER_SECOND, type LessonRun, runDynoLesson } from '../dyno-lesson.js'
import { lessonWords, percent, time } from '../dyno-lesson-words.js'
import { EXIT_CODE_HELP } from '../exit-codes.js'
import { exitCodeOf, type Interruption } from '../interruption.js'
import { colorsFor } from '../terminal-colors.js'

interface LessonOptions {
  readonly seed: string
  readonly json?: boolean
}

/** Adds `celadon lesson dynos`. */
export function addLesson(program: Command, interruption: Interruption): void {
  const lesson = program
    .command('lesson')
    .summary('show what the theory means, by example')
    .description('Shows what the theory means, by example.')
  lesson
    .command('dynos')
    .summary('one app on 1, 2, 4, 8 and 16 dynos')
    .description('Runs the same code under the same load on 1, 2, 4, 8 and 16 dynos.')
    .option('--seed <text>', 'seed of all chance; the same seed gives the same bytes', '1')
    .option('--json', 'print the figures as JSON')
    .addHelpText('after', `\nExample:\n  celadon lesson dynos --seed 2\n${EXIT_CODE_HELP}`)
    .action((options: LessonOptions) => teach(options, interruption))
}

async function teach(options: LessonOptions, interruption: Interruption): Promise<void> {
  const runs = await runDynoLesson(options.seed, interruption)
  if (interruption.reason !== null) {
    process.exitCode = exitCodeOf(interruption.reason)
    return
  }
  const text = options.json === true ? `${JSON.stringify(runs, null, 2)}\n` : page(runs)
  process.stdout.write(text)
}

const COLUMNS: readonly (readonly [heading: string, cell: (run: LessonRun) => string])[] = [
  ['dynos', (run) => String(run.dynos)],
  ['service p50', (run) => time(run.serviceP50Ms)],
  ['p95', (run) => time(run.serviceP95Ms)],
  ['queue p95', (run) => time(run.queueP95Ms)],
  ['total p95', (run) => time(run.totalP95Ms)],
  ['served/s', (run) => run.servedPerSecond.toFixed(1)],
  ['failed', (run) => percent(run.failed)],
  ['busy', (run) => percent(run.utilization)],
  ['$/mo', (run) => String(run.usdPerMonth)],
]

function page(runs: readonly LessonRun[]): string {
  const lines = COLUMNS.map(([heading, cell]) => {
    const cells = runs.map(cell)
    const width = Math.max(heading.length, ...cells.map(({ length }) => length))
    return [heading, ...cells].map((text) => text.padStart(width))
  })
  const rows = [-1, ...runs.keys()].map((row) => lines.map((cells) => cells[row + 1]).join('  '))
  const [headings = '', ...figures] = rows
  const title = `The same code, the same ${LESSON_PER_SECOND} requests a second, on more and more dynos:`
  const words = lessonWords(runs).map((sentence) => wrap(sentence, 80))
  return `${[title, '', colorsFor(process.stdout).bold(headings), ...figures, '', ...words].join('\n')}\n`
}

function wrap(text: string, width: number): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${line} ${word}`
    } else lines.push(word)
  }
  return lines.join('\n')
}
