import { kernelError } from '../errors.js'
import { studentQuantile } from './student.js'

/** An estimate and its confidence interval, in the unit of what was observed. */
export interface Interval {
  readonly estimate: number
  /** Lower bound; `-Infinity` while too little was observed to say. */
  readonly low: number
  /** Upper bound; `Infinity` while too little was observed to say. */
  readonly high: number
  /** Half of `high - low`. */
  readonly halfWidth: number
  /** `halfWidth` over the size of the estimate; `Infinity` when the estimate is 0. */
  readonly relativeHalfWidth: number
  /** Probability that an interval made in this way covers the true value. */
  readonly confidence: number
}

/** Whether a value lies inside of an interval, bounds included. */
export function covers(interval: Interval, value: number): boolean {
  return value >= interval.low && value <= interval.high
}

/** @internal */
export function intervalBetween(
  estimate: number,
  low: number,
  high: number,
  confidence: number,
): Interval {
  const halfWidth = (high - low) / 2
  const relativeHalfWidth =
    estimate === 0 ? Number.POSITIVE_INFINITY : halfWidth / Math.abs(estimate)
  return { estimate, low, high, halfWidth, relativeHalfWidth, confidence }
}

/**
 * The interval while too little was observed to say.
 *
 * @internal
 */
export function unknownInterval(estimate: number, confidence: number): Interval {
  return intervalBetween(estimate, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, confidence)
}

/**
 * Half the width of Student's interval around an estimate, from independent estimates of the same
 * quantity.
 *
 * @internal
 */
export function studentHalfWidth(
  estimate: number,
  values: ArrayLike<number>,
  confidence: number,
): number {
  const count = values.length
  let squares = 0
  for (let index = 0; index < count; index += 1) {
    squares += ((values[index] as number) - estimate) ** 2
  }
  const error = Math.sqrt(squares / (count - 1) / count)
  return studentQuantile((1 + confidence) / 2, count - 1) * error
}

/** @internal */
export function requireShare(what: string, share: number): void {
  if (share > 0 && share < 1) return
  throw kernelError(
    'KERNEL_ARGUMENT_INVALID',
    `${what} must be a number between 0 and 1, but was ${share}.`,
  )
}
