/** A value that a line of metrics tells, in l2met's notation: `sample#memory_rss=21.22MB`. */
export interface Metric {
  /**
   * `measure`: one of many, of which percentiles are taken; `sample`: a level, the last counts;
   * `count`: to be added up. Source: l2met's documentation.
   */
  readonly kind: 'measure' | 'sample' | 'count'
  readonly name: string
  readonly value: number
  /** Digits that are printed after the point. */
  readonly decimals: number
  /** What stands right after the number: `ms`, `MB`, `pages`; empty where nothing does. */
  readonly unit: string
}

/** The metrics of a line and the source that they are told of. */
export interface MetricsLine {
  /** Value of `source=`; null where there is none. */
  readonly source: string | null
  readonly metrics: readonly Metric[]
}

/** `measure.NAME` is an older form of `measure#NAME`. */
const NAME = /^(measure|sample|count)(?:#|(?<=measure)\.)(.+)$/
const VALUE = /^(-?)(\d+)(?:\.(\d{1,20}))?([A-Za-z%]*)$/
/** From here on numbers are printed with an exponent, which is not read. */
const SIZE_END = 1e21

/**
 * All metrics in a text, whatever else it says: `measure#checkout=63ms`, `count#orders=1`,
 * `sample#queue=12`, and the older `measure.checkout=63ms`. What has no number after the equals sign
 * is no metric. Source of the notation: l2met's documentation.
 */
export function parseMetrics(text: string): MetricsLine {
  const metrics: Metric[] = []
  let source: string | null = null
  if (!mayTell(text)) return { source, metrics }
  for (const token of text.split(' ')) {
    const metric = readMetric(token)
    if (metric !== null) metrics.push(metric)
    else if (token.startsWith('source=')) source ??= token.slice('source='.length)
  }
  return { source, metrics }
}

/** The text of a line of metrics: the source first, where there is one. */
export function formatMetrics({ source, metrics }: MetricsLine): string {
  const texts = metrics.map(formatMetric)
  return (source === null ? texts : [`source=${source}`, ...texts]).join(' ')
}

/** A metric as a line prints it. */
export function formatMetric({ kind, name, value, decimals, unit }: Metric): string {
  return `${kind}#${name}=${value.toFixed(decimals)}${unit}`
}

/** The metric that a word is; null when it is none. */
export function readMetric(token: string): Metric | null {
  const equals = token.indexOf('=')
  if (equals < 0) return null
  const name = NAME.exec(token.slice(0, equals))
  const quantity = readQuantity(token.slice(equals + 1))
  if (name === null || quantity === null) return null
  return { kind: name[1] as Metric['kind'], name: name[2] ?? '', ...quantity }
}

function readQuantity(text: string): Pick<Metric, 'value' | 'decimals' | 'unit'> | null {
  const match = VALUE.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', unit = ''] = match
  const size = Number(`${whole}.${fraction}`)
  if (size >= SIZE_END) return null
  return { value: sign === '' || size === 0 ? size : -size, decimals: fraction.length, unit }
}

/** Most lines have none, and this is soon seen. */
function mayTell(text: string): boolean {
  return text.includes('#') || text.includes('measure.')
}
