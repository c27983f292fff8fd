import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  constant,
  type Distribution,
  erlang,
  exponential,
  gamma,
  hyperexponential,
  lognormal,
  mixture,
  pareto,
  squaredCv,
  triangular,
  uniform,
  weibull,
} from '../../src/index.js'
import { SMOOTH, STEPPED } from './any-distribution.js'

const share: fc.Arbitrary<number> = fc.oneof(
  fc.double({ min: 0, max: 1 - 2 ** -40, noNaN: true }),
  fc.double({ min: 1e-12, max: 1e-3, noNaN: true }),
)

/**
 * Mean and variance from the quantiles: trapezoids in the logit of p, dense where quantiles bend. The
 * error of the rule falls exponentially with the step. What lies beyond 1 - exp(-34), and the
 * rounding of p next to it, is below a millionth of the moments that are compared here.
 */
function integrate(distribution: Distribution): { mean: number; variance: number } {
  const step = 0.01
  const { mean: centre } = distribution
  let first = 0
  let second = 0
  for (let logit = -34; logit <= 34; logit += step) {
    const p = 1 / (1 + Math.exp(-logit))
    const deviation = distribution.quantile(p) - centre
    const weight = p * (1 - p) * step
    first += deviation * weight
    second += deviation * deviation * weight
  }
  return { mean: centre + first, variance: second - first * first }
}

describe.each(Object.entries(SMOOTH))('%s', (_, arbitrary) => {
  test('has the mean and the variance that its quantiles give', () => {
    fc.assert(
      fc.property(arbitrary, (distribution) => {
        const { mean, variance } = distribution
        const integral = integrate(distribution)
        expect(Math.abs(integral.mean / mean - 1)).toBeLessThan(1e-6)
        expect(Math.abs(integral.variance - variance) / (variance + mean * mean)).toBeLessThan(1e-5)
      }),
      { numRuns: 20 },
    )
  })

  test('has a distribution function that inverts its quantile', () => {
    fc.assert(
      fc.property(arbitrary, share, (distribution, p) => {
        const value = distribution.quantile(p)
        expect(value).toBeLessThan(Infinity)
        const step = value * 1e-9
        const tolerance = 1e-15 + 4 * Number.EPSILON * p
        // So the quantile is known to a part in a billion.
        expect(distribution.cdf?.(value - step)).toBeLessThanOrEqual(p + tolerance)
        expect(distribution.cdf?.(value + step)).toBeGreaterThanOrEqual(p - tolerance)
      }),
      { numRuns: 300 },
    )
  })
})

describe.each(Object.entries(STEPPED))('%s', (_, arbitrary) => {
  test('has the least value as quantile that more than a share of p lies at or below', () => {
    fc.assert(
      fc.property(arbitrary, share, (distribution, p) => {
        const value = distribution.quantile(p)
        const tolerance = 4 * Number.EPSILON
        const above = value * (1 + 1e-12)
        expect(distribution.cdf?.(above)).toBeGreaterThanOrEqual(p - tolerance)
        const below = value * (1 - 1e-12) - Number.MIN_VALUE
        expect(distribution.cdf?.(below)).toBeLessThanOrEqual(p + tolerance)
      }),
      { numRuns: 300 },
    )
  })
})

describe.each(Object.entries({ ...SMOOTH, ...STEPPED }))('%s', (_, arbitrary) => {
  test('has quantiles that start at 0 or more and never fall', () => {
    fc.assert(
      fc.property(arbitrary, (distribution) => {
        let previous = 0
        for (let cell = 0; cell < 200; cell += 1) {
          const value = distribution.quantile(cell / 200)
          // Where a quantile is found by search, rounding may turn the last digits.
          expect(value).toBeGreaterThanOrEqual(previous * (1 - 1e-12))
          previous = value
        }
        expect(previous).toBeLessThan(Infinity)
      }),
      { numRuns: 30 },
    )
  })
})

test('a lognormal passes through the figures that name it', () => {
  const a = lognormal({ median: 60, p95: 300 })
  expect(a.quantile(0.5)).toBeCloseTo(60, 10)
  expect(a.quantile(0.95)).toBeCloseTo(300, 10)
  const b = lognormal({ mean: 90, median: 60 })
  expect(b.mean).toBeCloseTo(90, 10)
  expect(b.quantile(0.5)).toBeCloseTo(60, 10)
  const c = lognormal({ mean: 90, squaredCv: 2.5 })
  expect(c.mean).toBeCloseTo(90, 10)
  expect(squaredCv(c)).toBeCloseTo(2.5, 12)
})

