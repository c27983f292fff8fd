import type { Series } from '@celadon/platform'
import type { Unit } from '../quantity.js'

/** A figure of the page, as data: the page's script draws it, a table repeats it in words. */
export interface Chart {
  /** Unique in the page. */
  readonly id: string
  readonly title: string
  /** What the values are, for people. */
  readonly note: string
  readonly unit: Unit
  readonly axis: 'linear' | 'log'
  /** True when a value holds for its whole interval. */
  readonly stepped: boolean
  readonly lines: readonly ChartLine[]
}

/** One line of a chart. */
export interface ChartLine {
  readonly label: string
  readonly source: LineSource
  /** Custom property of the style sheet, without its dashes. */
  readonly color: string
  /** Lengths of strokes and gaps in pixels; none: a continuous line. */
  readonly dash: readonly number[]
  /** True when the area below is tinted. */
  readonly filled: boolean
}

/** Where values stand in the result's series; or one level that holds for the whole run. */
export type LineSource =
  | { readonly column: ColumnName }
  | { readonly group: GroupName; readonly key: string }
  | { readonly level: number }

/** Series that are one column. */
export type ColumnName = KeysOf<readonly (number | null)[]>

/** Series with a column for each process type, job library or code. */
export type GroupName = KeysOf<Readonly<Record<string, readonly number[]>>>

type KeysOf<Type> = {
  [Key in keyof Series]: Series[Key] extends Type ? Key : never
}[keyof Series]

/** Values of a line, one for each interval; none when the result has no such series. */
export function valuesOf(series: Series, source: LineSource): readonly (number | null)[] {
  if ('level' in source) return new Array<number>(series.length).fill(source.level)
  if ('column' in source) return series[source.column]
  const group = series[source.group]
  return Object.hasOwn(group, source.key) ? (group[source.key] ?? []) : []
}
