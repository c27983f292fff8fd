import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CeladonError, FadingAverage } from '../../src/index.js'

const MINUTE_MS = 60_000

const levels: fc.Arbitrary<{ afterMs: number; level: number }[]> = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 90_000 }),
    level: fc.integer({ max: 9, min: 0 }),
  }),
  { maxLength: 20 },
)

test('weighs each moment of the past by how far back it lies', () => {
  fc.assert(
    fc.property(levels, (list) => {
      const average = new FadingAverage(MINUTE_MS)
      let now = 0
      for (const { afterMs, level } of list) {
        now += afterMs
        average.record(level, now)
      }
      // The integral of level times exp(-age / constant) / constant, piece by piece.
      let exact = 0
      let start = 0
      for (const { afterMs, level } of list) {
        const end = start + afterMs
        exact += level * (Math.exp((end - now) / MINUTE_MS) - Math.exp((start - now) / MINUTE_MS))
        start = end
      }
      expect(average.value).toBeCloseTo(exact, 12)
    }),
  )
})

test('does not depend on how often a level is recorded', () => {
  fc.assert(
    fc.property(levels, (list) => {
      const once = new FadingAverage(MINUTE_MS, 2)
      const often = new FadingAverage(MINUTE_MS, 2)
      let now = 0
      for (const { afterMs, level } of list) {
        often.record(level, now + afterMs / 3)
        often.record(level, now + afterMs / 2)
        now += afterMs
        once.record(level, now)
        often.record(level, now)
      }
      expect(often.value).toBeCloseTo(once.value, 12)
    }),
  )
})

test('after one time constant has moved all but 1/e of the way', () => {
  const average = new FadingAverage(5 * MINUTE_MS, 10, 1000)
  average.record(20, 1000 + 5 * MINUTE_MS)
  expect(average.value).toBeCloseTo(20 - 10 / Math.E, 12)
})

test.each([0, -1, Number.NaN])('refuses a time constant of %d ms', (timeConstantMs) => {
  expect(() => new FadingAverage(timeConstantMs)).toThrow(CeladonError)
})
