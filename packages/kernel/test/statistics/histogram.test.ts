import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CeladonError, Histogram } from '../../src/index.js'

/** Values over the whole range for which the error bound holds, evenly by order of magnitude. */
const value: fc.Arbitrary<number> = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -10_000_000, max: 33_999_999 }).map((exponent) => 2 ** (exponent / 1e6)),
)
const values: fc.Arbitrary<number[]> = fc.array(value, { minLength: 1, maxLength: 300 })
const share: fc.Arbitrary<number> = fc.integer({ min: 0, max: 10_000 }).map((p) => p / 10_000)

function histogramOf(recorded: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const each of recorded) histogram.record(each)
  return histogram
}

function exactQuantile(recorded: readonly number[], p: number): number {
  const sorted = recorded.toSorted((a, b) => a - b)
  return sorted[Math.max(Math.ceil(p * sorted.length), 1) - 1] ?? Number.NaN
}

describe('quantile', () => {
  test('keeps its error bound against the sorted values', () => {
    fc.assert(
      fc.property(values, share, (recorded, p) => {
        const exact = exactQuantile(recorded, p)
        const error = Math.abs(histogramOf(recorded).quantile(p) - exact)
        expect(error).toBeLessThanOrEqual(exact * Histogram.RELATIVE_ERROR)
      }),
      { numRuns: 2000 },
    )
  })

  test('is exact at both ends', () => {
    fc.assert(
      fc.property(values, (recorded) => {
        const histogram = histogramOf(recorded)
        expect(histogram.quantile(0)).toBe(Math.min(...recorded))
        expect(histogram.min).toBe(Math.min(...recorded))
        expect(histogram.max).toBe(Math.max(...recorded))
        expect(histogram.quantile(1)).toBeLessThanOrEqual(histogram.max)
      }),
    )
  })

  test('of values below a microsecond is off by less than one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** -10, noNaN: true }), share, (tiny, p) => {
        expect(Math.abs(histogramOf([tiny]).quantile(p) - tiny)).toBeLessThan(0.001)
      }),
    )
  })

  test('of values beyond the range is not above the greatest', () => {
    const histogram = histogramOf([2 ** 40, 2 ** 50])
    expect(histogram.quantile(0.5)).toBeLessThanOrEqual(2 ** 50)
    expect(histogram.quantile(1)).toBeGreaterThanOrEqual(2 ** 34)
  })
})

describe('countAbove', () => {
  test('counts within the cell of the threshold', () => {
    fc.assert(
      fc.property(values, value, (recorded, threshold) => {
        const count = histogramOf(recorded).countAbove(threshold)
        const cell = 1 + 2 * Histogram.RELATIVE_ERROR
        expect(count).toBeLessThanOrEqual(recorded.filter((each) => each > threshold).length)
        expect(count).toBeGreaterThanOrEqual(
          recorded.filter((each) => each > Math.max(threshold * cell, 2 ** -10)).length,
        )
      }),
    )
  })
})

describe('merge', () => {
  test('of parts is the histogram of the whole', () => {
    fc.assert(
      fc.property(values, values, share, (first, second, p) => {
        const merged = histogramOf(first)
        merged.merge(histogramOf(second))
        const whole = histogramOf([...first, ...second])
        expect(merged.quantile(p)).toBe(whole.quantile(p))
        expect(merged.count).toBe(whole.count)
        expect(merged.min).toBe(whole.min)
        expect(merged.max).toBe(whole.max)
        expect(merged.mean / (whole.mean || 1)).toBeCloseTo(whole.mean === 0 ? 0 : 1, 12)
      }),
    )
  })

  /** Sums of floats depend on their order in the last digits; everything else must not. */
  function expectSame(one: Histogram, other: Histogram): void {
    expect(Math.abs(one.sum - other.sum)).toBeLessThanOrEqual(1e-12 * one.sum)
    one.sum = other.sum
    expect(one).toEqual(other)
  }

  test('is commutative and associative', () => {
    fc.assert(
      fc.property(values, values, values, (first, second, third) => {
        const [left, right] = [histogramOf(first), histogramOf(second)]
        left.merge(histogramOf(second))
        right.merge(histogramOf(first))
        expectSame(left, right)
        left.merge(histogramOf(third))
        const end = histogramOf(second)
        end.merge(histogramOf(third))
        const whole = histogramOf(first)
        whole.merge(end)
        expectSame(left, whole)
        expectSame(whole, histogramOf([...first, ...second, ...third]))
      }),
      { numRuns: 25 },
    )
  })

  test('with an empty one changes nothing', () => {
    const histogram = histogramOf([3, 5])
    histogram.merge(new Histogram())
    expect(histogram).toEqual(histogramOf([3, 5]))
  })
})

test('an empty histogram answers 0', () => {
  const histogram = new Histogram()
  expect([histogram.count, histogram.mean, histogram.quantile(0.5), histogram.max]).toEqual([
    0, 0, 0, 0,
  ])
})

test('reset forgets everything', () => {
  const histogram = histogramOf([1, 2, 3])
  histogram.reset()
  expect(histogram).toEqual(new Histogram())
})

test('what rounding leaves below zero counts as zero', () => {
  const histogram = histogramOf([-0, -1e-13, 5])
  expect(histogram.quantile(0.5)).toBeLessThanOrEqual(0)
  expect(histogram.countAbove(1)).toBe(1)
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d and keeps what it had', (bad) => {
  const histogram = histogramOf([1, 2])
  expect(() => histogram.record(bad)).toThrow(CeladonError)
  expect(histogram).toEqual(histogramOf([1, 2]))
})

test.each([-0.1, 1.1, 95, Number.NaN])('refuses the quantile of %d', (p) => {
  expect(() => histogramOf([1, 2]).quantile(p)).toThrow(CeladonError)
})
