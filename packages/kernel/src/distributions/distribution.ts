import { kernelError } from '../errors.js'
import { normalQuantile } from './normal.js'

/** A distribution of a non-negative quantity, in the unit of its parameters. */
export interface Distribution {
  /** Family and parameters, for reports: `lognormal(median 60, p95 300)`. */
  readonly name: string
  readonly mean: number
  /** Standard deviation over mean, squared: 0 is constant, 1 exponential, more is heavier. */
  readonly squaredCv: number
  /** The value below which a share `p` of the draws lies; `p` in [0, 1). */
  quantile(p: number): number
}

/** The same value each time. */
export function constant(value: number): Distribution {
  requirePositive('constant value', value)
  return { name: `constant(${value})`, mean: value, squaredCv: 0, quantile: () => value }
}

/** Memoryless, as the time between independent arrivals is. */
export function exponential(options: { readonly mean: number }): Distribution {
  const { mean } = options
  requirePositive('exponential mean', mean)
  return {
    name: `exponential(mean ${mean})`,
    mean,
    squaredCv: 1,
    quantile: (p) => -mean * Math.log1p(-p),
  }
}

/** Every value between `min` and `max` equally likely. */
export function uniform(options: { readonly min: number; readonly max: number }): Distribution {
  const { min, max } = options
  if (!(min >= 0 && max > min && max < Number.POSITIVE_INFINITY)) {
    throw invalid(`uniform needs 0 <= min < max, but got min ${min} and max ${max}`)
  }
  const mean = (min + max) / 2
  return {
    name: `uniform(${min}..${max})`,
    mean,
    squaredCv: (max - min) ** 2 / 12 / mean ** 2,
    quantile: (p) => min + p * (max - min),
  }
}

/** The usual shape of service times: given by its median and 95th percentile. */
export function lognormal(options: {
  readonly median: number
  readonly p95: number
}): Distribution {
  const { median, p95 } = options
  requirePositive('lognormal median', median)
  if (!(p95 > median && p95 < Number.POSITIVE_INFINITY)) {
    throw invalid(`lognormal needs p95 > median, but got median ${median} and p95 ${p95}`)
  }
  const mu = Math.log(median)
  const sigma = (Math.log(p95) - mu) / normalQuantile(0.95)
  return {
    name: `lognormal(median ${median}, p95 ${p95})`,
    mean: Math.exp(mu + (sigma * sigma) / 2),
    squaredCv: Math.expm1(sigma * sigma),
    quantile: (p) => (p <= 0 ? 0 : Math.exp(mu + sigma * normalQuantile(p))),
  }
}

/** Weibull; a shape below 1 gives the heavy tail that was published for Rails apps in 2013. */
export function weibull(options: { readonly shape: number; readonly scale: number }): Distribution {
  const { shape, scale } = options
  requirePositive('weibull shape', shape)
  requirePositive('weibull scale', scale)
  const first = gamma(1 + 1 / shape)
  return {
    name: `weibull(shape ${shape}, scale ${scale})`,
    mean: scale * first,
    squaredCv: gamma(1 + 2 / shape) / (first * first) - 1,
    quantile: (p) => scale * (-Math.log1p(-p)) ** (1 / shape),
  }
}

function requirePositive(what: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw invalid(`${what} must be a number above 0, but was ${value}`)
  }
}

function invalid(message: string): Error {
  return kernelError('KERNEL_ARGUMENT_INVALID', `Distribution: ${message}.`)
}

/** Lanczos approximation with g = 7, n = 9; relative error near 1e-15 for x > 0.5. */
function gamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
    12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ]
  let sum = 0.9999999999998099
  coefficients.forEach((coefficient, index) => {
    sum += coefficient / (x + index)
  })
  const t = x + 6.5
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * sum
}
