import { plot } from 'simple-ascii-chart'
import { type Color, type Line, piece, right } from '../terminal-line.js'
import type { TimeGrid } from './time-grid.js'
import { rowOf, type ValueAxis } from './value-axis.js'

/** Columns that the labels of the value axis and the axis itself take. */
export const GUTTER = 8

/** What fills the columns up to some values. */
export interface Band {
  readonly symbol: string
  readonly color: Color
  /** By column; null or 0 where there is nothing to draw. */
  readonly tops: readonly (number | null)[]
}

/** How a limit is drawn. */
export const LIMIT: { readonly symbol: string; readonly color: Color } = {
  symbol: '┄',
  color: 'red',
}

/**
 * Bands over each other, lowest first: each is seen above the one before it. What has a value is seen
 * on the lowest row at least.
 *
 * @param limit a value that is drawn as a line across the bands; null for none
 */
export function bandChart(
  { width }: TimeGrid,
  axis: ValueAxis,
  bands: readonly Band[],
  limit: number | null = null,
): Line[] {
  const { rows, range, ticks } = axis
  const [bottom] = range
  const text = plot(
    // The library takes the width of the time axis from the points, the cells from the formatter.
    Array.from({ length: width }, (_, column): [number, number] => [column, bottom]),
    {
      width,
      height: rows,
      yRange: [...range],
      hideXAxis: true,
      customYAxisTicks: [...ticks],
      symbols: { thresholds: { x: LIMIT.symbol } },
      thresholds: limit === null ? [] : [{ y: axis.place(limit) }],
      formatter: (value, { axis: name }) =>
        name === 'x' ? '' : right(axis.label(value), GUTTER - 1).text,
      lineFormatter: ({ x: column, plotX }) =>
        columnSymbols(axis, bands, column).map((symbol, row) => ({
          x: plotX,
          y: rows - row,
          symbol,
        })),
    },
  )
  const colors = new Map(bands.map(({ symbol, color }) => [symbol, color]))
  colors.set(LIMIT.symbol, LIMIT.color)
  // An empty line, then a row above the chart that only holds the arrow of its axis.
  return text
    .split('\n')
    .slice(2, 2 + rows)
    .map((row) => chartRow(row, width, colors))
}

/** The symbols of a column from its lowest row upward. */
function columnSymbols(axis: ValueAxis, bands: readonly Band[], column: number): string[] {
  const symbols: string[] = []
  for (const { symbol, tops } of bands) {
    const top = tops[column] ?? 0
    if (top === 0) continue
    while (symbols.length <= rowOf(axis, top)) symbols.push(symbol)
  }
  return symbols
}

/** A row of the library's chart, whose labels are as wide as the widest of them. */
function chartRow(row: string, width: number, colors: ReadonlyMap<string, Color>): Line {
  const axisAt = row.search(/[┤│]/u)
  const runs = row.slice(axisAt + 1, axisAt + 1 + width).match(/(.)\1*/gu) ?? []
  return [
    right(row.slice(0, axisAt), GUTTER - 1, 'dim'),
    piece(row.charAt(axisAt), 'dim'),
    ...runs.map((run) => piece(run, colors.get(run.charAt(0)) ?? 'plain')),
  ]
}
