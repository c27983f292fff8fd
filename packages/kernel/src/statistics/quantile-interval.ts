import { kernelError } from '../errors.js'
import { incompleteBeta } from '../special-functions/incomplete-beta.js'
import { Histogram } from './histogram.js'
import { type Interval, intervalBetween, requireShare } from './interval.js'

/**
 * The interval for a quantile from independent observations, whatever their distribution: two of
 * the sorted observations, whose ranks follow from the binomial distribution (Hahn and Meeker,
 * Statistical Intervals, 1991, section 5.2). It covers at least with the given confidence. A bound is
 * infinite when there are too few observations for a quantile so far out. From a histogram the
 * bounds are wider by its {@link Histogram.RELATIVE_ERROR}.
 *
 * @param observations in any order, or a histogram of them
 * @param p the share of values below the quantile: 0.95 for the 95th percentile
 * @param confidence between 0 and 1. Default 0.95
 * @throws `KERNEL_ARGUMENT_INVALID` when there are no observations, or when `p` or `confidence` is
 *   not between 0 and 1
 */
export function quantileInterval(
  observations: ArrayLike<number> | Histogram,
  p: number,
  confidence = 0.95,
): Interval {
  requireShare('The p of quantileInterval', p)
  requireShare('The confidence of quantileInterval', confidence)
  const [count, error, at] = sorted(observations)
  if (count === 0) {
    throw kernelError('KERNEL_ARGUMENT_INVALID', 'quantileInterval needs 1 or more observations.')
  }
  const tail = (1 - confidence) / 2
  const lowRank = binomialQuantile(tail, count, p)
  const highRank = binomialQuantile(1 - tail, count, p) + 1
  return intervalBetween(
    at(Math.max(Math.ceil(p * count), 1)),
    lowRank === 0 ? Number.NEGATIVE_INFINITY : at(lowRank) / (1 + error),
    highRank > count ? Number.POSITIVE_INFINITY : at(highRank) / (1 - error),
    confidence,
  )
}

/** How many observations there are, their relative error, and the one of a rank from 1 on. */
function sorted(
  observations: ArrayLike<number> | Histogram,
): readonly [count: number, error: number, at: (rank: number) => number] {
  if (observations instanceof Histogram) {
    const at = (rank: number): number => observations.ranked(rank)
    return [observations.count, Histogram.RELATIVE_ERROR, at]
  }
  const values = Float64Array.from(observations).sort()
  return [values.length, 0, (rank) => values[rank - 1] as number]
}

/** The smallest k that a binomial draw (`count` trials, chance `p`) stays at or below so often. */
function binomialQuantile(probability: number, count: number, p: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (incompleteBeta(1 - p, count - middle, middle + 1, p) >= probability) high = middle
    else low = middle + 1
  }
  return low
}
