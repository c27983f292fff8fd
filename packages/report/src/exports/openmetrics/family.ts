/** What stands in the braces of a sample, in the order in which it is written. */
export type Labels = Readonly<Record<string, string>>

/** One line of the text: one value at one moment. */
export interface Sample {
  /** After the family's name, such as `_total`. */
  readonly suffix: '' | '_total' | '_count' | '_sum' | '_info'
  readonly labels: Labels
  /** Virtual time in milliseconds. */
  readonly atMs: number
  readonly value: number
}

/** A metric family: one name, one unit, one meaning. */
export interface Family {
  /** Without the prefix `celadon_` and without `_total`. Ends in the unit where there is one. */
  readonly name: string
  readonly type: 'gauge' | 'counter' | 'summary' | 'info'
  readonly unit?: 'seconds' | 'bytes' | 'ratio' | 'dollars'
  readonly help: string
  /** Those of one metric stand together and in order of time. */
  readonly samples: readonly Sample[]
}

/** A value and when it was so. */
export interface Point {
  readonly atMs: number
  readonly value: number | null
}

/** A metric that goes up and down. Moments without a value have no sample. */
export function gauge(labels: Labels, points: readonly Point[]): Sample[] {
  return points.flatMap(({ atMs, value }) =>
    value === null ? [] : [{ suffix: '', labels, atMs, value }],
  )
}

/** A metric that only grows. */
export function counter(labels: Labels, points: readonly Point[]): Sample[] {
  return gauge(labels, points).map((sample) => ({ ...sample, suffix: '_total' }))
}

/** Columns of quantiles by the label's value: `0.5`, or `1.0` for the maximum. */
export type QuantileColumns = readonly (readonly [quantile: string, points: readonly Point[]])[]

/**
 * Quantiles of intervals. They are gauges: in a `summary` of several moments the quantiles take turns,
 * of which prometheus_client 0.16 keeps one after the first moment.
 */
export function quantiles(labels: Labels, columns: QuantileColumns): Sample[] {
  return columns.flatMap(([quantile, points]) => gauge({ ...labels, quantile }, points))
}

/** Samples of each entry, sorted by key. */
export function byKey<Value>(
  record: Readonly<Record<string, Value>>,
  write: (key: string, value: Value) => readonly Sample[],
): Sample[] {
  return Object.entries(record)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => write(key, value))
}
