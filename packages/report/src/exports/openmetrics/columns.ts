import type { LatencySummary } from '@celadon/platform'
import { type Labels, type Point, quantiles, type Sample } from './family.js'

const BYTES_PER_MB = 1024 * 1024

/** Where a column of a result lies in time. */
export interface Intervals {
  /** Virtual time at which the first interval starts. */
  readonly startMs: number
  readonly intervalMs: number
  /** End of the run: the last interval may be unfinished. */
  readonly endMs: number
}

/** A column with each value at the end of its interval. */
export function pointsOf(
  column: readonly (number | null)[],
  intervals: Intervals,
  convert: (value: number) => number = same,
): Point[] {
  return column.map((value, index) => ({
    atMs: endOf(index, intervals),
    value: value === null ? null : convert(value),
  }))
}

/**
 * A counter out of what was counted in each interval. It starts where the column does, with what had
 * been counted before (0 at the run's start), and ends with the total at the end of the run.
 *
 * @param total of the whole run, which is exact; counts out of rates are rounded. Default: their sum
 */
export function totalsOf(
  counts: readonly number[],
  { startMs, intervalMs, endMs }: Intervals,
  total: number = sumOf(counts),
): Point[] {
  let value = startMs > 0 ? Math.max(total - sumOf(counts), 0) : 0
  const points = [{ atMs: startMs, value }]
  for (const [index, count] of counts.entries()) {
    value = Math.min(value + Math.round(count), total)
    const atMs = startMs + (index + 1) * intervalMs
    if (atMs < endMs) points.push({ atMs, value })
  }
  if (endMs > startMs) points.push({ atMs: endMs, value: total })
  return points
}

/** Sum of what was counted, each count a whole number. */
export function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + Math.round(count), 0)
}

/** The figures of a whole distribution of milliseconds, in seconds. Nothing when it is empty. */
export function summary(labels: Labels, latency: LatencySummary, atMs: number): Sample[] {
  const { count, mean, p50, p95, p99, max } = latency
  if (count === 0) return []
  const at = (value: number): Point[] => [{ atMs, value: seconds(value) }]
  return [
    ...quantiles(labels, [
      ['0.5', at(p50)],
      ['0.95', at(p95)],
      ['0.99', at(p99)],
      ['1.0', at(max)],
    ]),
    { suffix: '_count', labels, atMs, value: count },
    { suffix: '_sum', labels, atMs, value: seconds(mean * count) },
  ]
}

/** To the microsecond, which is finer than a result knows durations. */
export function seconds(ms: number): number {
  return Math.round(ms * 1000) / 1e6
}

/** Heroku's MB are of 1,048,576 bytes. */
export function bytes(mb: number): number {
  return Math.round(mb * BYTES_PER_MB)
}

function endOf(index: number, { startMs, intervalMs, endMs }: Intervals): number {
  return Math.min(startMs + (index + 1) * intervalMs, endMs)
}

function same(value: number): number {
  return value
}
