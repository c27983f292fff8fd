import type { Distribution } from './distribution.js'
import { requirePositive } from './parameters.js'

/**
 * The same value each time.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when the value is not a finite number above 0
 */
export function constant(value: number): Distribution {
  requirePositive('constant value', value)
  return {
    name: `constant(${value})`,
    mean: value,
    variance: 0,
    quantile: () => value,
    cdf: (x) => (x < value ? 0 : 1),
  }
}
