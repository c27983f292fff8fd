import { type RandomStream, uniform } from '../../src/index.js'
import { type Draw, exponentialDraw, sampledDraw } from './arrivals.js'
import type { Moments } from './formulas.js'

/** The gap of a renewal process, with mean 10 ms, and what is known of it. */
export interface Gap extends Moments {
  readonly name: string
  readonly from: (stream: RandomStream) => Draw
  /** Probability of a gap above `ms`. */
  readonly tail: (ms: number) => number
  /** Integral of the tail from `ms` on: the mean of what a gap has beyond `ms`. */
  readonly beyond: (ms: number) => number
}

export const gaps: readonly Gap[] = [
  {
    name: 'exponential gaps',
    mean: 10,
    second: 200,
    from: (stream) => exponentialDraw(stream, 10),
    tail: (ms) => Math.exp(-ms / 10),
    beyond: (ms) => 10 * Math.exp(-ms / 10),
  },
  {
    name: 'uniform gaps',
    mean: 10,
    second: 400 / 3,
    from: (stream) => sampledDraw(stream, uniform({ min: 0, max: 20 })),
    tail: (ms) => 1 - ms / 20,
    beyond: (ms) => (20 - ms) ** 2 / 40,
  },
  {
    name: 'gaps of two exponential phases',
    mean: 10,
    second: 150,
    from: (stream) => () => stream.exponential(5) + stream.exponential(5),
    tail: (ms) => (1 + ms / 5) * Math.exp(-ms / 5),
    beyond: (ms) => (10 + ms) * Math.exp(-ms / 5),
  },
]
