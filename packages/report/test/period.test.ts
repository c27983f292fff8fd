import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatSummary, renderReport } from '../src/index.js'
import { formatLength, formatMoment, startEpochMs } from '../src/period.js'
import { exampleDay } from './example-day.js'

const { app } = exampleDay()

test('reads the calendar start of a run', () => {
  const date = fc.date({
    min: new Date('1970-01-01'),
    max: new Date('2400-01-01'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(date, (moment) => {
      const startedAt = `${moment.toISOString().slice(0, 19)}Z`
      expect(startEpochMs({ ...app, startedAt })).toBe(Date.parse(startedAt))
    }),
  )
})

test.each([
  '',
  '2026-03-02',
  '2026-02-30T00:00:00Z',
  '2026-03-02T24:00:00Z',
  '2026-03-02T00:00:00',
])('refuses %j as a start', (startedAt) => {
  const result = { ...exampleDay(), app: { ...app, startedAt } }
  const invalid = expect.objectContaining({ code: 'REPORT_START_INVALID' })
  expect(() => formatSummary(result)).toThrowError(invalid)
  expect(() => renderReport(result)).toThrowError(invalid)
})

test('tells moments of a day by the clock, of a longer run with the date', () => {
  expect(formatMoment(app, 34_986_500)).toBe('09:43:06')
  const week = { ...app, plannedDurationMs: 7 * 86_400_000 }
  expect(formatMoment(week, 86_400_000)).toBe('2026-03-03 00:00:00')
})

test('tells when a run was stopped early', () => {
  expect(formatLength(app)).toBe('24 h')
  expect(formatLength({ ...app, durationMs: 47_880_000 })).toBe('stopped after 13.3 h of 24 h')
  expect(formatLength({ ...app, durationMs: 1_800_000, plannedDurationMs: 5_400_000 })).toBe(
    'stopped after 30 min of 1.5 h',
  )
})
