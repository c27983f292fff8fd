import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RandomStream, type RatePoint, RateProfile } from '../../src/index.js'
import { chiSquaredExcess, countCells } from '../goodness-of-fit.js'

const points: fc.Arbitrary<RatePoint[]> = fc
  .array(
    fc.record({
      afterMs: fc.oneof(
        fc.constant(0),
        fc.nat(5_000_000).map((us) => us / 1000),
      ),
      perSecond: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 200, noNaN: true })),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((steps) => {
    let atMs = 0
    return steps.map(({ afterMs, perSecond }) => {
      atMs += afterMs
      return { atMs, perSecond }
    })
  })

/** Arrival times from 0 until `endMs`. */
function* arrivals(profile: RateProfile, stream: RandomStream, endMs: number): Generator<number> {
  for (let now = profile.next(0, stream); now < endMs; now = profile.next(now, stream)) yield now
}

/** A morning ramp, a step up to a spike, a night without anybody, and a last slope. */
const DAY: readonly RatePoint[] = [
  { atMs: 0, perSecond: 5 },
  { atMs: 20_000, perSecond: 40 },
  { atMs: 30_000, perSecond: 40 },
  { atMs: 30_000, perSecond: 160 },
  { atMs: 35_000, perSecond: 160 },
  { atMs: 35_000, perSecond: 0 },
  { atMs: 60_000, perSecond: 0 },
  { atMs: 100_000, perSecond: 30 },
]
const DAY_MS = 100_000

describe('the rate', () => {
  test('is linear between points, constant outside, and steps where two points meet', () => {
    const profile = new RateProfile(DAY)
    const corners = [
      [-1, 5],
      [0, 5],
      [10_000, 22.5],
      [29_999, 40],
      [30_000, 160],
      [34_999, 160],
      [35_000, 0],
      [60_000, 0],
      [80_000, 15],
      [500_000, 30],
    ] as const
    for (const [atMs, rate] of corners) expect(profile.rateAt(atMs)).toBeCloseTo(rate, 12)
    const step = new RateProfile([
      { atMs: 0, perSecond: 1 },
      { atMs: 0, perSecond: 2 },
    ])
    expect([step.rateAt(-1), step.rateAt(0), step.rateAt(1)]).toEqual([1, 2, 2])
  })

  test('integrates to the expected number of arrivals', () => {
    fc.assert(
      fc.property(points, (list) => {
        const profile = new RateProfile(list)
        const end = (list.at(-1)?.atMs ?? 0) + 1000
        let sum = 0
        for (let index = 1; index < list.length; index += 1) {
          const [a, b] = [list[index - 1] as RatePoint, list[index] as RatePoint]
          sum += ((a.perSecond + b.perSecond) / 2000) * (b.atMs - a.atMs)
        }
        sum += (list[0] as RatePoint).perSecond * ((list[0] as RatePoint).atMs / 1000)
        sum += (list.at(-1) as RatePoint).perSecond
        expect(profile.expected(0, end)).toBeCloseTo(sum, 6)
      }),
    )
  })
})

describe('arrivals', () => {
  test('are as far apart as the integral of the rate says, draw by draw', () => {
    fc.assert(
      fc.property(points, fc.string(), (list, seed) => {
        const profile = new RateProfile(list)
        const stream = new RandomStream(seed)
        const draws = new RandomStream(seed)
        let now = 0
        for (let arrival = 0; arrival < 200; arrival += 1) {
          const next = profile.next(now, stream)
          const draw = draws.exponential(1)
          expect(next).toBeGreaterThanOrEqual(now)
          if (next === Infinity) {
            expect(profile.expected(now, Math.max(now, list.at(-1)?.atMs ?? 0))).toBeLessThan(draw)
            break
          }
          expect(profile.expected(now, next)).toBeCloseTo(draw, 6)
          now = next
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('fall into the parts of a day as a Poisson process would put them', () => {
    const days = 40
    const cells = 50
    const counts: number[] = new Array(cells).fill(0)
    const stream = new RandomStream('days')
    for (let day = 0; day < days; day += 1) {
      const times = arrivals(new RateProfile(DAY), stream, DAY_MS)
      for (const [cell, count] of countCells(times, cells, DAY_MS).entries()) {
        counts[cell] = (counts[cell] ?? 0) + count
      }
    }
    const profile = new RateProfile(DAY)
    const expected = counts.map(
      (_, cell) => days * profile.expected((cell * DAY_MS) / cells, ((cell + 1) * DAY_MS) / cells),
    )
    const open = expected.map((mean) => mean > 0)
    expect(counts.filter((_, cell) => !open[cell])).toEqual(new Array(12).fill(0))
    const excess = chiSquaredExcess(
      counts.filter((_, cell) => open[cell]),
      expected.filter((mean) => mean > 0),
    )
    // Too even is as wrong as too uneven.
    expect(Math.abs(excess)).toBeLessThan(4)
  })

  test('are distributed as those of thinning, the textbook method', () => {
    const days = 40
    const inversion: number[] = []
    const thinning: number[] = []
    const stream = new RandomStream('thinning')
    const profile = new RateProfile(DAY)
    for (let day = 0; day < days; day += 1) {
      inversion.push(...arrivals(new RateProfile(DAY), stream, DAY_MS))
      for (let now = 0; now < DAY_MS; now += stream.exponential(1000 / 160)) {
        if (stream.float() * 160 < profile.rateAt(now)) thinning.push(now)
      }
    }
    const cells = 25
    const a = countCells(inversion, cells, DAY_MS)
    const b = countCells(thinning, cells, DAY_MS)
    // The difference of two Poisson counts, over the root of their sum, is nearly standard normal.
    let sum = 0
    let used = 0
    for (const [cell, first] of a.entries()) {
      const second = b[cell] ?? 0
      if (first + second < 50) continue
      sum += (first - second) ** 2 / (first + second)
      used += 1
    }
    expect(used).toBeGreaterThan(15)
    expect(Math.abs(sum - used) / Math.sqrt(2 * used)).toBeLessThan(4)
  })

  test('end when the rate stays 0', () => {
    const profile = new RateProfile([
      { atMs: 0, perSecond: 100 },
      { atMs: 1000, perSecond: 0 },
    ])
    const times = [...arrivals(profile, new RandomStream('end'), Infinity)]
    expect(times.length).toBeGreaterThan(20)
    expect(Math.max(...times)).toBeLessThanOrEqual(1000)
  })
})
