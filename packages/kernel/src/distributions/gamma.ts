import { IncompleteGamma } from '../special-functions/incomplete-gamma.js'
import { logGamma } from '../special-functions/log-gamma.js'
import { normalQuantile } from '../special-functions/normal.js'
import type { Distribution } from './distribution.js'
import { invalid, requirePositive } from './parameters.js'

const STEPS_MAX = 100
/** Below this logarithm of x, the power x^shape is the whole distribution function. */
const LOG_NEGLIGIBLE = -40

/**
 * Gamma. The time that one quantile takes grows with the square root of the shape.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when shape or scale is not a finite number above 0
 */
export function gamma(options: { readonly shape: number; readonly scale: number }): Distribution {
  const { shape, scale } = options
  requirePositive('gamma shape', shape)
  requirePositive('gamma scale', scale)
  return ofShape(`gamma(shape ${shape}, scale ${scale})`, shape, scale)
}

/**
 * Work in a number of steps, each of them exponential with the same mean: a gamma distribution with
 * a whole shape.
 *
 * @param options.phases number of steps, 1 or more
 * @param options.mean of all steps together
 * @throws `KERNEL_ARGUMENT_INVALID` when there is not a whole number of phases, 1 or more, or the
 *   mean is not a finite number above 0
 */
export function erlang(options: { readonly phases: number; readonly mean: number }): Distribution {
  const { phases, mean } = options
  requirePositive('erlang mean', mean)
  if (!(Number.isInteger(phases) && phases >= 1)) {
    throw invalid(`erlang phases must be a whole number, 1 or more, but was ${phases}`)
  }
  return ofShape(`erlang(phases ${phases}, mean ${mean})`, phases, mean / phases)
}

function ofShape(name: string, shape: number, scale: number): Distribution {
  const shares = new IncompleteGamma(shape)
  const logFactorial = logGamma(shape + 1)
  return {
    name,
    mean: shape * scale,
    variance: shape * scale * scale,
    quantile: (p) => scale * quantile(p, shape, shares, logFactorial),
    cdf: (x) => shares.lower(x / scale),
  }
}

/**
 * The quantile for scale 1. Both tails are concave in logarithms of value and share, so Newton's
 * method on these converges from any start; Halley's term makes it two or three steps.
 */
function quantile(p: number, shape: number, shares: IncompleteGamma, logFactorial: number): number {
  if (p <= 0) return 0
  const power = (Math.log(p) + logFactorial) / shape
  if (power < LOG_NEGLIGIBLE) return Math.exp(power)
  let logX = Math.max(power, wilsonHilferty(p, shape))
  const upper = p > 0.5
  const target = upper ? 1 - p : p
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const x = Math.exp(logX)
    const tail = upper ? shares.upper(x) : shares.lower(x)
    const slope = ((upper ? -shape : shape) * shares.power(x)) / tail
    const change = Math.log(target / tail) / slope
    const bend = (change * (shape - x - slope)) / 2
    logX += Math.abs(bend) < 0.5 ? change / (1 + bend) : change
    if (Math.abs(change) < 1e-7) break
  }
  return Math.exp(logX)
}

/** The cube root of a gamma variate is nearly normal (Wilson and Hilferty, 1931). */
function wilsonHilferty(p: number, shape: number): number {
  const ninth = 1 / (9 * shape)
  const root = 1 - ninth + normalQuantile(p) * Math.sqrt(ninth)
  return root > 0 ? Math.log(shape) + 3 * Math.log(root) : Number.NEGATIVE_INFINITY
}
