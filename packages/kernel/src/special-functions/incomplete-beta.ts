import { stirlingError } from './log-gamma.js'

const TINY = 1e-300
const PRECISION = 1e-15

/**
 * The regularised incomplete beta function I_x(a, b): the share of a beta distribution that lies
 * below `x`. The tails of Student's t and of the binomial distribution are values of it. It is a
 * power times a continued fraction (DLMF 8.17.22); the number of steps grows with the square root
 * of the greater parameter.
 *
 * @param complement 1 - x, for callers who know it more exactly than that difference
 * @internal
 */
export function incompleteBeta(x: number, a: number, b: number, complement: number): number {
  if (x <= 0) return 0
  if (complement <= 0) return 1
  // The fraction converges fast below the mean; above it, the other tail is computed.
  return x < (a + 1) / (a + b + 2)
    ? lowerTail(x, a, b, complement)
    : 1 - lowerTail(complement, b, a, x)
}

function lowerTail(x: number, a: number, b: number, complement: number): number {
  return (betaPower(x, a, b, complement) / a) * continuedFraction(x, a, b)
}

/** By Lentz's method: quotients of neighbouring approximants, forwards, until they settle. */
function continuedFraction(x: number, a: number, b: number): number {
  let above = 1
  let below = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let value = below
  for (let m = 1; ; m += 1) {
    const end = a + 2 * m
    const even = (m * (b - m) * x) / ((end - 1) * end)
    below = 1 / awayFromZero(1 + even * below)
    above = awayFromZero(1 + even / above)
    value *= above * below
    const odd = (-(a + m) * (a + b + m) * x) / (end * (end + 1))
    below = 1 / awayFromZero(1 + odd * below)
    above = awayFromZero(1 + odd / above)
    const change = above * below
    value *= change
    if (Math.abs(change - 1) < PRECISION) return value
  }
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}

/**
 * x^a (1 - x)^b / B(a, b), in the form of Loader (Fast and accurate computation of binomial
 * probabilities, 2000): the large terms of the three log-gammas cancel on paper, not in floats.
 *
 * @internal
 */
export function betaPower(x: number, a: number, b: number, complement: number): number {
  const sum = a + b
  const deviance = a * Math.log((x * sum) / a) + b * Math.log((complement * sum) / b)
  const corrections = stirlingError(sum) - stirlingError(a) - stirlingError(b)
  return Math.sqrt(((a / sum) * b) / (2 * Math.PI)) * Math.exp(deviance + corrections)
}
