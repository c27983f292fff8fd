import type { Distribution } from './distribution.js'
import { invalid, requirePositive, sharesOf } from './parameters.js'

const STEPS_MAX = 200

/** One of the exponential distributions of which a hyperexponential one is made. */
export interface HyperexponentialPhase {
  /** How often it is drawn from, relative to the others. */
  readonly weight: number
  readonly mean: number
}

/** The phases, or the two figures that two phases of balanced means have. */
export type HyperexponentialOptions =
  | { readonly phases: readonly HyperexponentialPhase[] }
  | { readonly mean: number; readonly squaredCv: number }

/**
 * A draw from one of several exponential distributions, chosen by weight: more variable than one
 * alone. Given by its phases, or by mean and squared coefficient of variation: then there are two,
 * and each contributes half of the mean (balanced means; Whitt, Approximating a point process by a
 * renewal process I, 1982).
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when there is no phase, a weight or mean is not a finite number
 *   above 0, or the squared coefficient of variation is below 1
 */
export function hyperexponential(options: HyperexponentialOptions): Distribution {
  if ('phases' in options) {
    const parts = options.phases.map(({ weight, mean }) => `${weight} of mean ${mean}`)
    return ofPhases(`hyperexponential(${parts.join(', ')})`, options.phases)
  }
  const { mean, squaredCv } = options
  requirePositive('hyperexponential mean', mean)
  if (!(squaredCv >= 1 && squaredCv < Number.POSITIVE_INFINITY)) {
    throw invalid(`hyperexponential squaredCv must be a number, 1 or more, but was ${squaredCv}`)
  }
  // The smaller weight is written so that no digits cancel.
  const root = Math.sqrt((squaredCv - 1) / (squaredCv + 1))
  const rare = 1 / (squaredCv + 1) / (1 + root)
  return ofPhases(`hyperexponential(mean ${mean}, squaredCv ${squaredCv})`, [
    { weight: 1 - rare, mean: mean / (2 * (1 - rare)) },
    { weight: rare, mean: mean / (2 * rare) },
  ])
}

function ofPhases(name: string, phases: readonly HyperexponentialPhase[]): Distribution {
  const shares = sharesOf(
    'hyperexponential',
    phases.map(({ weight }) => weight),
  )
  for (const { mean } of phases) requirePositive('hyperexponential phase mean', mean)
  const means = Float64Array.from(phases, (phase) => phase.mean)
  let mean = 0
  let secondMoment = 0
  for (const [index, share] of shares.entries()) {
    const phaseMean = means[index] as number
    mean += share * phaseMean
    secondMoment += 2 * share * phaseMean * phaseMean
  }
  return {
    name,
    mean,
    variance: secondMoment - mean * mean,
    quantile: (p) => quantile(p, shares, means),
    cdf: (x) => (x > 0 ? below(x, shares, means) : 0),
  }
}

function below(x: number, shares: Float64Array, means: Float64Array): number {
  let sum = 0
  for (let phase = 0; phase < shares.length; phase += 1) {
    sum -= (shares[phase] as number) * Math.expm1(-x / (means[phase] as number))
  }
  return sum
}

/**
 * Newton's method on the logarithm of the share above x, which is a convex function of x. From a
 * start below the quantile it therefore rises to it without ever passing it.
 */
function quantile(p: number, shares: Float64Array, means: Float64Array): number {
  const target = Math.log1p(-p)
  let x = lowerBound(target, shares, means)
  for (let step = 0; step < STEPS_MAX; step += 1) {
    let density = 0
    let above = 0
    for (let phase = 0; phase < shares.length; phase += 1) {
      const mean = means[phase] as number
      const part = (shares[phase] as number) * Math.exp(-x / mean)
      above += part
      density += part / mean
    }
    const logAbove = p < 0.5 ? Math.log1p(-below(x, shares, means)) : Math.log(above)
    const change = ((logAbove - target) * above) / density
    // Once rounding decides, the change is no longer positive.
    if (!(change > x * 1e-15)) break
    x += change
  }
  return x
}

/** No phase has more above x than the whole, and by convexity the mean rate decays faster. */
function lowerBound(target: number, shares: Float64Array, means: Float64Array): number {
  let rate = 0
  let greatest = 0
  for (let phase = 0; phase < shares.length; phase += 1) {
    const mean = means[phase] as number
    const share = shares[phase] as number
    rate += share / mean
    greatest = Math.max(greatest, mean * (Math.log(share) - target))
  }
  return Math.max(greatest, -target / rate)
}
