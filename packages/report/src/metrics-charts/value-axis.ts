import { formatRound, type Unit } from '../quantity.js'

/** What the rows of a chart stand for, from the lowest to the highest. */
export interface ValueAxis {
  readonly rows: number
  /** Ends of the axis, in its own measure. */
  readonly range: readonly [number, number]
  /** Where labels stand, in the axis's own measure. */
  readonly ticks: readonly number[]
  /** A value in the axis's own measure. */
  place(value: number): number
  /** The text of a place. */
  label(place: number): string
}

/** Durations in milliseconds that people know, about a power of ten apart. */
const DURATIONS: readonly number[] = [1, 10, 100, 1e3, 1e4, 60e3, 600e3, 3600e3, 36_000e3]
const LOG_ROWS = 10
const DECIMAL_TOPS: readonly number[] = [1, 1.5, 2, 3, 4, 5, 6, 8, 10]
const BINARY_TOPS: readonly number[] = [1, 1.5, 2]

/** The row of a value, 0 for the lowest. Values outside are on the nearest row. */
export function rowOf({ rows, range: [from, to], place }: ValueAxis, value: number): number {
  const row = Math.round(((place(value) - from) / (to - from)) * (rows - 1))
  return Math.min(Math.max(row, 0), rows - 1)
}

/**
 * From zero to a round number that is not below any value.
 *
 * @param rows an odd number, so that there is a row in the middle
 */
export function linearAxis(values: readonly number[], unit: Unit, rows: number): ValueAxis {
  const top = roundTop(
    values.reduce((most, value) => Math.max(most, value), 0),
    unit,
  )
  return {
    rows,
    range: [0, top],
    ticks: [0, top / 2, top],
    place: (value) => value,
    label: (place) => (place === 0 ? '0' : formatRound(place, unit)),
  }
}

/** Milliseconds on a logarithmic scale, from a round number below the lowest value up to the highest. */
export function logDurationAxis(values: readonly number[]): ValueAxis {
  const lowest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const bottom = DURATIONS.findLast((duration) => duration < lowest) ?? 1
  const top = values.reduce((most, value) => Math.max(most, value), bottom * 10)
  return {
    rows: LOG_ROWS,
    range: [Math.log10(bottom), Math.log10(top)],
    ticks: DURATIONS.filter((duration) => duration >= bottom && duration <= top).map(Math.log10),
    place: (value) => Math.log10(Math.max(value, bottom)),
    label: (place) => formatRound(10 ** place, 'duration'),
  }
}

/** Memory comes in powers of two, everything else in powers of ten. */
function roundTop(value: number, unit: Unit): number {
  if (value <= 0) return 1
  const base = unit === 'memory' ? 2 : 10
  const power = base ** Math.floor(Math.log(value) / Math.log(base))
  const tops = unit === 'memory' ? BINARY_TOPS : DECIMAL_TOPS
  return (tops.find((step) => step * power >= value) ?? base) * power
}
