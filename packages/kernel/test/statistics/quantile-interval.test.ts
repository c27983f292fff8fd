import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CeladonError, covers, Histogram, quantileInterval, RandomStream } from '../../src/index.js'
import { expectCoverage } from './coverage.js'

function histogramOf(values: Iterable<number>): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram
}

/** The probability that a binomial draw is at most k, by adding up. */
function binomialBelow(k: number, count: number, p: number): number {
  let logTerm = count * Math.log1p(-p)
  let sum = 0
  for (let hits = 0; hits <= Math.min(k, count); hits += 1) {
    sum += Math.exp(logTerm)
    logTerm += Math.log((((count - hits) / (hits + 1)) * p) / (1 - p))
  }
  return sum
}

const size: fc.Arbitrary<number> = fc.integer({ min: 1, max: 300 })
const share: fc.Arbitrary<number> = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100)

describe('the ranks of the bounds', () => {
  test('are the innermost ones that leave half of the rest outside on either side', () => {
    fc.assert(
      fc.property(size, share, share, (count, p, confidence) => {
        const ranks = Array.from({ length: count }, (_, index) => index + 1)
        const { low, high } = quantileInterval(ranks, p, confidence)
        const tail = (1 - confidence) / 2
        const below = (rank: number): number => binomialBelow(rank, count, p)
        // At most so many are below the quantile as often as the tail says.
        const lowRank = low === Number.NEGATIVE_INFINITY ? 0 : low
        const highRank = high === Number.POSITIVE_INFINITY ? count + 1 : high
        expect(below(lowRank - 1)).toBeLessThan(tail + 1e-9)
        expect(below(lowRank)).toBeGreaterThan(tail - 1e-9)
        expect(below(highRank - 1)).toBeGreaterThan(1 - tail - 1e-9)
        expect(below(highRank - 2)).toBeLessThan(1 - tail + 1e-9)
      }),
      { numRuns: 1000 },
    )
  })

  // Hahn and Meeker explain the median of 100: ranks 40 and 61, which cover with 96.5 %.
  test('for the median of 100 values are 40 and 61', () => {
    const ranks = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(quantileInterval(ranks, 0.5)).toMatchObject({ low: 40, estimate: 50, high: 61 })
  })

  test('stay right for many millions of values', () => {
    const stream = new RandomStream('many')
    const histogram = new Histogram()
    for (let count = 0; count < 20_000; count += 1) histogram.record(stream.exponential(100))
    // Merging with itself makes 20,000 values 20,971,520,000 without changing its quantiles.
    for (let doubling = 0; doubling < 20; doubling += 1) histogram.merge(histogram)
    const { low, high, estimate } = quantileInterval(histogram, 0.95)
    expect(low).toBe(estimate / (1 + Histogram.RELATIVE_ERROR))
    expect(high).toBe(estimate / (1 - Histogram.RELATIVE_ERROR))
  })
})

describe('coverage', () => {
  test.each([
    [50, 0.5],
    [50, 0.9],
    [500, 0.99],
  ])('from %i exponential values of the quantile %d is that of its ranks', (count, p) => {
    const runs = 4000
    const stream = new RandomStream(`exponential ${count}`)
    const quantile = -100 * Math.log1p(-p)
    let covered = 0
    let byHistogram = 0
    for (let run = 0; run < runs; run += 1) {
      const values = Array.from({ length: count }, () => stream.exponential(100))
      if (covers(quantileInterval(values, p), quantile)) covered += 1
      if (run < 400 && covers(quantileInterval(histogramOf(values), p), quantile)) byHistogram += 1
    }
    const ranks = Array.from({ length: count }, (_, index) => index + 1)
    const { low, high } = quantileInterval(ranks, p)
    const inside = binomialBelow(high - 1, count, p) - binomialBelow(low - 1, count, p)
    expect(inside).toBeGreaterThanOrEqual(0.95)
    expectCoverage(covered, runs, inside, inside)
    expectCoverage(byHistogram, 400, inside, 1)
  })
})

test('from a histogram contains the one from the values, and little more', () => {
  const value = fc.integer({ min: 0, max: 1e6 }).map((exponent) => 1.00001 ** exponent)
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), share, (values, p) => {
      const exact = quantileInterval(values, p)
      const wider = quantileInterval(histogramOf(values), p)
      const error = 1 + 3 * Histogram.RELATIVE_ERROR
      expect(wider.low).toBeLessThanOrEqual(exact.low)
      expect(wider.high).toBeGreaterThanOrEqual(exact.high)
      expect(wider.low).toBeGreaterThanOrEqual(exact.low / error)
      expect(wider.high).toBeLessThanOrEqual(exact.high * error)
    }),
  )
})

test('has no bound where the values do not reach', () => {
  expect(quantileInterval([5], 0.5)).toMatchObject({
    estimate: 5,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    halfWidth: Number.POSITIVE_INFINITY,
  })
  const values = Array.from({ length: 100 }, (_, index) => index)
  expect(quantileInterval(values, 0.99).high).toBe(Number.POSITIVE_INFINITY)
})

test('leaves the values as they were', () => {
  const values = [3, 1, 2]
  quantileInterval(values, 0.5)
  expect(values).toEqual([3, 1, 2])
})

test.each([
  [[], 0.5, 0.95],
  [[1], 0, 0.95],
  [[1], 95, 0.95],
  [[1], 0.5, 1],
])('refuses %j with p %d and confidence %d', (values, p, confidence) => {
  expect(() => quantileInterval(values, p, confidence)).toThrow(CeladonError)
})

test('refuses an empty histogram', () => {
  expect(() => quantileInterval(new Histogram(), 0.5)).toThrow(CeladonError)
})
