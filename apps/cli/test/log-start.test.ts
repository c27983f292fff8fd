import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLogStart, startMicros } from '../src/logs/log-start.js'

function micros(time: string): number {
  return Date.parse(time) * 1000
}

/** Where a log that begins at `first` is entered by `--from from`. */
function entry(first: string, from: string): string {
  const start = parseLogStart(from)
  if (start === null) throw new Error(`not read: ${from}`)
  return new Date(startMicros(start, micros(first)) / 1000).toISOString()
}

describe('where a log is entered', () => {
  test.each([
    ['2026-03-02T09:00:00Z', '09:43', '2026-03-02T09:43:00.000Z'],
    ['2026-03-02T09:00:00Z', '9:43:06', '2026-03-02T09:43:06.000Z'],
    ['2026-03-02T09:00:00Z', '08:59', '2026-03-03T08:59:00.000Z'],
    ['2026-03-02T23:59:00Z', '00:10', '2026-03-03T00:10:00.000Z'],
    // The first line is a part of the minute that was named.
    ['2026-03-02T09:00:59.9Z', '09:00', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02T09:00:59.9Z', '09:00:59', '2026-03-02T09:00:59.000Z'],
    ['2026-03-02T09:00:59.9Z', '09:00:58', '2026-03-03T09:00:58.000Z'],
    ['2026-03-02T09:00:00Z', '2026-03-01T07:00', '2026-03-01T07:00:00.000Z'],
    ['2026-03-02T09:00:00Z', '2026-03-02 10:00:00.5+01:00', '2026-03-02T09:00:00.500Z'],
  ])('a log from %s, entered by %s: at %s', (first, from, expected) => {
    expect(entry(first, from)).toBe(expected)
  })

  test.each([
    '',
    '9',
    '24:00',
    '09:60',
    '09:00:60',
    'noon',
    '2026-03-02',
    '2026-13-02T09:00',
    '-1:00',
  ])('%j is no time', (text) => {
    expect(parseLogStart(text)).toBeNull()
  })

  test('a time of day comes within a day from the first line on', () => {
    const seconds = fc.integer({ min: 0, max: 86_399 })
    const firsts = fc.integer({ min: -1e15, max: 1e16 })
    fc.assert(
      fc.property(seconds, firsts, (second, first) => {
        const clock = new Date(second * 1000).toISOString().slice(11, 19)
        const start = parseLogStart(clock)
        if (start === null) throw new Error(clock)
        const at = startMicros(start, first)
        expect(new Date(at / 1000).toISOString().slice(-13)).toBe(`${clock}.000Z`)
        expect(at).toBeGreaterThan(first - 1e6)
        expect(at).toBeLessThan(first + 86_400e6)
      }),
    )
  })
})
