import { kernelError } from '../errors.js'
import { betaPower, incompleteBeta } from '../special-functions/incomplete-beta.js'
import { normalQuantile } from '../special-functions/normal.js'

/** With so many degrees of freedom the expansion around the normal quantile is exact enough. */
const EXPANSION_DEGREES = 100_000
const STEPS_MAX = 100

/**
 * The quantile of Student's t distribution: a draw lies below it with probability `p`. Its error is
 * below 1e-8, relative to the quantile or, for quantiles below 1, absolute.
 *
 * @param degreesOfFreedom 1 or more, fractions included; `Infinity` gives the normal quantile
 * @throws `KERNEL_ARGUMENT_INVALID` when `p` is outside of [0, 1] or there is less than one degree
 *   of freedom
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p >= 0 && p <= 1 && degreesOfFreedom >= 1)) {
    throw kernelError(
      'KERNEL_ARGUMENT_INVALID',
      `studentQuantile needs p from 0 to 1 and 1 or more degrees of freedom, but got p ${p} and ${degreesOfFreedom} degrees of freedom.`,
    )
  }
  if (p === 0.5) return 0
  const z = normalQuantile(p)
  if (p === 0 || p === 1) return z
  if (degreesOfFreedom >= EXPANSION_DEGREES) return expansion(z, degreesOfFreedom)
  return Math.sign(z) * upperQuantile(Math.min(p, 1 - p), Math.abs(z), degreesOfFreedom)
}

/**
 * The t > 0 that is exceeded with probability `tail`. Newton's method on the logarithms of both: as
 * such the tail is concave and nearly a straight line, so it converges from the normal quantile.
 */
function upperQuantile(tail: number, z: number, degreesOfFreedom: number): number {
  const half = degreesOfFreedom / 2
  let t = z
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const square = t * t
    const x = degreesOfFreedom / (degreesOfFreedom + square)
    const complement = square / (degreesOfFreedom + square)
    const exceeded = incompleteBeta(x, half, 0.5, complement) / 2
    const slope = betaPower(x, half, 0.5, complement) / exceeded
    const change = Math.log(exceeded / tail) / slope
    t *= Math.exp(change)
    if (Math.abs(change) < 1e-13) break
  }
  return t
}

/** First terms of the expansion of Abramowitz and Stegun, 26.7.5. */
function expansion(z: number, degreesOfFreedom: number): number {
  const square = z * z
  const first = (z * (square + 1)) / 4
  const second = (z * (5 * square * square + 16 * square + 3)) / 96
  return z + (first + second / degreesOfFreedom) / degreesOfFreedom
}
