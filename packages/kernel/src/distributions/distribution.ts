/** A distribution of a non-negative quantity, in the unit of its parameters. It holds no state. */
export interface Distribution {
  /** Family and parameters, for reports: `lognormal(median 60, p95 300)`. */
  readonly name: string
  /** `Infinity` where the tail is too heavy for a mean, as in a Pareto distribution of shape 1. */
  readonly mean: number
  /** `Infinity` where the tail is too heavy for a variance. */
  readonly variance: number
  /**
   * The value below which a share `p` of the draws lies, `p` in [0, 1). It never falls as `p` grows.
   * Where a share of exactly `p` lies below a gap, it is the value above the gap.
   */
  quantile(p: number): number
  /**
   * The share of the draws at or below `value`: the distribution function. Every family of the
   * kernel has it. A distribution of your own needs it only to be part of a mixture.
   */
  cdf?(value: number): number
}

/**
 * Variance over squared mean, the squared coefficient of variation: 0 for a constant, 1 for an
 * exponential distribution, more for heavier tails. `Infinity` when the variance is.
 */
export function squaredCv({ mean, variance }: Distribution): number {
  if (variance === 0 || variance === Number.POSITIVE_INFINITY) return variance
  return variance / mean / mean
}
