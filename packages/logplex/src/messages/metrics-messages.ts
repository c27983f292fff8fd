import type { Generation } from '@celadon/contracts'
import { formatMetric, type Metric, type MetricsLine, readMetric } from './metric.js'

/** What a dyno tells of itself every 20 seconds: load averages, memory. */
export interface RuntimeMetricsMessage {
  readonly type: 'runtime-metrics'
  /** The dyno: `web.1`. */
  readonly process: string
  /** Number of the app. */
  readonly app: string
  /** UUID of this life of the dyno. */
  readonly life: string
  readonly samples: readonly Metric[]
}

/** What a data service tells of itself every minute. */
export interface AddOnMetricsMessage {
  readonly type: 'add-on-metrics'
  /** Name under which the app uses it: `DATABASE`, `HEROKU_POSTGRESQL_VIOLET`. */
  readonly source: string
  /** Name of the add-on; null in lines up to about 2015. */
  readonly addOn: string | null
  readonly samples: readonly Metric[]
}

/** A line of metrics by anybody else, as l2met and Librato read it. */
export interface MetricsMessage extends MetricsLine {
  readonly type: 'metrics'
}

const SAMPLED = /^source=(\S+) dyno=heroku\.([^.\s]+)\.([^.\s]+) (.*)$/
const MEASURED =
  /^source=heroku\.([^.\s]+)\.(\S+)\.([^.\s]+) +measure=(\S+) +val=([-.\d]+)(?: +units=([A-Za-z%]+))? *$/
const BY_ADD_ON = /^source=(\S+) (?:addon=(\S+) )?(.*)$/

/**
 * Until August 2013 a line had one value, `measure=load_avg_1m val=0.00`. In the generations of that
 * time a message with one sample is written so. Sources: Heroku Dev Center, "log-runtime-metrics";
 * logs of 2013.
 */
export function formatRuntimeMetrics(
  { process, app, life, samples }: RuntimeMetricsMessage,
  generation: Generation,
): string {
  const [sample, ...others] = samples
  const early = generation === 'bamboo-2010' || generation === 'cedar-2012'
  if (early && sample !== undefined && others.length === 0) {
    const { name, value, decimals, unit } = sample
    const units = unit === '' ? '' : ` units=${unit}`
    return `source=heroku.${app}.${process}.${life} measure=${name} val=${value.toFixed(decimals)}${units}`
  }
  return `source=${process} dyno=heroku.${app}.${life} ${samples.map(formatMetric).join(' ')}`
}

/** The runtime metrics that a text tells; null when it is something else. */
export function readRuntimeMetrics(text: string): RuntimeMetricsMessage | null {
  const sampled = SAMPLED.exec(text)
  if (sampled !== null) {
    const [, process = '', app = '', life = '', rest = ''] = sampled
    const samples = readSamples(rest)
    return samples === null ? null : { type: 'runtime-metrics', process, app, life, samples }
  }
  const measured = MEASURED.exec(text)
  if (measured === null) return null
  const [, app = '', process = '', life = '', name = '', value = '', units = ''] = measured
  const sample = readMetric(`sample#${name}=${value}${units}`)
  return sample === null ? null : { type: 'runtime-metrics', process, app, life, samples: [sample] }
}

/** The text of what a data service tells. */
export function formatAddOnMetrics({ source, addOn, samples }: AddOnMetricsMessage): string {
  const name = addOn === null ? '' : ` addon=${addOn}`
  return `source=${source}${name} ${samples.map(formatMetric).join(' ')}`
}

/** The metrics of a data service that a text tells; null when it is something else. */
export function readAddOnMetrics(text: string): AddOnMetricsMessage | null {
  const match = BY_ADD_ON.exec(text)
  if (match === null) return null
  const [, source = '', addOn = null, rest = ''] = match
  const samples = readSamples(rest)
  return samples === null ? null : { type: 'add-on-metrics', source, addOn, samples }
}

/** A text that is metrics and nothing else; null when it is not. */
export function readMetricsMessage(text: string): MetricsMessage | null {
  const match = /^source=(\S+) (.*)$/.exec(text)
  const metrics = readAll(match?.[2] ?? text)
  return metrics === null ? null : { type: 'metrics', source: match?.[1] ?? null, metrics }
}

function readSamples(text: string): readonly Metric[] | null {
  const samples = readAll(text)
  return samples?.every(({ kind }) => kind === 'sample') === true ? samples : null
}

/** The metrics of a text that is nothing else; null when it is not. */
function readAll(text: string): readonly Metric[] | null {
  const metrics: Metric[] = []
  for (const token of text.split(' ')) {
    if (token === '') continue
    const metric = readMetric(token)
    if (metric === null) return null
    metrics.push(metric)
  }
  return metrics.length === 0 ? null : metrics
}
