import { RateProfile } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { App } from '../../src/app.js'
import { complaints, read } from './sources.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

function profile(app: App): RateProfile {
  return new RateProfile(app.workload.rate)
}

describe('the rate of requests', () => {
  test('is linear between the corners that celadon.yml names', () => {
    const rate = profile(
      read({
        celadonYml: `
workload:
  rate:
    - { at: "06:00", per_second: 2 }
    - { at: "08:00", per_minute: 600 }
`,
      }),
    )
    expect([0, 6, 7, 8, 20].map((hour) => rate.rateAt(hour * HOUR_MS))).toEqual([2, 2, 6, 10, 10])
  })

  test('of one day repeats in a longer run; a course over several days does not', () => {
    const corners = (last: string): string => `
duration: 3d
workload:
  rate:
    - { at: "06:00", per_second: 2 }
    - { at: "18:00", per_second: 8 }
    - { at: "${last}", per_second: 4 }
`
    const hours = [0, 6, 12, 18, 30, 42, 54]
    const ratesOf = (celadonYml: string): number[] => {
      const rate = profile(read({ celadonYml }))
      return hours.map((hour) => rate.rateAt(hour * HOUR_MS))
    }
    expect(ratesOf(corners('24:00'))).toEqual([2, 2, 5, 8, 2, 8, 2])
    expect(ratesOf(corners('30:00'))).toEqual([2, 2, 5, 8, 4, 4, 4])
  })

  test('is 5 requests a second over a day where nobody says it', () => {
    const app = read({}, { durationMs: 2 * DAY_MS })
    const rate = profile(app)
    expect(rate.expected(0, DAY_MS)).toBeCloseTo(5 * 86_400, 3)
    expect(rate.expected(DAY_MS, 2 * DAY_MS)).toBeCloseTo(5 * 86_400, 3)
  })

  test('spikes multiply and add for as long as they last', () => {
    const rate = profile(
      read({
        celadonYml: `
workload:
  rate:
    - { at: "00:00", per_second: 10 }
    - { at: "10:00", per_second: 20 }
  spikes:
    - { at: "01:00", for: 2h, times: 3 }
    - { at: "02:00", for: 2h, add_per_second: 7 }
`,
      }),
    )
    const at = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 9].map((hour) => rate.rateAt(hour * HOUR_MS))
    const expected = [10.5, 33, 34.5, 43, 44.5, 20, 20.5, 14, 19]
    expect(at).toEqual(expected.map((perSecond) => expect.closeTo(perSecond, 9)))
  })

  test('a spike may begin and end where a trace steps', () => {
    const rate = profile(
      read({
        celadonYml: `
workload:
  trace: t.csv
  spikes:
    - { at: "01:00", for: 1h, times: 2 }
`,
        traces: { 't.csv': 'time,requests\n00:00,3600\n01:00,7200\n02:00,10800\n' },
      }),
    )
    const at = [0.5, 1, 1.5, 2, 2.5].map((hour) => rate.rateAt(hour * HOUR_MS))
    expect(at).toEqual([1, 4, 4, 3, 3])
  })

  test('spikes never change what comes outside of them', () => {
    const corner = fc.record({
      minutes: fc.integer({ min: 1, max: 200 }),
      perSecond: fc.integer({ min: 0, max: 50 }),
    })
    const spike = fc.record({
      start: fc.integer({ min: 0, max: 1000 }),
      minutes: fc.integer({ min: 1, max: 300 }),
      times: fc.integer({ min: 0, max: 5 }),
    })
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: 1, maxLength: 6 }),
        fc.array(spike, { maxLength: 4 }),
        fc.integer({ min: 0, max: 1439 }),
        (corners, spikes, minute) => {
          let at = 0
          const rate = corners.map(({ minutes, perSecond }) => {
            at += minutes
            return { at: clock(at), per_second: perSecond }
          })
          const without = profile(read({ celadonYml: JSON.stringify({ workload: { rate } }) }))
          const entries = spikes.map(({ start, minutes, times }) => ({
            at: clock(start),
            for: `${minutes}m`,
            times,
          }))
          const text = JSON.stringify({ workload: { rate, spikes: entries } })
          const spiked = profile(read({ celadonYml: text }))
          // In the middle of a minute, so that no corner is met.
          const atMs = (minute + 0.5) * 60_000
          const factor = spikes
            .filter(({ start, minutes }) => start <= minute && minute < start + minutes)
            .reduce((product, { times }) => product * times, 1)
          expect(spiked.rateAt(atMs)).toBeCloseTo(without.rateAt(atMs) * factor, 9)
        },
      ),
    )
  })

  test('with a trace as many requests are expected as were counted', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 50 })
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 3600 }), (requests, seconds) => {
        const rows = requests.map((count, index) => `${index * seconds},${count}`)
        const trace = ['time,requests', ...rows].join('\n')
        const app = read({ celadonYml: 'workload: { trace: t.csv }', traces: { 't.csv': trace } })
        const total = requests.reduce((sum, count) => sum + count, 0)
        expect(profile(app).expected(0, 3 * DAY_MS)).toBeCloseTo(total, 6)
      }),
    )
  })

  test('a trace may tell times of the day, with quotes, blanks and Windows line ends', () => {
    const trace = '\uFEFFtime,requests\r\n\r\n"07:00", 3600\r\n08:00,7200\r\n'
    const rate = profile(
      read({ celadonYml: 'workload: { trace: t.csv }', traces: { 't.csv': trace } }),
    )
    const hours = [6.9, 7, 7.5, 8, 8.9, 9].map((hour) => rate.rateAt(hour * HOUR_MS))
    expect(hours).toEqual([0, 1, 1, 2, 2, 0])
  })

  test('a trace with dates sets the first day of the run', () => {
    const trace =
      'time,requests\n2013-02-14T23:00:00-01:00,3600\n2013-02-15 01:00:00,3600\n2013-02-15T02:00Z,0\n'
    const texts = { celadonYml: 'workload: { trace: t.csv }', traces: { 't.csv': trace } }
    const app = read(texts)
    expect(app.epochMs).toBe(Date.UTC(2013, 1, 15))
    expect(profile(app).expected(0, 2 * HOUR_MS)).toBeCloseTo(7200, 9)
  })

  test.each([
    [
      'no header',
      '07:00,5\n08:00,5\n',
      't.csv:1:1: the header is "07:00,5"; accepted: time,requests',
    ],
    [
      'one row',
      'time,requests\n07:00,5\n',
      't.csv: needs the header time,requests and two rows, which tell how long an interval is',
    ],
    [
      'nothing',
      '',
      't.csv: needs the header time,requests and two rows, which tell how long an interval is',
    ],
    [
      'no number',
      'time,requests\n07:00,many\n08:00,5\n',
      't.csv:2:7: requests is "many"; accepted: a number of 0 or more',
    ],
    [
      'a negative number',
      'time,requests\n07:00,5\n08:00,-5\n',
      't.csv:3:7: requests is "-5"; accepted: a number of 0 or more',
    ],
    [
      'no time',
      'time,requests\nseven,5\n08:00,5\n',
      't.csv:2:1: time is "seven"; accepted: 07:30, seconds since the start, or 2026-03-02T07:30:00Z',
    ],
    [
      'times of two kinds',
      'time,requests\n07:00,5\n2026-03-02T08:00Z,5\n',
      't.csv:3:1: time is "2026-03-02T08:00Z", written in another way than the first one',
    ],
    [
      'times that go back',
      'time,requests\n07:00,5\n06:00,5\n',
      't.csv:3:1: time is "06:00", which is not after the row before it',
    ],
    [
      'three columns',
      'time,requests\n07:00,5,200\n08:00,5\n',
      't.csv:2:1: the row has 3 columns; accepted: time,requests',
    ],
    [
      'a quote without end',
      'time,requests\n"07:00,5\n08:00,5\n',
      't.csv:3:1: Quote Not Closed: the parsing is finished with an opening quote at line 3',
    ],
    [
      'a day that the run does not reach',
      'time,requests\n30:00,5\n31:00,5\n',
      'celadon.yml:1:20: workload.trace is a trace of another time than that of the run; see start and duration',
    ],
  ])('a trace with %s is refused', (_, trace, expected) => {
    const texts = { celadonYml: 'workload: { trace: t.csv }', traces: { 't.csv': trace } }
    expect(complaints(texts)).toEqual([expected])
  })

  test('a trace that is not there is told where it is named', () => {
    expect(complaints({ celadonYml: 'workload:\n  trace: day.csv\n' })).toEqual([
      'celadon.yml:2:10: workload.trace is "day.csv", which does not exist',
    ])
  })
})

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
