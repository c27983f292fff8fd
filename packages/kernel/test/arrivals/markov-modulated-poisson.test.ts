import { describe, expect, test } from 'vitest'
import {
  BatchMeans,
  CeladonError,
  covers,
  MarkovModulatedPoisson,
  type MarkovModulatedPoissonOptions,
  RandomStream,
} from '../../src/index.js'
import { chiSquaredExcess, countCells } from '../goodness-of-fit.js'
import { dispersionInterval, indexOfDispersion } from './dispersion.js'

const CALM = { perSecond: 10, meanSojournMs: 4000 }
const BUSY = { perSecond: 90, meanSojournMs: 1000 }

function* arrivals(
  options: MarkovModulatedPoissonOptions,
  seed: string,
  endMs: number,
): Generator<number> {
  const process = new MarkovModulatedPoisson(options)
  const stream = new RandomStream(seed)
  for (let now = process.next(0, stream); now < endMs; now = process.next(now, stream)) yield now
}

/**
 * Index of dispersion of the counts in windows of `ms`, for two states in the steady state: Fischer
 * and Meier-Hellstern (1993); a and b are the rates at which the states end.
 */
function dispersion(windowMs: number): number {
  const [a, b] = [1 / CALM.meanSojournMs, 1 / BUSY.meanSojournMs]
  const [low, high] = [CALM.perSecond / 1000, BUSY.perSecond / 1000]
  const decay = (a + b) * windowMs
  const mean = (low * b + high * a) / (a + b)
  const excess = (2 * a * b * (high - low) ** 2) / ((a + b) ** 3 * mean)
  return 1 + excess * (1 + Math.expm1(-decay) / decay)
}

describe('two states', () => {
  const states = [CALM, BUSY]

  test('have the stationary rate', () => {
    expect(new MarkovModulatedPoisson({ states }).meanPerSecond).toBeCloseTo(26, 12)
    const windowMs = 1000
    const counts = countCells(arrivals({ states }, 'rate', 4e7), 40_000, 4e7)
    const means = new BatchMeans()
    for (const count of counts) means.record(count / (windowMs / 1000))
    const interval = means.interval(0.999)
    expect(covers(interval, 26)).toBe(true)
    expect(interval.relativeHalfWidth).toBeLessThan(0.04)
  })

  // Far apart, windows are nearly independent: the correlation decays with exp(-1.25 s).
  test.each([100, 500, 2000])('have the index of dispersion in windows of %d ms', (windowMs) => {
    const windows = 4000
    const counts = new Float64Array(windows)
    const spacingMs = 10_000
    for (const atMs of arrivals({ states }, `dispersion ${windowMs}`, windows * spacingMs)) {
      const window = Math.floor(atMs / spacingMs)
      if (atMs - window * spacingMs < windowMs) counts[window] = (counts[window] as number) + 1
    }
    const mean = counts.reduce((sum, count) => sum + count / windows, 0)
    const squares = counts.map((count) => (count - mean) ** 2)
    const variance = squares.reduce((sum, square) => sum + square / windows, 0)
    const spread = squares.reduce((sum, square) => sum + (square - variance) ** 2 / windows, 0)
    // The squared deviations are independent too, so the central limit theorem bounds their mean.
    const tolerance = (3.2905 * Math.sqrt(spread / windows)) / mean
    expect(Math.abs(variance / mean - dispersion(windowMs))).toBeLessThan(tolerance)
    expect(tolerance / dispersion(windowMs)).toBeLessThan(0.15)
    expect(dispersion(windowMs) - 1).toBeGreaterThan(tolerance)
  })

  test('of one rate are a Poisson process', () => {
    const same = { perSecond: 20, meanSojournMs: 300 }
    const counts = countCells(arrivals({ states: [same, same] }, 'same', 4e6), 2000, 4e6)
    const index = indexOfDispersion(counts)
    const [low, high] = dispersionInterval(1, 2000)
    expect(index).toBeGreaterThan(low)
    expect(index).toBeLessThan(high)
  })

  test('of which one is silent have hyperexponential gaps', () => {
    // An interrupted Poisson process is a renewal process: Kuczura (1973). Its gaps are a mixture of
    // two exponentials with the rates r1, r2 and the weight w of the first.
    const [rate, off, on] = [0.05, 1 / 300, 1 / 700]
    const options = {
      states: [
        { perSecond: rate * 1000, meanSojournMs: 1 / on },
        { perSecond: 0, meanSojournMs: 1 / off },
      ],
    }
    const sum = rate + off + on
    const root = Math.sqrt(sum * sum - 4 * rate * off)
    const [r1, r2] = [(sum + root) / 2, (sum - root) / 2]
    const weight = (rate - r2) / (r1 - r2)
    const longer = (ms: number): number =>
      weight * Math.exp(-r1 * ms) + (1 - weight) * Math.exp(-r2 * ms)
    const bounds = [0, 5, 10, 15, 20, 30, 40, 60, 100, 200, 400, 800, 1600, Infinity]
    const counts: number[] = new Array(bounds.length - 1).fill(0)
    let previous = 0
    let total = 0
    for (const atMs of arrivals(options, 'interrupted', 4e6)) {
      const cell = bounds.findIndex((bound) => bound > atMs - previous) - 1
      counts[cell] = (counts[cell] ?? 0) + 1
      total += 1
      previous = atMs
    }
    const expected = counts.map(
      (_, cell) => total * (longer(bounds[cell] ?? 0) - longer(bounds[cell + 1] ?? 0)),
    )
    expect(Math.abs(chiSquaredExcess(counts, expected))).toBeLessThan(4)
  })
})

