import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TimeWeighted } from '../../src/index.js'

const changes: fc.Arbitrary<{ afterMs: number; value: number }[]> = fc.array(
  fc.record({ afterMs: fc.integer({ min: 0, max: 50 }), value: fc.integer({ min: 0, max: 9 }) }),
  { maxLength: 30 },
)

test('the average is the level read off at every millisecond', () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 50 }), (list, restMs) => {
      const level = new TimeWeighted(3)
      const readings: number[] = []
      let now = 0
      for (const { afterMs, value } of [...list, { afterMs: restMs, value: 0 }]) {
        for (let ms = 0; ms < afterMs; ms += 1) readings.push(level.value)
        now += afterMs
        level.set(value, now)
      }
      const sum = readings.reduce((total, reading) => total + reading, 0)
      expect(level.integral(now)).toBe(sum)
      expect(level.mean(now)).toBeCloseTo(sum / readings.length, 12)
      expect(level.max).toBe(Math.max(3, ...list.map(({ value }) => value)))
    }),
  )
})

test('add is set relative to the present level', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const bySet = new TimeWeighted()
      const byAdd = new TimeWeighted()
      let now = 0
      for (const { afterMs, value } of list) {
        now += afterMs
        byAdd.add(value - byAdd.value, now)
        bySet.set(value, now)
      }
      expect(byAdd).toEqual(bySet)
    }),
  )
})

test('reset starts a new span with the present level', () => {
  const level = new TimeWeighted(0, 1000)
  expect(level.mean(1000)).toBe(0)
  level.set(8, 1500)
  level.set(2, 1600)
  level.reset(2000)
  expect(level.max).toBe(2)
  expect(level.mean(2000)).toBe(2)
  level.set(4, 2100)
  expect(level.mean(2200)).toBe(3)
})
