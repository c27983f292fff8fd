import type { RunResult } from '@celadon/platform'
import { reportError } from './errors.js'
import {
  addOnTable,
  clientLines,
  costLine,
  jobTable,
  labelWidth,
  latencyLines,
  processTable,
  requestLines,
  type Table,
  titleLine,
} from './summary-sections.js'
import { type Colors, type Line, piece, renderLine } from './terminal-line.js'

/** How the summary is written. */
export interface SummaryOptions {
  /** Colouring functions, for example `picocolors`. Default: no colour. */
  readonly colors?: Colors
  /** Columns of the terminal, at least 40. Default: 80. */
  readonly width?: number
}

/** Lines of the summary at most: the height of a terminal of the usual 80 by 24. */
const ROWS = 24

/**
 * What a run found out, in at most 24 lines for a terminal, each ending in a line feed. `-` stands
 * where there was nothing to measure; a list that is too long ends with the number of rows left out.
 *
 * @throws `CeladonError` `REPORT_WIDTH_INVALID`, `REPORT_START_INVALID`
 */
export function formatSummary(result: RunResult, options: SummaryOptions = {}): string {
  const width = options.width ?? 80
  if (!Number.isInteger(width) || width < 40) {
    throw reportError('REPORT_WIDTH_INVALID', `width is ${width}; accepted: integers from 40`)
  }
  const label = labelWidth(width)
  const top = [
    titleLine(result.app, width),
    ...requestLines(result, label),
    ...clientLines(result, label),
    ...latencyLines(result, label),
  ]
  const bottom = [costLine(result, label)]
  const tables = [processTable, jobTable, addOnTable]
    .map((table) => table(result, label))
    .filter(({ rows }) => rows.length > 0)
  const rows = allot(
    tables.map((table) => table.rows.length),
    ROWS - top.length - bottom.length - tables.length,
  )
  const middle = tables.flatMap((table, index) => tableLines(table, rows[index] ?? 0))
  return [...top, ...middle, ...bottom]
    .map((line) => `${renderLine(line, width, options.colors ?? null)}\n`)
    .join('')
}

/** Hands out `rows` one by one, in turn, to the tables that want more of them. */
function allot(wanted: readonly number[], rows: number): number[] {
  const given = wanted.map(() => 0)
  for (let left = rows; left > 0; ) {
    const before = left
    for (const [index, want] of wanted.entries()) {
      const have = given[index] ?? 0
      if (have === want || left === 0) continue
      given[index] = have + 1
      left -= 1
    }
    if (left === before) break
  }
  return given
}

function tableLines({ heading, rows }: Table, room: number): Line[] {
  if (rows.length <= room) return [heading, ...rows]
  const shown = rows.slice(0, room - 1)
  return [heading, ...shown, [piece(`  and ${rows.length - shown.length} more`, 'dim')]]
}
