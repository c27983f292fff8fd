import type { Distribution } from './distribution.js'
import { invalid, sharesOf } from './parameters.js'

/** Where the search for a quantile ends: the relative width of its bracket. */
const PRECISION = 1e-13
/** Values are searched for from here on. */
const LEAST = 1e-300
const STEPS_MAX = 500

/** One of the distributions of which a mixture is made. */
export interface MixturePart {
  /** How often it is drawn from, relative to the others. */
  readonly weight: number
  readonly distribution: Distribution
}

/**
 * A draw from one of several distributions, chosen by weight: cache hits and misses, small and large
 * jobs. Values that a part draws with a probability of their own stay exact.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when there is no part, a weight is not a finite number above 0,
 *   or a part has no `cdf`
 */
export function mixture(parts: readonly MixturePart[]): Distribution {
  return new Mixture(parts)
}

class Mixture implements Distribution {
  readonly name: string
  readonly mean: number
  readonly variance: number
  private readonly shares: Float64Array
  private readonly parts: readonly Required<Distribution>[]

  constructor(parts: readonly MixturePart[]) {
    this.shares = sharesOf(
      'mixture',
      parts.map(({ weight }) => weight),
    )
    this.parts = parts.map(({ distribution }) => requireCdf(distribution))
    const names = parts.map(({ weight, distribution }) => `${weight} of ${distribution.name}`)
    this.name = `mixture(${names.join(', ')})`
    const mean = this.sum((part) => part.mean)
    this.mean = mean
    this.variance =
      mean < Number.POSITIVE_INFINITY
        ? this.sum((part) => part.variance + (part.mean - mean) ** 2)
        : mean
  }

  cdf(value: number): number {
    let sum = 0
    for (let index = 0; index < this.parts.length; index += 1) {
      const part = this.parts[index] as Required<Distribution>
      sum += (this.shares[index] as number) * part.cdf(value)
    }
    return sum
  }

  /** The quantile lies between those of the parts. */
  quantile(p: number): number {
    let low = Number.POSITIVE_INFINITY
    let high = 0
    for (const part of this.parts) {
      const value = part.quantile(p)
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    const start = Math.max(low, LEAST)
    if (low === high || this.cdf(start) > p) return low
    return this.search(p, start, Math.min(high, Number.MAX_VALUE))
  }

  /**
   * The method of Chandrupatla (1997) on the logarithm of the value: inverse quadratic interpolation
   * where the last three points let it converge, bisection elsewhere, as around a jump.
   */
  private search(p: number, low: number, high: number): number {
    let x1 = Math.log(low)
    let x2 = Math.log(high)
    let f1 = this.cdf(low) - p
    let f2 = this.cdf(high) - p
    let place = 0.5
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const x = x1 + place * (x2 - x1)
      const f = this.cdf(Math.exp(x)) - p
      const sameSide = f > 0 === f1 > 0
      const x3 = sameSide ? x1 : x2
      const f3 = sameSide ? f1 : f2
      if (!sameSide) {
        x2 = x1
        f2 = f1
      }
      x1 = x
      f1 = f
      const least = PRECISION / Math.abs(x2 - x1)
      if (!(least < 0.5)) break
      const xi = (x1 - x2) / (x3 - x2)
      const phi = (f1 - f2) / (f3 - f2)
      const converges = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
      const interpolated =
        (f1 / (f2 - f1)) * (f3 / (f2 - f3)) +
        ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
      place = converges ? Math.min(Math.max(interpolated, least), 1 - least) : 0.5
    }
    return this.atom(p, Math.exp(Math.min(x1, x2)), Math.exp(Math.max(x1, x2)))
  }

  /** The value between two neighbours at which a part jumps, if one does. */
  private atom(p: number, low: number, high: number): number {
    for (const part of this.parts) {
      const below = part.cdf(low)
      if (below >= 1) continue
      const next = part.quantile(below)
      if (next > low && next < high * (1 + PRECISION) && this.cdf(next) > p) return next
    }
    return high
  }

  private sum(of: (part: Distribution) => number): number {
    return this.parts.reduce(
      (sum, part, index) => sum + (this.shares[index] as number) * of(part),
      0,
    )
  }
}

function requireCdf(distribution: Distribution): Required<Distribution> {
  if (distribution.cdf !== undefined) return distribution as Required<Distribution>
  throw invalid(`mixture needs parts that have a cdf, but ${distribution.name} has none`)
}
