import { stirlingError } from './log-gamma.js'

const TINY = 1e-300
const PRECISION = 1e-16
/** From here on the continued fraction settles in a few steps, however small the shape. */
const LEAST_FOR_FRACTION = 4

/**
 * The regularised incomplete gamma functions P and Q: the shares of a gamma distribution of scale 1
 * that lie below and above x. The time for one value grows with the square root of the shape.
 */
export class IncompleteGamma {
  private readonly stirling: number

  constructor(private readonly shape: number) {
    this.stirling = stirlingError(shape)
  }

  /** P(shape, x), exact also where it is small. */
  lower(x: number): number {
    if (x <= 0) return 0
    return this.favoursSeries(x) ? this.power(x) * this.series(x) : 1 - this.upper(x)
  }

  /** Q(shape, x) = 1 - P(shape, x), exact also where it is small. */
  upper(x: number): number {
    if (x <= 0) return 1
    if (this.favoursSeries(x)) return 1 - this.lower(x)
    const power = this.power(x)
    return power > 0 ? power * this.shape * this.continuedFraction(x) : 0
  }

  /**
   * x^shape exp(-x) / Γ(shape + 1), which is the density times x / shape. In the form of Loader
   * (Fast and accurate computation of binomial probabilities, 2000): the large terms cancel on
   * paper, not in floats.
   */
  power(x: number): number {
    const { shape } = this
    const excess = x - shape
    const logRatio = Math.abs(excess) < shape / 2 ? Math.log1p(excess / shape) : Math.log(x / shape)
    const exponent = shape * logRatio - excess - this.stirling
    return Math.exp(exponent) / Math.sqrt(2 * Math.PI * shape)
  }

  private favoursSeries(x: number): boolean {
    return x < this.shape + 1 || x < LEAST_FOR_FRACTION
  }

  /** Sum of x^n / ((shape + 1) ... (shape + n)), DLMF 8.11.4. */
  private series(x: number): number {
    let term = 1
    let sum = 1
    for (let n = 1; term > sum * PRECISION; n += 1) {
      term *= x / (this.shape + n)
      sum += term
    }
    return sum
  }

  /** DLMF 8.9.2 in its even form, by Lentz's method. */
  private continuedFraction(x: number): number {
    const { shape } = this
    let b = x + 1 - shape
    let above = 1 / TINY
    let below = 1 / b
    let value = below
    for (let n = 1; ; n += 1) {
      const numerator = n * (shape - n)
      b += 2
      below = 1 / awayFromZero(b + numerator * below)
      above = awayFromZero(b + numerator / above)
      const change = above * below
      value *= change
      if (Math.abs(change - 1) <= 2 * PRECISION) return value
    }
  }
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
