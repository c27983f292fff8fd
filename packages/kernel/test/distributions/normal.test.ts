import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalQuantile } from '../../src/index.js'

/** Upper tail of the standard normal by Simpson's rule; accurate to 1e-12 relative for z in 0..8. */
function upperTail(z: number): number {
  const steps = 20_000
  const width = 40 / (z + 3) / steps
  // The density at z + t over the density at z is exp(-z t - t^2/2).
  const ratio = (t: number): number => Math.exp(-z * t - (t * t) / 2)
  let sum = ratio(0) + ratio(steps * width)
  for (let step = 1; step < steps; step += 1) sum += ratio(step * width) * (step % 2 === 1 ? 4 : 2)
  return ((Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum * width) / 3
}

test('inverts the distribution function to the last digits', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 0.499, noNaN: true }), (p) => {
      const z = -normalQuantile(p)
      // An error of z by one part is one of p by z² + 1 parts; the integral here has 1e-12 of its own.
      expect(Math.abs(upperTail(z) / p - 1)).toBeLessThan(1e-14 * (z * z + 1) + 1e-12)
    }),
    { numRuns: 300 },
  )
})

test('is symmetric', () => {
  fc.assert(
    fc.property(fc.double({ min: 2 ** -30, max: 0.5, noNaN: true }), (p) => {
      const upper = 1 - p
      expect(normalQuantile(upper) + normalQuantile(1 - upper)).toBe(0)
    }),
  )
})

test('is infinite at 0 and 1', () => {
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY)
  expect(normalQuantile(0.5)).toBe(0)
})
