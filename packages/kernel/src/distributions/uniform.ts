import type { Distribution } from './distribution.js'
import { invalid } from './parameters.js'

/**
 * Every value between `min` and `max` equally likely.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` unless 0 <= min < max, both finite
 */
export function uniform(options: { readonly min: number; readonly max: number }): Distribution {
  const { min, max } = options
  if (!(min >= 0 && max > min && max < Number.POSITIVE_INFINITY)) {
    throw invalid(`uniform needs 0 <= min < max, but got min ${min} and max ${max}`)
  }
  const width = max - min
  return {
    name: `uniform(${min}..${max})`,
    mean: min + width / 2,
    variance: (width * width) / 12,
    quantile: (p) => min + p * width,
    cdf: (x) => Math.min(Math.max((x - min) / width, 0), 1),
  }
}
