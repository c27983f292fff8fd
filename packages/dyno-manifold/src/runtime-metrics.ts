import type { RandomSource } from '@celadon/contracts'
import { LoadAverage } from './load-average.js'

/** The lines that a dyno writes about itself. Source: Heroku Dev Center, "log-runtime-metrics". */
export class RuntimeMetrics {
  private readonly load = new LoadAverage()

  /** @param head how the lines begin: the source and the identity of the dyno */
  constructor(
    private readonly head: string,
    private readonly quotaMb: number,
  ) {}

  /** The program begins to serve. */
  begin(nowMs: number): void {
    this.load.sample(0, nowMs)
  }

  /** The lines of this moment: one about load, one about memory. */
  sample(runnable: number, memoryMb: number, nowMs: number): readonly string[] {
    this.load.sample(runnable, nowMs)
    return [`${this.head} ${this.load}`, `${this.head} ${memorySamples(memoryMb, this.quotaMb)}`]
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