test('three states are visited as their jumps say', () => {
  const states = [
    { perSecond: 0, meanSojournMs: 500 },
    { perSecond: 40, meanSojournMs: 250 },
    { perSecond: 200, meanSojournMs: 100 },
  ]
  const jumps = [
    [0, 1, 0],
    [0.5, 0, 0.5],
    [0.25, 0.75, 0],
  ]
  // Visits v = v J: v = (5, 8, 4) / 17; the share of the time goes with visits times sojourn.
  const times = [5 * 500, 8 * 250, 4 * 100]
  const mean = (times[1] as number) * 40 + (times[2] as number) * 200
  const theory = mean / times.reduce((sum, time) => sum + time, 0)
  expect(new MarkovModulatedPoisson({ states, jumps }).meanPerSecond).toBeCloseTo(theory, 10)
  const means = new BatchMeans()
  for (const count of countCells(arrivals({ states, jumps }, 'three', 2e7), 20_000, 2e7)) {
    means.record(count)
  }
  expect(covers(means.interval(0.999), theory)).toBe(true)
  expect(means.interval(0.999).relativeHalfWidth).toBeLessThan(0.05)
})

test('a state goes on where no arrival was asked for', () => {
  // Asked once a minute, the process is in a fresh steady state: the first arrival after that time
  // comes as it would at the start.
  const states = [CALM, BUSY]
  const early = new BatchMeans()
  const late = new BatchMeans()
  const stream = new RandomStream('gaps')
  const process = new MarkovModulatedPoisson({ states })
  for (let round = 1; round <= 20_000; round += 1) {
    late.record(process.next(round * 60_000, stream) - round * 60_000)
    early.record(new MarkovModulatedPoisson({ states }).next(0, stream))
  }
  const [a, b] = [early.interval(0.999), late.interval(0.999)]
  expect(Math.abs(a.estimate - b.estimate)).toBeLessThan(Math.hypot(a.halfWidth, b.halfWidth))
  expect(a.relativeHalfWidth).toBeLessThan(0.06)
})

test.each([
  [{ states: [CALM] }, /needs two states or more, but got 1/],
  [{ states: [CALM, { ...BUSY, perSecond: -1 }] }, /has the rate -1 in state 1/],
  [{ states: [CALM, { ...BUSY, meanSojournMs: 0 }] }, /mean sojourn of 0 ms in state 1/],
  [
    {
      states: [
        { ...CALM, perSecond: 0 },
        { ...CALM, perSecond: 0 },
      ],
    },
    /has no rate above 0/,
  ],
  [{ states: [CALM, BUSY, CALM] }, /a row of jumps for each of 3 states, but got 2 rows/],
  [
    {
      states: [CALM, BUSY],
      jumps: [
        [0, 1],
        [0.5, 0.5],
      ],
    },
    /jumps of state 1, .* but got 0.5, 0.5/,
  ],
  [
    {
      states: [CALM, BUSY],
      jumps: [
        [0, 0.9],
        [1, 0],
      ],
    },
    /jumps of state 0, .* but got 0, 0.9/,
  ],
  [
    {
      states: [CALM, BUSY, CALM],
      jumps: [
        [0, 1, 0],
        [1, 0, 0],
        [1, 0, 0],
      ],
    },
    /cannot go from every state to state 2/,
  ],
] as const)('%j is refused', (options, message) => {
  expect(() => new MarkovModulatedPoisson(options)).toThrow(message)
  expect(() => new MarkovModulatedPoisson(options)).toThrow(CeladonError)
})
