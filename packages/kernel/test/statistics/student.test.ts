import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CeladonError, normalQuantile, studentQuantile } from '../../src/index.js'

/** Largest error that the documentation promises, relative or for small quantiles absolute. */
const ERROR = 1e-8

function expectNear(quantile: number, exact: number): void {
  expect(Math.abs(quantile - exact)).toBeLessThan(ERROR * Math.max(1, Math.abs(exact)))
}

const share: fc.Arbitrary<number> = fc
  .double({ min: -40, max: -0.02, noNaN: true })
  .map((exponent) => 2 ** exponent)

describe('has the closed form', () => {
  test('of a Cauchy quantile with one degree of freedom', () => {
    fc.assert(
      fc.property(share, (p) => expectNear(studentQuantile(p, 1), -1 / Math.tan(Math.PI * p))),
    )
  })

  test('of two degrees of freedom', () => {
    const exact = (p: number): number => (2 * p - 1) / Math.sqrt(2 * p * (1 - p))
    fc.assert(fc.property(share, (p) => expectNear(studentQuantile(p, 2), exact(p))))
  })

  test('of four degrees of freedom', () => {
    fc.assert(
      fc.property(share, (p) => {
        const alpha = 4 * p * (1 - p)
        const angle = Math.cos(Math.acos(Math.sqrt(alpha)) / 3) / Math.sqrt(alpha)
        // Below, the root of a difference of nearly equal numbers is less exact than the quantile.
        fc.pre(angle > 1.001)
        expectNear(studentQuantile(p, 4), Math.sign(p - 0.5) * 2 * Math.sqrt(angle - 1))
      }),
    )
  })
})

/** Computed with mpmath to 40 digits, from the incomplete beta function or by integration. */
const REFERENCE = [
  [0.975, 3, 3.182446305283708],
  [0.9995, 39, 3.558120081332771],
  [0.9995, 7, 5.407882520861828],
  [0.6, 1.5, 0.3007453925697954],
  [0.999999, 2.5, 220.1734291757042],
  [0.995, 31, 2.744041919294269],
  [0.975, 1000, 1.962339080826408],
  [0.9999999, 63, 5.837732206080656],
  [0.99, 12_345.6, 2.326649968519119],
  [0.975, 99_999, 1.959987707771844],
  [0.975, 100_001, 1.959987707297379],
  [0.9995, 1e7, 3.290527704465253],
  [0.75, 1e12, 0.6744897501963271],
] as const

test.each(REFERENCE)('p %d with %d degrees of freedom is %d', (p, degrees, exact) => {
  expectNear(studentQuantile(p, degrees), exact)
})

const degrees: fc.Arbitrary<number> = fc
  .double({ min: 0, max: 30, noNaN: true })
  .map((exponent) => 2 ** exponent)

test('is antisymmetric around one half', () => {
  fc.assert(
    fc.property(share, degrees, (p, nu) => {
      const upper = studentQuantile(1 - p, nu)
      // 1 - p is rounded, which for a small p changes the quantile more than the error bound.
      expectNear(studentQuantile(1 - (1 - p), nu), -upper)
    }),
  )
})

test('is further out than the normal quantile, the more so the fewer the degrees of freedom', () => {
  fc.assert(
    fc.property(share, degrees, degrees, (p, one, other) => {
      const [few, many] = one < other ? [one, other] : [other, one]
      const sizes = [few, many, Number.POSITIVE_INFINITY].map((nu) =>
        Math.abs(studentQuantile(p, nu)),
      )
      const [far = 0, middle = 0, near = 0] = sizes
      expect(far).toBeGreaterThanOrEqual(middle * (1 - ERROR))
      expect(middle).toBeGreaterThanOrEqual(near * (1 - ERROR))
    }),
  )
})

test('with infinitely many degrees of freedom is the normal quantile', () => {
  fc.assert(
    fc.property(share, (p) => {
      expect(studentQuantile(p, Number.POSITIVE_INFINITY)).toBe(normalQuantile(p))
    }),
  )
})

test('has the ends of the distribution', () => {
  expect(studentQuantile(0, 5)).toBe(Number.NEGATIVE_INFINITY)
  expect(studentQuantile(0.5, 5)).toBe(0)
  expect(studentQuantile(1, 5)).toBe(Number.POSITIVE_INFINITY)
})

test.each([
  [-0.1, 5],
  [1.1, 5],
  [Number.NaN, 5],
  [0.5, 0.9],
  [0.5, Number.NaN],
])('refuses p %d with %d degrees of freedom', (p, nu) => {
  expect(() => studentQuantile(p, nu)).toThrow(CeladonError)
})
