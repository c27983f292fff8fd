import { logGamma } from '../special-functions/log-gamma.js'
import type { Distribution } from './distribution.js'
import { requirePositive } from './parameters.js'

/**
 * Weibull; a shape below 1 gives the heavy tail that was published for Rails apps in 2013.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when shape or scale is not a finite number above 0
 */
export function weibull(options: { readonly shape: number; readonly scale: number }): Distribution {
  const { shape, scale } = options
  requirePositive('weibull shape', shape)
  requirePositive('weibull scale', scale)
  const first = logGamma(1 + 1 / shape)
  const mean = scale * Math.exp(first)
  return {
    name: `weibull(shape ${shape}, scale ${scale})`,
    mean,
    variance: mean * mean * Math.expm1(logGamma(1 + 2 / shape) - 2 * first),
    quantile: (p) => scale * (-Math.log1p(-p)) ** (1 / shape),
    cdf: (x) => (x > 0 ? -Math.expm1(-((x / scale) ** shape)) : 0),
  }
}
