import type { RandomSource } from '@celadon/contracts'
import { FadingAverage } from '@celadon/kernel'

const MINUTE_MS = 60_000

/**
 * How a dyno writes about itself. `measure`: one value a line, as `labs:enable log-runtime-metrics`
 * did until August 2013; `sample`: one line about load and one about memory; `none`: not at all.
 */
export type MetricsFormat = 'none' | 'measure' | 'sample'

/** What a dyno uses at one moment, as its runtime metrics tell it. */
export interface DynoSample {
  /** For example `web.1`. */
  readonly dyno: string
  /** Its process type, for example `web`. */
  readonly process: string
  /** Load averages over 1, 5 and 15 minutes. */
  readonly load1m: number
  readonly load5m: number
  readonly load15m: number
  /** Memory in MB: `rss` and `swap` together. Cache is not modelled. */
  readonly totalMb: number
  readonly rssMb: number
  /** What exceeds the quota. */
  readonly swapMb: number
  readonly quotaMb: number
}

/** A reading: name, value as it is printed, unit. */
type Reading = readonly [name: string, value: string, unit: string]

/**
 * What a dyno tells of itself. Its load averages are as Heroku computes them: the number
 * of runnable threads, taken every 20 seconds or so, smoothed exponentially over 1, 5 and 15 minutes.
 * Sources: Heroku Dev Center, "log-runtime-metrics" (2013 to 2016); logs of August 2013.
 */
export class RuntimeMetrics {
  private readonly oneMinute = new FadingAverage(MINUTE_MS)
  private readonly fiveMinutes = new FadingAverage(5 * MINUTE_MS)
  private readonly fifteenMinutes = new FadingAverage(15 * MINUTE_MS)

  /** @param id of this life: number of the app and a UUID */
  constructor(
    private readonly format: MetricsFormat,
    private readonly dyno: string,
    private readonly process: string,
    private readonly id: { readonly app: number; readonly life: string },
    private readonly quotaMb: number,
  ) {}

  /** The program begins to serve. */
  begin(nowMs: number): void {
    this.recordLoad(0, nowMs)
  }

  /** What the dyno uses now. */
  sample(runnable: number, memoryMb: number, nowMs: number): DynoSample {
    this.recordLoad(runnable, nowMs)
    const { dyno, process, quotaMb } = this
    return {
      dyno,
      process,
      load1m: this.oneMinute.value,
      load5m: this.fiveMinutes.value,
      load15m: this.fifteenMinutes.value,
      totalMb: memoryMb,
      rssMb: Math.min(memoryMb, quotaMb),
      swapMb: Math.max(0, memoryMb - quotaMb),
      quotaMb,
    }
  }

  /** A sample as lines of the log. */
  lines(sample: DynoSample): readonly string[] {
    const load = loadReadings(sample)
    const memory = memoryReadings(sample)
    const { app, life } = this.id
    switch (this.format) {
      case 'none':
        return []
      case 'measure': {
        const source = `source=heroku.${app}.${this.dyno}.${life}`
        return [...load, ...memory].map(
          ([name, value, unit]) =>
            `${source} measure=${name} val=${value}${unit === '' ? '' : ` units=${unit}`}`,
        )
      }
      case 'sample': {
        const source = `source=${this.dyno} dyno=heroku.${app}.${life}`
        const quota: Reading = ['memory_quota', sample.quotaMb.toFixed(2), 'MB']
        return [`${source} ${samples(load)}`, `${source} ${samples([...memory, quota])}`]
      }
    }
  }

  private recordLoad(runnable: number, nowMs: number): void {
    this.oneMinute.record(runnable, nowMs)
    this.fiveMinutes.record(runnable, nowMs)
    this.fifteenMinutes.record(runnable, nowMs)
  }
}

/**
 * What is written when memory is over the quota, before the R-code. Source: Heroku Dev Center,
 * "Heroku Error Codes"; `M` instead of `MB` as application logs since 2012 print it.
 */
export function memoryInUse(memoryMb: number, quotaMb: number): string {
  const percent = ((memoryMb / quotaMb) * 100).toFixed(1)
  return `Process running mem=${Math.floor(memoryMb)}M(${percent}%)`
}

/** A random UUID, as each life of a dyno has one. */
export function uuid(random: RandomSource): string {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => random.below(16).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
}

function loadReadings({ load1m, load5m, load15m }: DynoSample): readonly Reading[] {
  return [
    ['load_avg_1m', load1m.toFixed(2), ''],
    ['load_avg_5m', load5m.toFixed(2), ''],
    ['load_avg_15m', load15m.toFixed(2), ''],
  ]
}

/** Cache and paging are not modelled and print as 0. */
function memoryReadings({ totalMb, rssMb, swapMb }: DynoSample): readonly Reading[] {
  return [
    ['memory_total', totalMb.toFixed(2), 'MB'],
    ['memory_rss', rssMb.toFixed(2), 'MB'],
    ['memory_cache', '0.00', 'MB'],
    ['memory_swap', swapMb.toFixed(2), 'MB'],
    ['memory_pgpgin', '0', 'pages'],
    ['memory_pgpgout', '0', 'pages'],
  ]
}

function samples(readings: readonly Reading[]): string {
  return readings.map(([name, value, unit]) => `sample#${name}=${value}${unit}`).join(' ')
}
