import type { Distribution } from './distribution.js'
import { requirePositive } from './parameters.js'

/**
 * A power law: the share above x is (min / x)^shape, from `min` on. Its mean is `Infinity` for a
 * shape of 1 or less, its variance for a shape of 2 or less.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when shape or min is not a finite number above 0
 */
export function pareto(options: { readonly shape: number; readonly min: number }): Distribution {
  const { shape, min } = options
  requirePositive('pareto shape', shape)
  requirePositive('pareto min', min)
  const mean = shape > 1 ? (min * shape) / (shape - 1) : Number.POSITIVE_INFINITY
  return {
    name: `pareto(shape ${shape}, min ${min})`,
    mean,
    variance: shape > 2 ? (mean * mean) / shape / (shape - 2) : Number.POSITIVE_INFINITY,
    quantile: (p) => min * Math.exp(-Math.log1p(-p) / shape),
    cdf: (x) => (x > min ? -Math.expm1(shape * Math.log(min / x)) : 0),
  }
}
