import { describe, expect, test } from 'vitest'
import {
  constant,
  exponential,
  lognormal,
  RandomStream,
  Sampler,
  uniform,
  weibull,
} from '../src/index.js'
import { chiSquaredExcess } from './statistics.js'

const DRAWS = 400_000

const distributions = [
  exponential({ mean: 60 }),
  uniform({ min: 10, max: 30 }),
  lognormal({ median: 60, p95: 300 }),
  lognormal({ median: 5, p95: 5.5 }),
  weibull({ shape: 0.46, scale: 110.92 }),
  weibull({ shape: 3, scale: 20 }),
]

for (const distribution of distributions) {
  describe(distribution.name, () => {
    const sampler = new Sampler(distribution, new RandomStream(distribution.name))
    const draws = Float64Array.from({ length: DRAWS }, () => sampler.next())

    test('has the mean of the distribution within 4 standard errors', () => {
      const mean = draws.reduce((sum, value) => sum + value, 0) / DRAWS
      const standardError = distribution.mean * Math.sqrt(distribution.squaredCv / DRAWS)
      expect(Math.abs(mean - distribution.mean)).toBeLessThan(4 * standardError)
    })

    test('puts the same share of draws between any two percentiles, tails included', () => {
      const shares = [
        0.0001,
        0.001,
        ...Array.from({ length: 99 }, (_, index) => (index + 1) / 100),
        0.999,
        0.9999,
      ]
      const bounds = shares.map((share) => distribution.quantile(share))
      const sorted = draws.slice().sort()
      const below = bounds.map((bound) => countBelow(sorted, bound))
      const observed = [...below, DRAWS].map((count, index) => count - (below[index - 1] ?? 0))
      const expected = [...shares, 1].map(
        (share, index) => (share - (shares[index - 1] ?? 0)) * DRAWS,
      )
      expect(chiSquaredExcess(observed, expected)).toBeLessThan(4)
    })
  })
}

test('a constant is constant', () => {
  const sampler = new Sampler(constant(42), new RandomStream('constant'))
  for (let draw = 0; draw < 10_000; draw += 1) expect(sampler.next()).toBe(42)
})

test('stays close to the exact quantile, draw by draw', () => {
  for (const distribution of [...distributions, lognormal({ median: 60, p95: 900 })]) {
    const stream = new RandomStream('twin')
    const sampler = new Sampler(distribution, new RandomStream('twin'))
    let error = 0
    let sum = 0
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const exact = distribution.quantile(stream.float())
      error += Math.abs(sampler.next() - exact)
      sum += exact
    }
    expect(error / sum).toBeLessThan(1e-4)
  }
})

test('one draw takes one random number, so streams stay in step', () => {
  const plain = new RandomStream('step')
  const stream = new RandomStream('step')
  const sampler = new Sampler(lognormal({ median: 1, p95: 2 }), stream)
  for (let draw = 0; draw < 10_000; draw += 1) {
    sampler.next()
    plain.float()
  }
  expect(stream.uint32()).toBe(plain.uint32())
})

function countBelow(sorted: Float64Array, bound: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < bound) low = middle + 1
    else high = middle
  }
  return low
}
