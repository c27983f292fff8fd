import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarTime, daysSince1970, isoSecond } from '../src/index.js'

const YEAR_0 = Date.UTC(2000, 0, 1) - 730_485 * 86_400_000
const YEAR_9999_END = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

function expectSameAsDate(epochMs: number): void {
  const date = new Date(epochMs)
  expect(isoSecond(epochMs)).toBe(date.toISOString().slice(0, 19))
  expect(calendarTime(epochMs)).toEqual({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  })
}

test('agrees with Date at random instants of the years 0 to 9999', () => {
  fc.assert(fc.property(fc.integer({ min: YEAR_0, max: YEAR_9999_END }), expectSameAsDate), {
    numRuns: 2000,
  })
})

test('daysSince1970 is the inverse of calendarTime', () => {
  fc.assert(
    fc.property(fc.integer({ min: YEAR_0, max: YEAR_9999_END }), (epochMs) => {
      const { year, month, day } = calendarTime(epochMs)
      expect(daysSince1970(year, month, day)).toBe(Math.floor(epochMs / 86_400_000))
    }),
  )
  expect(daysSince1970(2026, 2, 30)).toBe(daysSince1970(2026, 3, 2))
})

test('agrees with Date on every day of four centuries', () => {
  const days = Array.from({ length: 146_097 }, (_, day) => (day - 50_000) * 86_400_000)
  expect(days.filter((day) => !new Date(day).toISOString().startsWith(isoSecond(day)))).toEqual([])
})

test('cuts fractions of a second, as virtual time has them', () => {
  expect(isoSecond(Date.UTC(2024, 1, 29, 23, 59, 59) + 999.999)).toBe('2024-02-29T23:59:59')
  expect(isoSecond(-0.25)).toBe('1969-12-31T23:59:59')
})
