import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BatchQuantiles,
  CeladonError,
  covers,
  Histogram,
  quantileInterval,
  RandomStream,
  studentQuantile,
} from '../../src/index.js'
import { expectCoverage } from './coverage.js'
import { QueueWaits } from './processes.js'

describe('coverage of 95 % intervals', () => {
  // Intervals are wider by the error of the histogram, so they cover more often than they say.
  test('of a busy queue’s quantiles is at least that; as if independent, it is not', () => {
    const runs = 200
    const load = 0.5
    const shares = [0.7, 0.95, 0.99]
    const covered = [0, 0, 0]
    let independent = 0
    const waits = new BatchQuantiles()
    for (let run = 0; run < runs; run += 1) {
      const queue = new QueueWaits(`quantiles ${run}`, load)
      waits.reset()
      for (let count = 0; count < 130_000; count += 1) waits.record(queue.next())
      for (const [index, p] of shares.entries()) {
        const quantile = -Math.log((1 - p) / load) / (1 - load)
        if (covers(waits.interval(p), quantile)) covered[index] = (covered[index] ?? 0) + 1
        if (p === 0.7 && covers(quantileInterval(waits.histogram(), p), quantile)) independent += 1
      }
    }
    for (const count of covered) expectCoverage(count, runs, 0.95, 1)
    expect(independent / runs).toBeLessThan(0.8)
  })

  test('is not bought with width', () => {
    const runs = 200
    const p = 0.95
    const count = 24 * 4096
    const quantile = -Math.log1p(-p)
    const values = new BatchQuantiles()
    let covered = 0
    let width = 0
    let known = 0
    for (let run = 0; run < runs; run += 1) {
      const stream = new RandomStream(`independent ${run}`)
      values.reset()
      for (let index = 0; index < count; index += 1) values.record(stream.exponential(1))
      expect(values.batchLength).toBe(4096)
      const interval = values.interval(p)
      if (covers(interval, quantile)) covered += 1
      if (interval.halfWidth === Number.POSITIVE_INFINITY) continue
      known += 1
      width += interval.halfWidth - interval.estimate * Histogram.RELATIVE_ERROR
    }
    expectCoverage(covered, runs, 0.95, 1)
    expect(known).toBeGreaterThan(0.95 * runs)
    // The large-sample error of a quantile, sqrt(p (1 - p) / n) / density, times t; the factor is the
    // expectation of an estimated standard deviation from 24 normal values over the true one.
    const theory = (Math.sqrt((p * (1 - p)) / count) / (1 - p)) * studentQuantile(0.975, 23) * 0.989
    // The widths vary by 1 / sqrt(2 * 23), their mean over the runs by 1 %: 3.5 % is 1 in 1000. Joined
    // batches (1 in 40) and the cells of the histogram, rounded to 1/128, add up to 3 % more.
    expect(width / known / theory).toBeGreaterThan(0.965)
    expect(width / known / theory).toBeLessThan(1.065)
  })
})

const observations: fc.Arbitrary<number[]> = fc
  .record({ count: fc.integer({ min: 0, max: 9000 }), seed: fc.integer({ min: 0, max: 1e6 }) })
  .map(({ count, seed }) => {
    const stream = new RandomStream(`property ${seed}`)
    return Array.from({ length: count }, () => stream.exponential(10))
  })

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram
}

test('loses nothing when batches are joined, and estimates from the full ones', () => {
  fc.assert(
    fc.property(observations, (values) => {
      const quantiles = new BatchQuantiles()
      for (const value of values) quantiles.record(value)
      const { batchLength } = quantiles
      const batches = Math.floor(values.length / batchLength)
      expect(batches).toBeLessThan(32)
      if (batchLength > 64) expect(batches).toBeGreaterThanOrEqual(16)
      expect(quantiles.count).toBe(values.length)
      const all = quantiles.histogram()
      const expected = histogramOf(values)
      expect(Math.abs(all.sum - expected.sum)).toBeLessThanOrEqual(1e-12 * expected.sum)
      expected.sum = all.sum
      expect(all).toEqual(expected)
      const full = histogramOf(values.slice(0, batches * batchLength))
      expect(quantiles.interval(0.5).estimate).toBe(full.quantile(0.5))
    }),
    { numRuns: 30 },
  )
})

test('is unknown until there are 16 batches with 10 observations on either side', () => {
  const stream = new RandomStream('unknown')
  const quantiles = new BatchQuantiles()
  const unknownUntil = new Map([0.5, 0.05, 0.99].map((p) => [p, 0]))
  for (let count = 1; count <= 40_000; count += 1) {
    quantiles.record(stream.exponential(10))
    for (const p of unknownUntil.keys()) {
      const unknown = quantiles.interval(p).halfWidth === Number.POSITIVE_INFINITY
      if (unknown) unknownUntil.set(p, count)
    }
  }
  // 16 batches of 64, of 256 (12.8 below the 5th percentile) and of 1024 (10.24 above the 99th).
  expect([...unknownUntil.values()]).toEqual([16 * 64 - 1, 16 * 256 - 1, 16 * 1024 - 1])
})

test('of values that never vary is as wide as the error of the histogram', () => {
  const quantiles = new BatchQuantiles()
  for (let count = 0; count < 5000; count += 1) quantiles.record(42)
  const error = Histogram.RELATIVE_ERROR
  expect(quantiles.interval(0.5).low).toBeCloseTo(42 / (1 + error), 9)
  expect(quantiles.interval(0.5).high).toBeCloseTo(42 / (1 - error), 9)
})

test('an answer changes with the next full batch, for each quantile and confidence on its own', () => {
  const stream = new RandomStream('answers')
  const quantiles = new BatchQuantiles()
  for (let count = 0; count < 4096; count += 1) quantiles.record(stream.exponential(10))
  const median = quantiles.interval(0.5)
  expect(quantiles.interval(0.9).estimate).toBeGreaterThan(median.estimate)
  expect(quantiles.interval(0.5, 0.5).halfWidth).toBeLessThan(median.halfWidth)
  expect(quantiles.interval(0.5)).toBe(median)
  for (let count = 0; count < quantiles.batchLength; count += 1) quantiles.record(1000)
  expect(quantiles.interval(0.5)).not.toEqual(median)
})

test('reset forgets everything', () => {
  const stream = new RandomStream('reset')
  const quantiles = new BatchQuantiles()
  for (let count = 0; count < 5000; count += 1) quantiles.record(stream.exponential(10))
  quantiles.interval(0.5)
  quantiles.reset()
  expect(quantiles).toMatchObject({ count: 0, batchLength: 64 })
  expect(quantiles.histogram()).toEqual(new Histogram())
  expect(quantiles.interval(0.5)).toEqual(new BatchQuantiles().interval(0.5))
})

test('refuses what is not a share, and values that are not finite', () => {
  const quantiles = new BatchQuantiles()
  expect(() => quantiles.interval(0)).toThrow(CeladonError)
  expect(() => quantiles.interval(95)).toThrow(CeladonError)
  expect(() => quantiles.interval(0.5, 1)).toThrow(CeladonError)
  expect(() => quantiles.record(Number.NaN)).toThrow(CeladonError)
})
