import { isoSecond } from '@celadon/kernel'
import { type Line, piece } from '../terminal-line.js'
import { GUTTER } from './band-chart.js'
import type { TimeGrid } from './time-grid.js'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
/** Distances between labels in minutes. */
const STEPS: readonly number[] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440]
/** Columns from one label to the next, at least: five for `09:00` or `03-02`, and some air. */
const STEP_COLUMNS_MIN = 9
const LABEL_COLUMNS = 5

/**
 * The horizontal axis of a view's charts, in two lines: a rule with ticks and the letters of marks,
 * and clock times below it; midnight is told by its date where a view has more than a day.
 *
 * @param startEpochMs calendar start of the run in milliseconds since 1970, UTC
 * @param letters letters of marks by column
 */
export function timeAxis(
  grid: TimeGrid,
  startEpochMs: number,
  letters: ReadonlyMap<number, string>,
): Line[] {
  const rule = Array.from({ length: grid.width }, (_, column) => letters.get(column) ?? '─')
  let labels = ''
  for (const { column, text } of ticksOf(grid, startEpochMs)) {
    if (!letters.has(column)) rule[column] = '┬'
    if (column + LABEL_COLUMNS <= grid.width) labels = labels.padEnd(column) + text
  }
  const runs = rule.join('').match(/[─┬]+|[^─┬]+/gu) ?? []
  return [
    [
      piece(`${' '.repeat(GUTTER - 1)}└`, 'dim'),
      ...runs.map((run) => piece(run, /[─┬]/u.test(run) ? 'dim' : 'bold')),
    ],
    [piece(' '.repeat(GUTTER) + labels, 'dim')],
  ]
}

interface Tick {
  readonly column: number
  readonly text: string
}

function ticksOf(grid: TimeGrid, startEpochMs: number): Tick[] {
  const stepMs = stepOf(grid.columnMs)
  const firstMs = startEpochMs + grid.timeAt(0)
  const endMs = startEpochMs + grid.timeAt(grid.width)
  const ticks: Tick[] = []
  const firstStep = Math.ceil(firstMs / stepMs)
  const steps = Math.ceil(endMs / stepMs) - firstStep
  for (let step = 0; step < steps; step++) {
    const atMs = (firstStep + step) * stepMs
    const text = isoSecond(atMs)
    const isDate = atMs % DAY_MS === 0 && endMs - firstMs > DAY_MS
    ticks.push({
      column: Math.floor((atMs - firstMs) / grid.columnMs),
      text: isDate ? text.slice(5, 10) : text.slice(11, 16),
    })
  }
  return ticks
}

/** The shortest distance between labels that leaves room for them. */
function stepOf(columnMs: number): number {
  const shortestMs = columnMs * STEP_COLUMNS_MIN
  const minutes = STEPS.find((step) => step * MINUTE_MS >= shortestMs)
  return minutes === undefined ? Math.ceil(shortestMs / DAY_MS) * DAY_MS : minutes * MINUTE_MS
}
