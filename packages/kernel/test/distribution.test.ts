import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  constant,
  type Distribution,
  exponential,
  lognormal,
  uniform,
  weibull,
} from '../src/index.js'

const positive: fc.Arbitrary<number> = fc.double({ min: 0.01, max: 1000, noNaN: true })

const families: readonly (readonly [string, fc.Arbitrary<Distribution>])[] = [
  ['constant', positive.map(constant)],
  ['exponential', positive.map((mean) => exponential({ mean }))],
  [
    'uniform',
    fc.tuple(positive, positive).map(([min, width]) => uniform({ min, max: min + width })),
  ],
  [
    'lognormal',
    fc
      .tuple(positive, fc.double({ min: 1.05, max: 12, noNaN: true }))
      .map(([median, factor]) => lognormal({ median, p95: median * factor })),
  ],
  [
    'weibull',
    fc
      .tuple(fc.double({ min: 0.4, max: 5, noNaN: true }), positive)
      .map(([shape, scale]) => weibull({ shape, scale })),
  ],
]

/** The mean of f(quantile(p)) over p: trapezoids in the logit of p, dense where quantiles bend. */
function integrate(distribution: Distribution, f: (value: number) => number): number {
  const step = 0.02
  let sum = 0
  for (let logit = -34; logit <= 34; logit += step) {
    const p = 1 / (1 + Math.exp(-logit))
    sum += f(distribution.quantile(p)) * p * (1 - p) * step
  }
  return sum
}

for (const [family, arbitrary] of families) {
  describe(family, () => {
    test('has the mean and the variation that its quantiles give', () => {
      fc.assert(
        fc.property(arbitrary, (distribution) => {
          const { mean, squaredCv } = distribution
          expect(integrate(distribution, (value) => value) / mean).toBeCloseTo(1, 6)
          const variance = integrate(distribution, (value) => (value - mean) ** 2)
          expect(variance / mean ** 2 / (1 + squaredCv)).toBeCloseTo(squaredCv / (1 + squaredCv), 5)
        }),
        { numRuns: 50 },
      )
    })

    test('has quantiles that start at 0 or more and never fall', () => {
      fc.assert(
        fc.property(arbitrary, (distribution) => {
          const values = Array.from({ length: 1000 }, (_, cell) =>
            distribution.quantile(cell / 1000),
          )
          expect(values[0]).toBeGreaterThanOrEqual(0)
          expect(values.at(-1)).toBeLessThan(Infinity)
          expect(values.every((value, cell) => value >= (values[cell - 1] ?? 0))).toBe(true)
        }),
        { numRuns: 50 },
      )
    })
  })
}

test('a lognormal passes through the two points that name it', () => {
  const distribution = lognormal({ median: 60, p95: 300 })
  expect(distribution.quantile(0.5)).toBeCloseTo(60, 6)
  expect(distribution.quantile(0.95)).toBeCloseTo(300, 6)
})

test('a Weibull of shape 1 is exponential', () => {
  const a = weibull({ shape: 1, scale: 20 })
  const b = exponential({ mean: 20 })
  expect(a.mean).toBeCloseTo(20, 10)
  expect(a.squaredCv).toBeCloseTo(1, 10)
  for (const p of [0, 0.1, 0.5, 0.99, 0.999999]) expect(a.quantile(p)).toBeCloseTo(b.quantile(p), 9)
})

test('names tell family and parameters', () => {
  expect(
    [
      constant(5),
      exponential({ mean: 20 }),
      uniform({ min: 1, max: 3 }),
      lognormal({ median: 60, p95: 300 }),
      weibull({ shape: 0.46, scale: 110.92 }),
    ].map(({ name }) => name),
  ).toEqual([
    'constant(5)',
    'exponential(mean 20)',
    'uniform(1..3)',
    'lognormal(median 60, p95 300)',
    'weibull(shape 0.46, scale 110.92)',
  ])
})
