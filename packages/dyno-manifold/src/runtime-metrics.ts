import type { RandomSource } from '@celadon/contracts'

/**
 * What a process runs into when its memory is over the quota. Source: Heroku Dev Center, "Heroku
 * Error Codes"; `M` instead of `MB` as application logs since 2012 print it.
 */
export function memoryInUse(memoryMb: number, quotaMb: number): string {
  const percent = ((memoryMb / quotaMb) * 100).toFixed(1)
  return `Process running mem=${Math.floor(memoryMb)}M(${percent}%)`
}

/**
 * The memory part of the runtime metrics. Source: Heroku Dev Center, "log-runtime-metrics". Swap is
 * what exceeds the quota; cache and paging are not modelled and print as 0.
 */
export function memorySamples(memoryMb: number, quotaMb: number): string {
  const rss = Math.min(memoryMb, quotaMb).toFixed(2)
  const swap = Math.max(0, memoryMb - quotaMb).toFixed(2)
  return `sample#memory_total=${memoryMb.toFixed(2)}MB sample#memory_rss=${rss}MB sample#memory_cache=0.00MB sample#memory_swap=${swap}MB sample#memory_pgpgin=0pages sample#memory_pgpgout=0pages sample#memory_quota=${quotaMb.toFixed(2)}MB`
}

/** A random UUID, as each life of a dyno has one. */
export function uuid(random: RandomSource): string {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => random.below(16).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
}
