import { expect, test } from 'vitest'
import { CeladonError, RandomStream, RateProfile, ThinnedPoisson } from '../../src/index.js'
import { chiSquaredExcess, countCells } from '../goodness-of-fit.js'
import { dispersionInterval, indexOfDispersion } from './dispersion.js'

const DAY_MS = 100_000

/** A day whose rate is a wave between 0 and 100 a second. */
function wave(atMs: number): number {
  return 50 * (1 - Math.cos((2 * Math.PI * atMs) / DAY_MS))
}

function arrivals(process: ThinnedPoisson, stream: RandomStream): number[] {
  const times: number[] = []
  for (let now = process.next(0, stream); now < Infinity; now = process.next(now, stream)) {
    times.push(now)
  }
  return times
}

test('arrivals fall into the parts of a day as the integral of the rate says', () => {
  const days = 20
  const cells = 40
  const process = new ThinnedPoisson({ perSecond: wave, perSecondMax: 130, endMs: DAY_MS })
  const stream = new RandomStream('wave')
  const counts: number[] = new Array(cells).fill(0)
  for (let day = 0; day < days; day += 1) {
    for (const [cell, count] of countCells(arrivals(process, stream), cells, DAY_MS).entries()) {
      counts[cell] = (counts[cell] ?? 0) + count
    }
  }
  const integral = (ms: number): number =>
    0.05 * (ms - (DAY_MS / (2 * Math.PI)) * Math.sin((2 * Math.PI * ms) / DAY_MS))
  const expected = counts.map(
    (_, cell) =>
      days * (integral(((cell + 1) * DAY_MS) / cells) - integral((cell * DAY_MS) / cells)),
  )
  // Too even is as wrong as too uneven.
  expect(Math.abs(chiSquaredExcess(counts, expected))).toBeLessThan(4)
})

test('counts in windows of equal expectation vary as Poisson counts do', () => {
  const process = new ThinnedPoisson({ perSecond: () => 20, perSecondMax: 50, endMs: 4_000_000 })
  const counts = countCells(arrivals(process, new RandomStream('flat')), 2000, 4_000_000)
  const [low, high] = dispersionInterval(1, 2000)
  const index = indexOfDispersion(counts)
  expect(index).toBeGreaterThan(low)
  expect(index).toBeLessThan(high)
})

test('a bound that the rate touches keeps every arrival: a profile of one point', () => {
  const process = new ThinnedPoisson({ perSecond: () => 40, perSecondMax: 40 })
  const profile = new RateProfile([{ atMs: 0, perSecond: 40 }])
  const [a, b] = [new RandomStream('same'), new RandomStream('same')]
  let [thinned, inverted] = [0, 0]
  for (let arrival = 0; arrival < 1000; arrival += 1) {
    thinned = process.next(thinned, a)
    a.restore(b.save())
    inverted = profile.next(inverted, b)
    a.restore(b.save())
    expect(thinned).toBeCloseTo(inverted, 6)
  }
})

test('arrivals end at the end', () => {
  const process = new ThinnedPoisson({ perSecond: () => 5, perSecondMax: 5, endMs: 10_000 })
  const times = arrivals(process, new RandomStream('end'))
  expect(times.length).toBeGreaterThan(20)
  expect(Math.max(...times)).toBeLessThanOrEqual(10_000)
  expect(process.next(10_000, new RandomStream('end'))).toBe(Infinity)
})

test.each([
  [(atMs: number) => atMs / 1000, /rates from 0 to 3 a second, but got 3\.\d+ at 3\d+\.\d+ ms/],
  [() => -1, /rates from 0 to 3 a second, but got -1 at/],
  [() => Number.NaN, /rates from 0 to 3 a second, but got NaN at/],
])('a rate out of bounds is told with its time', (perSecond, message) => {
  const process = new ThinnedPoisson({ perSecond, perSecondMax: 3 })
  const stream = new RandomStream('bound')
  expect(() => {
    for (let now = 0; now < 1e6; ) now = process.next(now, stream)
  }).toThrow(message)
})

test.each([0, -1, Number.NaN, Infinity])('the bound must not be %d', (perSecondMax) => {
  expect(() => new ThinnedPoisson({ perSecond: () => 1, perSecondMax })).toThrow(CeladonError)
  expect(
    () => new ThinnedPoisson({ perSecond: () => 1, perSecondMax: 1, endMs: Number.NaN }),
  ).toThrow(/needs a number as endMs/)
})
