import type { Distribution } from './distribution.js'
import { requirePositive } from './parameters.js'

/**
 * Memoryless, as the time between independent arrivals is.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when the mean is not a finite number above 0
 */
export function exponential(options: { readonly mean: number }): Distribution {
  const { mean } = options
  requirePositive('exponential mean', mean)
  return {
    name: `exponential(mean ${mean})`,
    mean,
    variance: mean * mean,
    quantile: (p) => -mean * Math.log1p(-p),
    cdf: (x) => (x > 0 ? -Math.expm1(-x / mean) : 0),
  }
}