test.each([
  ['a Weibull of shape 1', weibull({ shape: 1, scale: 20 })],
  ['a gamma of shape 1', gamma({ shape: 1, scale: 20 })],
  ['an Erlang of one phase', erlang({ phases: 1, mean: 20 })],
  ['a hyperexponential of squaredCv 1', hyperexponential({ mean: 20, squaredCv: 1 })],
  ['a hyperexponential of one phase', hyperexponential({ phases: [{ weight: 7, mean: 20 }] })],
  ['a mixture of one part', mixture([{ weight: 7, distribution: exponential({ mean: 20 }) }])],
])('%s is exponential', (_, distribution) => {
  expect(distribution.mean).toBeCloseTo(20, 12)
  expect(squaredCv(distribution)).toBeCloseTo(1, 12)
  for (const p of [0, 1e-9, 0.1, 0.5, 0.99, 0.999999]) {
    const exact = exponential({ mean: 20 }).quantile(p)
    expect(Math.abs(distribution.quantile(p) - exact)).toBeLessThanOrEqual(exact * 1e-12)
  }
})

test('a hyperexponential of phases is the mixture of its exponentials', () => {
  const phases = [
    { weight: 3, mean: 2 },
    { weight: 1, mean: 40 },
  ]
  const a = hyperexponential({ phases })
  const b = mixture(
    phases.map(({ weight, mean }) => ({ weight, distribution: exponential({ mean }) })),
  )
  expect(a.mean).toBeCloseTo(b.mean, 12)
  expect(a.variance).toBeCloseTo(b.variance, 10)
  for (const p of [1e-9, 0.3, 0.74, 0.76, 0.99, 0.9999]) {
    expect(Math.abs(a.quantile(p) / b.quantile(p) - 1)).toBeLessThan(1e-12)
  }
})

test('a hyperexponential by two figures balances the means of its phases', () => {
  // Whitt (1982): p = (1 + sqrt((c² - 1) / (c² + 1))) / 2, and p m1 = (1 - p) m2 = mean / 2.
  const p = (1 + Math.sqrt(3 / 5)) / 2
  const a = hyperexponential({ mean: 10, squaredCv: 4 })
  const b = hyperexponential({
    phases: [
      { weight: p, mean: 5 / p },
      { weight: 1 - p, mean: 5 / (1 - p) },
    ],
  })
  expect(squaredCv(a)).toBeCloseTo(4, 12)
  for (const q of [0.1, 0.9, 0.9999]) expect(a.quantile(q) / b.quantile(q)).toBeCloseTo(1, 12)
})

test('a tail too heavy for a mean or a variance says so', () => {
  const heavy = pareto({ shape: 1, min: 5 })
  expect(heavy).toMatchObject({ mean: Infinity, variance: Infinity })
  const medium = pareto({ shape: 2, min: 5 })
  expect(medium).toMatchObject({ mean: 10, variance: Infinity })
  expect(squaredCv(heavy)).toBe(Infinity)
  expect(squaredCv(medium)).toBe(Infinity)
  expect(pareto({ shape: 3, min: 2 })).toMatchObject({ mean: 3, variance: 3 })
  const light = constant(1)
  expect(
    mixture([
      { weight: 1, distribution: light },
      { weight: 1, distribution: heavy },
    ]),
  ).toMatchObject({ mean: Infinity, variance: Infinity })
  expect(
    mixture([
      { weight: 1, distribution: light },
      { weight: 1, distribution: medium },
    ]),
  ).toMatchObject({ mean: 5.5, variance: Infinity })
})

test('names tell family and parameters', () => {
  expect(
    [
      constant(5),
      exponential({ mean: 20 }),
      uniform({ min: 1, max: 3 }),
      triangular({ min: 1, mode: 2, max: 9 }),
      lognormal({ median: 60, p95: 300 }),
      lognormal({ mean: 60, squaredCv: 2 }),
      weibull({ shape: 0.46, scale: 110.92 }),
      gamma({ shape: 2.5, scale: 4 }),
      erlang({ phases: 3, mean: 12 }),
      pareto({ shape: 1.5, min: 10 }),
      hyperexponential({ mean: 10, squaredCv: 4 }),
      hyperexponential({
        phases: [
          { weight: 1, mean: 2 },
          { weight: 3, mean: 4 },
        ],
      }),
      mixture([
        { weight: 9, distribution: constant(1) },
        { weight: 1, distribution: exponential({ mean: 50 }) },
      ]),
    ].map(({ name }) => name),
  ).toEqual([
    'constant(5)',
    'exponential(mean 20)',
    'uniform(1..3)',
    'triangular(1..2..9)',
    'lognormal(median 60, p95 300)',
    'lognormal(mean 60, squaredCv 2)',
    'weibull(shape 0.46, scale 110.92)',
    'gamma(shape 2.5, scale 4)',
    'erlang(phases 3, mean 12)',
    'pareto(shape 1.5, min 10)',
    'hyperexponential(mean 10, squaredCv 4)',
    'hyperexponential(1 of mean 2, 3 of mean 4)',
    'mixture(9 of constant(1), 1 of exponential(mean 50))',
  ])
})
