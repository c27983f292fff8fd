import type { RandomSource } from '@celadon/contracts'
import { FadingAverage } from '@celadon/kernel'

const MINUTE_MS = 60_000

/**
 * The lines that a dyno writes about itself. Its load averages are as Heroku computes them: the number
 * of runnable threads, taken every 20 seconds or so, smoothed exponentially over 1, 5 and 15 minutes.
 * Source: Heroku Dev Center, "log-runtime-metrics".
 */
export class RuntimeMetrics {
  private readonly oneMinute = new FadingAverage(MINUTE_MS)
  private readonly fiveMinutes = new FadingAverage(5 * MINUTE_MS)
  private readonly fifteenMinutes = new FadingAverage(15 * MINUTE_MS)

  /** @param head how the lines begin: the source and the identity of the dyno */
  constructor(
    private readonly head: string,
    private readonly quotaMb: number,
  ) {}

  /** The program begins to serve. */
  begin(nowMs: number): void {
    this.recordLoad(0, nowMs)
  }

  /** The lines of this moment: one about load, one about memory. */
  sample(runnable: number, memoryMb: number, nowMs: number): readonly string[] {
    this.recordLoad(runnable, nowMs)
    return [
      `${this.head} ${this.loadSamples()}`,
      `${this.head} ${memorySamples(memoryMb, this.quotaMb)}`,
    ]
  }

  private recordLoad(runnable: number, nowMs: number): void {
    this.oneMinute.record(runnable, nowMs)
    this.fiveMinutes.record(runnable, nowMs)
    this.fifteenMinutes.record(runnable, nowMs)
  }

  private loadSamples(): string {
    const one = this.oneMinute.value.toFixed(2)
    const five = this.fiveMinutes.value.toFixed(2)
    const fifteen = this.fifteenMinutes.value.toFixed(2)
    return `sample#load_avg_1m=${one} sample#load_avg_5m=${five} sample#load_avg_15m=${fifteen}`
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

/** Swap is what exceeds the quota; cache and paging are not modelled and print as 0. */
function memorySamples(memoryMb: number, quotaMb: number): string {
  const rss = Math.min(memoryMb, quotaMb).toFixed(2)
  const swap = Math.max(0, memoryMb - quotaMb).toFixed(2)
  return `sample#memory_total=${memoryMb.toFixed(2)}MB sample#memory_rss=${rss}MB sample#memory_cache=0.00MB sample#memory_swap=${swap}MB sample#memory_pgpgin=0pages sample#memory_pgpgout=0pages sample#memory_quota=${quotaMb.toFixed(2)}MB`
}
