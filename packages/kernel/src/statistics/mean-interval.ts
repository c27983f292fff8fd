import { kernelError } from '../errors.js'
import { type Interval, intervalBetween, requireShare, studentHalfWidth } from './interval.js'

/**
 * The interval for a mean from independent observations, such as the results of replications with
 * different seeds. By Student's t: exact for normal observations, near enough for others unless
 * they are few and skewed.
 *
 * @param values two or more
 * @param confidence between 0 and 1. Default 0.95
 * @throws `KERNEL_ARGUMENT_INVALID` when there are fewer than two values, one of them is not finite,
 *   or `confidence` is not between 0 and 1
 */
export function meanInterval(values: ArrayLike<number>, confidence = 0.95): Interval {
  requireShare('The confidence of meanInterval', confidence)
  if (values.length < 2) throw invalid('2 or more values', `${values.length}`)
  const mean = meanOf(values)
  if (!Number.isFinite(mean)) throw invalid('finite values', `values with the mean ${mean}`)
  const halfWidth = studentHalfWidth(mean, values, confidence)
  return intervalBetween(mean, mean - halfWidth, mean + halfWidth, confidence)
}

/** @internal */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index += 1) sum += values[index] as number
  return sum / values.length
}

function invalid(accepted: string, found: string): Error {
  return kernelError('KERNEL_ARGUMENT_INVALID', `meanInterval needs ${accepted}, but got ${found}.`)
}
