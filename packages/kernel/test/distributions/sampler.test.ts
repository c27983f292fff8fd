import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  constant,
  type Distribution,
  empirical,
  erlang,
  exponential,
  gamma,
  hyperexponential,
  lognormal,
  mixture,
  pareto,
  piecewiseUniform,
  RandomStream,
  Sampler,
  triangular,
  uniform,
  weibull,
} from '../../src/index.js'
import { chiSquaredExcess } from '../goodness-of-fit.js'
import { SMOOTH, STEPPED } from './any-distribution.js'

const DRAWS = 400_000
const CELLS = 4096

const light = [
  exponential({ mean: 60 }),
  uniform({ min: 10, max: 30 }),
  triangular({ min: 0, mode: 2, max: 9 }),
  lognormal({ median: 60, p95: 300 }),
  lognormal({ median: 5, p95: 5.5 }),
  weibull({ shape: 0.46, scale: 110.92 }),
  weibull({ shape: 3, scale: 20 }),
  gamma({ shape: 0.3, scale: 10 }),
  erlang({ phases: 4, mean: 10 }),
  hyperexponential({ mean: 10, squaredCv: 20 }),
  piecewiseUniform({ edges: [0, 1, 5, 6, 20], counts: [4, 0, 3, 1] }),
  mixture([
    { weight: 3, distribution: exponential({ mean: 4 }) },
    { weight: 1, distribution: lognormal({ median: 50, p95: 90 }) },
  ]),
]

const heavy = [
  lognormal({ median: 60, p95: 900 }),
  pareto({ shape: 3, min: 10 }),
  pareto({ shape: 1.5, min: 10 }),
  pareto({ shape: 0.9, min: 10 }),
]

const stepped = [
  constant(42),
  empirical([3, 3, 3, 7, 7.5, 100]),
  empirical(Array.from({ length: 5000 }, (_, index) => 10 + Math.floor(index ** 2 / 1e5))),
  mixture([
    { weight: 9, distribution: constant(1) },
    { weight: 1, distribution: exponential({ mean: 50 }) },
  ]),
]

/** A sampler whose random numbers are chosen by the test. */
function compiled(distribution: Distribution): (p: number) => number {
  const stream = new RandomStream('unused')
  let p = 0
  stream.float = () => p
  const sampler = new Sampler(distribution, stream)
  return (share) => {
    p = share
    return sampler.next()
  }
}

/** Places and weights of Gauss and Legendre in [0, 1]; exact for polynomials up to degree 9. */
const GAUSS = [
  [0.046910077030668, 0.1184634425280945],
  [0.230765344947158, 0.2393143352496832],
  [0.5, 0.2844444444444444],
  [0.769234655052842, 0.2393143352496832],
  [0.953089922969332, 0.1184634425280945],
] as const

describe('the table', () => {
  test('never strays from the exact quantile by more than its stated error', () => {
    for (const distribution of [...light, ...heavy, ...stepped]) {
      const draw = compiled(distribution)
      let worst = 0
      for (let place = 0; place < 16 * CELLS; place += 1) {
        const p = (place + 0.37) / (16 * CELLS)
        const exact = distribution.quantile(p)
        worst = Math.max(worst, Math.abs(draw(p) - exact) / exact)
      }
      expect(worst, distribution.name).toBeLessThan(Sampler.RELATIVE_ERROR)
    }
  })

  test('does so for any parameters', () => {
    fc.assert(
      fc.property(
        fc.oneof(...Object.values(SMOOTH), ...Object.values(STEPPED)),
        fc.array(fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true }), { minLength: 100 }),
        (distribution, shares) => {
          const draw = compiled(distribution)
          for (const p of shares) {
            const exact = distribution.quantile(p)
            expect(Math.abs(draw(p) - exact)).toBeLessThanOrEqual(Sampler.RELATIVE_ERROR * exact)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test.each([...light, ...heavy.slice(0, 3), ...stepped])(
    'moves mean and second moment of $name by less than the stated bounds',
    (distribution) => {
      const draw = compiled(distribution)
      let first = 0
      let second = 0
      for (let cell = 0; cell < CELLS; cell += 1) {
        for (const [place, weight] of GAUSS) {
          const p = (cell + place) / CELLS
          const [table, exact] = [draw(p), distribution.quantile(p)]
          first += (weight * (table - exact)) / CELLS
          second += (weight * (table * table - exact * exact)) / CELLS
        }
      }
      const { mean, variance } = distribution
      expect(Math.abs(first) / mean).toBeLessThan(1e-5)
      if (variance < Infinity) {
        expect(Math.abs(second) / (variance + mean * mean)).toBeLessThan(2e-5)
      }
    },
  )

  test('invents no values between those that a distribution has', () => {
    const atoms = [
      [constant(42), [42]],
      [empirical([3, 3, 3, 7, 7.5, 100]), [3, 7, 7.5, 100]],
      [
        mixture([
          { weight: 2, distribution: constant(0.1) },
          { weight: 1, distribution: constant(0.3) },
          { weight: 4, distribution: empirical([5, 6, 60]) },
        ]),
        [0.1, 0.3, 5, 6, 60],
      ],
    ] as const
    for (const [distribution, values] of atoms) {
      const sampler = new Sampler(distribution, new RandomStream(distribution.name))
      const seen = new Set(Array.from({ length: 100_000 }, () => sampler.next()))
      expect([...seen].sort((a, b) => a - b)).toEqual(values)
    }
  })

  test.each([4096, 3 * 4096, 4 * 4096, 5 * 4096, 65_536])(
    'keeps the steps of %d equally distant samples',
    (count) => {
      const distribution = empirical(Array.from({ length: count }, (_, index) => index + 1))
      const draw = compiled(distribution)
      for (let place = 0; place < 8 * CELLS; place += 1) {
        const p = (place + 0.37) / (8 * CELLS)
        const exact = distribution.quantile(p)
        expect(Math.abs(draw(p) - exact)).toBeLessThanOrEqual(Sampler.RELATIVE_ERROR * exact)
      }
    },
  )
})

describe.each([...light, ...heavy])('$name', (distribution) => {
  const sampler = new Sampler(distribution, new RandomStream(distribution.name))
  const draws = Float64Array.from({ length: DRAWS }, () => sampler.next())

  test.runIf(distribution.variance < Infinity)(
    'has the mean of the distribution within 4 standard errors',
    () => {
      const mean = draws.reduce((sum, value) => sum + value, 0) / DRAWS
      const standardError = Math.sqrt(distribution.variance / DRAWS)
      expect(Math.abs(mean - distribution.mean)).toBeLessThan(4 * standardError)
    },
  )

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
