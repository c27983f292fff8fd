import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CeladonError, covers, type Interval, meanInterval, RandomStream } from '../../src/index.js'
import { expectCoverage } from './coverage.js'

const RUNS = 4000

/** How many of many intervals from so many normal values cover their mean. */
function coverage(values: number, confidence: number): number {
  const stream = new RandomStream(`normal ${values}`)
  let covered = 0
  for (let run = 0; run < RUNS; run += 1) {
    const sample = Array.from({ length: values }, () => 7 + stream.normal())
    if (covers(meanInterval(sample, confidence), 7)) covered += 1
  }
  return covered
}

// With z instead of t, or n instead of n - 1, few values cover far less often: 3 of them 81 or 91 %.
test.each([
  [2, 0.95],
  [3, 0.95],
  [4, 0.9],
  [10, 0.99],
])('of %i normal values covers the mean with probability %d', (values, confidence) => {
  expectCoverage(coverage(values, confidence), RUNS, confidence, confidence)
})

test('is the mean and Student’s t times the standard error', () => {
  // 2, 4, 6 has the standard deviation 2; t with 2 degrees of freedom is 4.302653 (tables).
  const interval = meanInterval([2, 4, 6])
  const halfWidth = (4.302_652_729_749 * 2) / Math.sqrt(3)
  expect(interval).toMatchObject({ estimate: 4, confidence: 0.95 })
  expect(interval.halfWidth).toBeCloseTo(halfWidth, 9)
  expect(interval.low).toBeCloseTo(4 - halfWidth, 9)
  expect(interval.high).toBeCloseTo(4 + halfWidth, 9)
  expect(interval.relativeHalfWidth).toBeCloseTo(halfWidth / 4, 9)
})

const list: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: -999, max: 999 }), {
  minLength: 2,
  maxLength: 30,
})

test('moves and stretches with the values', () => {
  const near = (a: Interval, low: number, high: number): void => {
    expect(a.low).toBeCloseTo(low, 6)
    expect(a.high).toBeCloseTo(high, 6)
  }
  fc.assert(
    fc.property(list, fc.integer({ min: -9, max: 9 }), (values, by) => {
      const { low, high } = meanInterval(values)
      near(meanInterval(values.map((value) => value + by)), low + by, high + by)
      near(meanInterval(values.map((value) => -2 * value)), -2 * high, -2 * low)
    }),
  )
})

test('is the wider the more confidence it is asked for', () => {
  fc.assert(
    fc.property(list, (values) => {
      fc.pre(new Set(values).size > 1)
      const widths = [0.5, 0.9, 0.95, 0.999].map((c) => meanInterval(values, c).halfWidth)
      expect(widths).toEqual(widths.toSorted((a, b) => a - b))
      expect(new Set(widths).size).toBe(4)
    }),
  )
})

describe('relative half-width', () => {
  test('is over the size of the estimate', () => {
    const { halfWidth, relativeHalfWidth } = meanInterval([-1, -3])
    expect(relativeHalfWidth).toBe(halfWidth / 2)
  })

  test('is infinite around 0, even when nothing varied', () => {
    expect(meanInterval([0, 0, 0]).relativeHalfWidth).toBe(Number.POSITIVE_INFINITY)
  })
})

test('covers what lies between its bounds, bounds included', () => {
  const interval = meanInterval([1, 2, 3])
  expect([interval.low, interval.high, 2].every((value) => covers(interval, value))).toBe(true)
  expect(covers(interval, interval.low - 1e-9)).toBe(false)
  expect(covers(interval, interval.high + 1e-9)).toBe(false)
})

test.each([
  [[], 0.95],
  [[1], 0.95],
  [[1, Number.NaN], 0.95],
  [[1, Number.POSITIVE_INFINITY], 0.95],
  [[1, 2], 0],
  [[1, 2], 1],
  [[1, 2], 95],
  [[1, 2], Number.NaN],
])('refuses %j with confidence %d', (values, confidence) => {
  expect(() => meanInterval(values, confidence)).toThrow(CeladonError)
})
