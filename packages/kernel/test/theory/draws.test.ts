// The moments of the draws on which the models stand: finer than what any queue shows of them.
import { describe, test } from 'vitest'
import { createSimulation, type RandomStream } from '../../src/index.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const DRAWS = 4_000_000

function observe(draw: (stream: RandomStream) => number): SteadyMean {
  const stream = createSimulation({ seed: 'draws' }).stream('draws')
  const mean = new SteadyMean(0)
  for (let count = 0; count < DRAWS; count += 1) mean.record(draw(stream))
  return mean
}

const moments = [
  { name: 'exponential draws', theory: 10, draw: (s: RandomStream) => s.exponential(10) },
  {
    name: 'squared exponential draws',
    theory: 200,
    draw: (s: RandomStream) => s.exponential(10) ** 2,
  },
  { name: 'absolute normal draws', theory: Math.sqrt(2 / Math.PI), draw: absoluteNormal },
  { name: 'squared normal draws', theory: 1, draw: (s: RandomStream) => s.normal() ** 2 },
  { name: 'fourth powers of normal draws', theory: 3, draw: (s: RandomStream) => s.normal() ** 4 },
]

function absoluteNormal(stream: RandomStream): number {
  return Math.abs(stream.normal())
}

describe('the mean of', () => {
  for (const { name, theory, draw } of moments) {
    test(`${name} is ${theory.toFixed(4)}`, () => {
      const mean = observe(draw)
      expectMean(mean, theory, 0.01)
      expectOther(mean, 1.01 * theory)
    })
  }
})
