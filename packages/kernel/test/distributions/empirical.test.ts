import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Distribution,
  empirical,
  Moments,
  mixture,
  piecewiseUniform,
} from '../../src/index.js'

const samples = fc.array(fc.oneof(fc.nat(20), fc.double({ min: 0, max: 1e6, noNaN: true })), {
  minLength: 1,
  maxLength: 200,
})

test('an empirical distribution has mean and variance of its samples', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const moments = new Moments()
      for (const value of values) moments.record(value)
      const { mean, variance } = empirical(values)
      const squares = (moments.variance * (values.length - 1)) / values.length
      const scale = moments.max + 1
      expect(Math.abs(mean - moments.mean)).toBeLessThan(1e-12 * scale)
      expect(Math.abs(variance - squares)).toBeLessThan(1e-12 * scale * scale)
    }),
  )
})

test('an empirical distribution draws each sample with the same share, and nothing else', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const distribution = empirical(values)
      const drawn = values.map((_, index) => distribution.quantile((index + 0.5) / values.length))
      expect(drawn).toEqual(values.toSorted((a, b) => a - b))
    }),
  )
})

test('an empirical distribution copies its samples', () => {
  const values = [1, 2, 3]
  const distribution = empirical(values)
  values.fill(9)
  expect([0, 0.5, 0.9].map((p) => distribution.quantile(p))).toEqual([1, 2, 3])
})

test('an empirical distribution steps over the gap at an exact share', () => {
  const distribution = empirical([10, 10, 40, 50])
  expect([0, 0.49, 0.5, 0.74, 0.75, 1 - 2 ** -53].map((p) => distribution.quantile(p))).toEqual([
    10, 10, 40, 40, 50, 50,
  ])
  expect([9, 10, 39, 40, 50, 99].map((x) => distribution.cdf?.(x))).toEqual([
    0, 0.5, 0.5, 0.75, 1, 1,
  ])
})

test('a histogram spreads each bin evenly and steps over empty ones', () => {
  const distribution = piecewiseUniform({ edges: [0, 10, 20, 30, 50], counts: [0, 2, 0, 2] })
  expect([0, 0.25, 0.5, 0.75].map((p) => distribution.quantile(p))).toEqual([10, 15, 30, 40])
  expect([5, 10, 15, 25, 40, 60].map((x) => distribution.cdf?.(x))).toEqual([
    0, 0, 0.25, 0.5, 0.75, 1,
  ])
  // Halves of 10..20 and of 30..50: means 15 and 40, variances 100/12 and 400/12.
  expect(distribution.mean).toBeCloseTo(27.5, 12)
  expect(distribution.variance).toBeCloseTo(12.5 ** 2 + (100 + 400) / 24, 10)
})

test('a mixture takes on the atoms of its parts exactly', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 9 }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      (values, p) => {
        const distribution = mixture(
          values.map((value) => ({ weight: 1, distribution: empirical([value]) })),
        )
        expect(values).toContain(distribution.quantile(p))
      },
    ),
    { numRuns: 1000 },
  )
})

test('a mixture asks its parts for shares below 1 only', () => {
  const bounded: Distribution = {
    name: 'bounded',
    mean: 0.5,
    variance: 1 / 12,
    quantile: (p) => (p >= 0 && p < 1 ? p : expect.unreachable(`asked for ${p}`)),
    cdf: (x) => Math.min(x, 1),
  }
  const distribution = mixture([
    { weight: 1, distribution: bounded },
    { weight: 1, distribution: empirical([40]) },
  ])
  const values = [0, 0.25, 0.4999, 0.5001, 0.9, 1 - 2 ** -53].map((p) => distribution.quantile(p))
  expect(values.slice(3)).toEqual([40, 40, 40])
  for (const [index, value] of [0, 0.5, 0.9998].entries()) {
    expect(values[index]).toBeCloseTo(value, 11)
  }
})
