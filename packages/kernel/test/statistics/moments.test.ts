import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CeladonError, Moments } from '../../src/index.js'

const EPSILON = Number.EPSILON

function momentsOf(values: readonly number[]): Moments {
  const moments = new Moments()
  for (const value of values) moments.record(value)
  return moments
}

/** Mean and variance of whole numbers, by exact sums. */
function exact(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const n = BigInt(values.length)
  let sum = 0n
  let squares = 0n
  for (const value of values) {
    sum += BigInt(value)
    squares += BigInt(value) ** 2n
  }
  // n^2 times the sum of squared deviations over n, without a rounding before the division.
  const scaled = n * squares - sum * sum
  return { mean: Number(sum) / values.length, variance: Number(scaled) / Number(n * (n - 1n)) }
}

const values: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: -1000, max: 1000 }), {
  minLength: 2,
  maxLength: 200,
})
const offset: fc.Arbitrary<number> = fc.constantFrom(0, 1, 1e6, 1e9, 1e12)

/**
 * Each step of Welford's method rounds the mean, relatively by one epsilon; a deviation is wrong by
 * so much, n times. The variance is wrong by that times the size of the deviations.
 */
function expectExact(moments: Moments, all: readonly number[]): void {
  const { mean, variance } = exact(all)
  const size = all.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
  const meanError = all.length * size * EPSILON
  const spread = moments.max - moments.min + meanError
  expect(Math.abs(moments.mean - mean)).toBeLessThanOrEqual(meanError)
  expect(Math.abs(moments.variance - variance)).toBeLessThanOrEqual(
    4 * (meanError * spread + all.length * EPSILON * spread * spread),
  )
  expect(moments.standardDeviation).toBe(Math.sqrt(moments.variance))
  expect(moments.count).toBe(all.length)
  expect(moments.min).toBe(Math.min(...all))
  expect(moments.max).toBe(Math.max(...all))
}

test('agrees with exact sums, however far from 0 the values lie', () => {
  fc.assert(
    fc.property(values, offset, (list, far) => {
      const shifted = list.map((value) => value + far)
      expectExact(momentsOf(shifted), shifted)
    }),
  )
})

test('keeps the variance where the naive formula has lost it', () => {
  const list = Array.from({ length: 1000 }, (_, index) => 1e12 + (index % 2))
  const naive =
    list.reduce((sum, value) => sum + value * value, 0) / 1000 -
    (list.reduce((sum, value) => sum + value, 0) / 1000) ** 2
  expect(Math.abs(naive - 0.25)).toBeGreaterThan(1)
  expectExact(momentsOf(list), list)
})

describe('merge', () => {
  test('of parts agrees with exact sums of the whole, in either order', () => {
    fc.assert(
      fc.property(values, values, offset, (first, second, far) => {
        const [one, other] = [first, second].map((list) => list.map((value) => value + far))
        for (const [a, b] of [
          [one, other],
          [other, one],
        ]) {
          const merged = momentsOf(a ?? [])
          merged.merge(momentsOf(b ?? []))
          expectExact(merged, [...(a ?? []), ...(b ?? [])])
        }
      }),
    )
  })

  test('with an empty one changes nothing, and of an empty one copies', () => {
    const moments = momentsOf([1, 5, 7])
    moments.merge(new Moments())
    expect(moments).toEqual(momentsOf([1, 5, 7]))
    const empty = new Moments()
    empty.merge(moments)
    expect(empty).toEqual(moments)
  })
})

test('has no variance with fewer than two observations', () => {
  expect(new Moments()).toMatchObject({ count: 0, mean: 0, variance: 0, standardDeviation: 0 })
  expect(momentsOf([7])).toMatchObject({ count: 1, mean: 7, variance: 0, min: 7, max: 7 })
})

test('reset forgets everything', () => {
  const moments = momentsOf([1, 2, 3])
  moments.reset()
  expect(moments).toEqual(new Moments())
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d and keeps what it had', (value) => {
  const moments = momentsOf([1, 2])
  expect(() => moments.record(value)).toThrow(CeladonError)
  expect(moments).toEqual(momentsOf([1, 2]))
})
