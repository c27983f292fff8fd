import type { Distribution } from './distribution.js'
import { invalid } from './parameters.js'

/**
 * Least, most likely and greatest value, with straight lines between: for estimates by people who
 * know the work, where nothing was measured.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` unless 0 <= min <= mode <= max, min < max, all finite
 */
export function triangular(options: {
  readonly min: number
  readonly mode: number
  readonly max: number
}): Distribution {
  const { min, mode, max } = options
  if (!(min >= 0 && mode >= min && max >= mode && max > min && max < Number.POSITIVE_INFINITY)) {
    throw invalid(
      `triangular needs 0 <= min <= mode <= max and min < max, but got min ${min}, mode ${mode} and max ${max}`,
    )
  }
  const [width, left, right] = [max - min, mode - min, max - mode]
  return {
    name: `triangular(${min}..${mode}..${max})`,
    mean: min + (width + left) / 3,
    variance: (width * right + left * left) / 18,
    quantile: (p) =>
      p * width < left
        ? min + Math.sqrt(p * width * left)
        : max - Math.sqrt((1 - p) * width * right),
    cdf: (x) => {
      if (x <= min) return 0
      if (x >= max) return 1
      return x < mode ? (x - min) ** 2 / width / left : 1 - (max - x) ** 2 / width / right
    },
  }
}
