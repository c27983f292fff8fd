import {
  constant,
  type Distribution,
  lognormal,
  type RandomStream,
  uniform,
} from '../../src/index.js'
import { type Draw, sampledDraw } from './arrivals.js'
import type { Moments } from './formulas.js'

/** A demand with mean 10 ms. Its moments are worked out by hand, not asked from the kernel. */
export interface Demand extends Moments {
  readonly name: string
  /** Mean of the cube. */
  readonly third: number
  readonly from: (stream: RandomStream) => Draw
}

export const constantDemand: Demand = sampled(constant(10), 100, 1000)

/** The means of x² and x³ over 2 to 18: (18³ - 2³) / (3 · 16) and (18⁴ - 2⁴) / (4 · 16). */
export const uniformDemand: Demand = sampled(uniform({ min: 2, max: 18 }), 364 / 3, 1640)

/** With C = 1 + squaredCv, the mean of x² is 10² C and the mean of x³ is 10³ C³. */
export const lognormalDemand: Demand = sampled(lognormal({ mean: 10, squaredCv: 1 }), 200, 8000)

/** The same from normal draws: the logarithm has the variance ln C, the median is 10 / √C. */
export const normalDemand: Demand = {
  ...lognormalDemand,
  name: 'exp(normal)',
  from: (stream) => () => Math.SQRT1_2 * 10 * Math.exp(Math.sqrt(Math.LN2) * stream.normal()),
}

function sampled(distribution: Distribution, second: number, third: number): Demand {
  return {
    name: distribution.name,
    mean: 10,
    second,
    third,
    from: (stream) => sampledDraw(stream, distribution),
  }
}
