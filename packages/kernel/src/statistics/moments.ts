import { kernelError } from '../errors.js'

/**
 * Count, mean, variance and extremes of observations, in their unit. Updated by Welford's method
 * (1962), which stays exact when the spread is small beside the mean; the parts of a whole merge by
 * the formula of Chan, Golub and LeVeque (1979).
 */
export class Moments {
  /** Observations so far. */
  count = 0
  /** Arithmetic mean; 0 when there are no observations. */
  mean = 0
  /** Smallest observation; `Infinity` when there are none. */
  min: number = Number.POSITIVE_INFINITY
  /** Greatest observation; `-Infinity` when there are none. */
  max: number = Number.NEGATIVE_INFINITY
  /** Sum of squared deviations from the mean. */
  private squares = 0

  /**
   * Takes one observation in.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when it is not finite
   */
  record(value: number): void {
    if (!Number.isFinite(value)) {
      throw kernelError(
        'KERNEL_ARGUMENT_INVALID',
        `Moments needs finite observations, but number ${this.count + 1} is ${value}.`,
      )
    }
    this.count += 1
    const deviation = value - this.mean
    this.mean += deviation / this.count
    this.squares += deviation * (value - this.mean)
    if (value < this.min) this.min = value
    if (value > this.max) this.max = value
  }

  /** Unbiased estimate (n - 1 in the denominator); 0 with fewer than two observations. */
  get variance(): number {
    return this.count < 2 ? 0 : this.squares / (this.count - 1)
  }

  /** Square root of {@link variance}. */
  get standardDeviation(): number {
    return Math.sqrt(this.variance)
  }

  /** Adds what another one observed. */
  merge(other: Moments): void {
    if (other.count === 0) return
    const count = this.count + other.count
    const deviation = other.mean - this.mean
    this.squares += other.squares + deviation * deviation * ((this.count * other.count) / count)
    this.mean += deviation * (other.count / count)
    this.count = count
    this.min = Math.min(this.min, other.min)
    this.max = Math.max(this.max, other.max)
  }

  /** Forgets everything, as at the end of the warm-up. */
  reset(): void {
    this.count = 0
    this.mean = 0
    this.min = Number.POSITIVE_INFINITY
    this.max = Number.NEGATIVE_INFINITY
    this.squares = 0
  }
}
