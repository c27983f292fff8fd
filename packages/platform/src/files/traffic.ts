import type { RatePoint } from '@celadon/kernel'
import type { SpikeEntry } from './workload.js'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** Requests a second, as a mean over the day, of an app whose traffic nobody described. A guess. */
export const DEFAULT_RATE_PER_SECOND = 5

/**
 * The day of a consumer site, relative to its mean: quiet at five in the morning, busy from late
 * morning to evening. A guess after the usual shape of such curves.
 */
const DAY_CURVE: readonly (readonly [hour: number, rate: number])[] = [
  [0, 0.6],
  [2, 0.3],
  [5, 0.2],
  [8, 0.9],
  [11, 1.4],
  [14, 1.3],
  [18, 1.5],
  [21, 1.7],
  [23, 1],
  [24, 0.6],
]

/** The default traffic: one curve a day around its mean, up to and past `durationMs`. */
export function defaultRate(durationMs: number): RatePoint[] {
  let area = 0
  for (const [index, [hour, rate]] of DAY_CURVE.entries()) {
    const [nextHour, nextRate] = DAY_CURVE[index + 1] ?? [hour, rate]
    area += ((rate + nextRate) / 2) * (nextHour - hour)
  }
  const factor = (DEFAULT_RATE_PER_SECOND * 24) / area
  const day = DAY_CURVE.map(([hour, rate]) => ({ atMs: hour * HOUR_MS, perSecond: rate * factor }))
  return repeatDaily(day, durationMs)
}

/** A course that ends within the first day comes again each day; a longer one is taken as it is. */
export function repeatDaily<Corner extends { readonly atMs: number }>(
  corners: readonly Corner[],
  durationMs: number,
): Corner[] {
  if (corners.some(({ atMs }) => atMs > DAY_MS)) return [...corners]
  const days = Array.from({ length: Math.ceil(durationMs / DAY_MS) }, (_, day) => day * DAY_MS)
  return days.flatMap((dayMs) =>
    corners.map((corner) => ({ ...corner, atMs: dayMs + corner.atMs })),
  )
}

/**
 * Puts spikes on a rate. Where several overlap, all their factors apply first and what they add
 * comes on top.
 */
export function withSpikes(
  rate: readonly RatePoint[],
  spikes: readonly SpikeEntry[],
): readonly RatePoint[] {
  if (spikes.length === 0) return rate
  const edges = spikes.flatMap((spike) => [spike.at, spike.at + spike.for])
  const times = [...new Set([...rate.map(({ atMs }) => atMs), ...edges])].sort((a, b) => a - b)
  return times.flatMap((atMs) => {
    const ending = spikes.filter((spike) => spike.at < atMs && atMs <= spike.at + spike.for)
    const starting = spikes.filter((spike) => spike.at <= atMs && atMs < spike.at + spike.for)
    const before = spiked(rateBefore(rate, atMs), ending)
    const after = spiked(rateAfter(rate, atMs), starting)
    const corner = { atMs, perSecond: before }
    return before === after ? [corner] : [corner, { atMs, perSecond: after }]
  })
}

function spiked(perSecond: number, spikes: readonly SpikeEntry[]): number {
  let factor = 1
  let added = 0
  for (const { times = 1, add_per_second = 0 } of spikes) {
    factor *= times
    added += add_per_second
  }
  return perSecond * factor + added
}

/** The rate just before a time: where a rate steps, that is the lower side of the step. */
function rateBefore(rate: readonly RatePoint[], atMs: number): number {
  const index = firstIndex(rate, (point) => point.atMs >= atMs)
  return between(rate[index - 1], rate[index], atMs)
}

/** The rate from a time on. */
function rateAfter(rate: readonly RatePoint[], atMs: number): number {
  const index = firstIndex(rate, (point) => point.atMs > atMs)
  return between(rate[index - 1], rate[index], atMs)
}

function between(from: RatePoint | undefined, to: RatePoint | undefined, atMs: number): number {
  if (from === undefined || to === undefined) return (from ?? to)?.perSecond ?? 0
  const progress = (atMs - from.atMs) / (to.atMs - from.atMs)
  return from.perSecond + progress * (to.perSecond - from.perSecond)
}

/** Index of the first point that matches, in a list where all points after it match too. */
function firstIndex(rate: readonly RatePoint[], matches: (point: RatePoint) => boolean): number {
  let low = 0
  let high = rate.length
  while (low < high) {
    const middle = (low + high) >> 1
    const point = rate[middle]
    if (point !== undefined && matches(point)) high = middle
    else low = middle + 1
  }
  return low
}
