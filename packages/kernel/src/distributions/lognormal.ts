import { normalCdf, normalQuantile } from '../special-functions/normal.js'
import type { Distribution } from './distribution.js'
import { invalid, requirePositive } from './parameters.js'

/** Two figures that determine a lognormal distribution. */
export type LognormalOptions =
  | { readonly median: number; readonly p95: number }
  | { readonly mean: number; readonly median: number }
  | { readonly mean: number; readonly squaredCv: number }

/**
 * The usual shape of service times: its logarithm is normally distributed. Given by median and 95th
 * percentile, by mean and median, or by mean and squared coefficient of variation.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when other figures are given, one is not a finite number above
 *   0, or the first of p95 and median, or of mean and median, is not the greater one
 */
export function lognormal(options: LognormalOptions): Distribution {
  const given = Object.entries(options)
  for (const [figure, value] of given) requirePositive(`lognormal ${figure}`, value)
  const { mu, sigma } = logarithm(options)
  const square = sigma * sigma
  const mean = Math.exp(mu + square / 2)
  return {
    name: `lognormal(${given.map(([figure, value]) => `${figure} ${value}`).join(', ')})`,
    mean,
    variance: mean * mean * Math.expm1(square),
    quantile: (p) => (p <= 0 ? 0 : Math.exp(mu + sigma * normalQuantile(p))),
    cdf: (x) => (x > 0 ? normalCdf((Math.log(x) - mu) / sigma) : 0),
  }
}

/** Mean and standard deviation of the logarithm. */
function logarithm(options: LognormalOptions): { readonly mu: number; readonly sigma: number } {
  const { mean, median, p95, squaredCv } = options as Partial<
    Record<'mean' | 'median' | 'p95' | 'squaredCv', number>
  >
  if (Object.keys(options).length === 2) {
    if (median !== undefined && p95 !== undefined) {
      requireAbove('p95', p95, median)
      const mu = Math.log(median)
      return { mu, sigma: (Math.log(p95) - mu) / normalQuantile(0.95) }
    }
    if (median !== undefined && mean !== undefined) {
      requireAbove('mean', mean, median)
      return { mu: Math.log(median), sigma: Math.sqrt(2 * Math.log(mean / median)) }
    }
    if (mean !== undefined && squaredCv !== undefined) {
      const square = Math.log1p(squaredCv)
      return { mu: Math.log(mean) - square / 2, sigma: Math.sqrt(square) }
    }
  }
  const got = Object.keys(options).join(' and ') || 'nothing'
  throw invalid(
    `lognormal needs median and p95, mean and median, or mean and squaredCv, but got ${got}`,
  )
}

function requireAbove(figure: string, value: number, median: number): void {
  if (value > median) return
  throw invalid(
    `lognormal needs ${figure} > median, but got ${figure} ${value} and median ${median}`,
  )
}
