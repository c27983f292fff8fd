// The formulas against values that were published or worked out by hand.
import { describe, expect, test } from 'vitest'
import {
  barrer,
  birthDeath,
  cobham,
  constantDemandNumbers,
  delayRoot,
  erlangB,
  erlangC,
  meanExcess,
  meanFieldSojourn,
  meanFieldTail,
  meanNumber,
  poissonUpTo,
  pollaczekKhinchine,
  takacs,
} from './formulas.js'
import { solveTwoLines } from './two-lines.js'

test('Erlang B: one of two servers by hand, ten servers from the tables', () => {
  expect(erlangB(2, 1)).toBeCloseTo(1 / 5, 14)
  expect(erlangB(3, 1)).toBeCloseTo(1 / 16, 14)
  expect(erlangB(10, 5)).toBeCloseTo(0.018385, 6)
})

test('Erlang C: one server waits as often as it is busy, two and three by hand', () => {
  expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 14)
  expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 14)
  expect(erlangC(3, 2)).toBeCloseTo(4 / 9, 14)
})

test('birth and death: ends in Erlang B without a line, and is uniform at load 1', () => {
  expect(birthDeath(4, 4, 3)[4]).toBeCloseTo(erlangB(4, 3), 14)
  expect(birthDeath(1, 3, 1)).toEqual([0.25, 0.25, 0.25, 0.25])
  expect(meanNumber(birthDeath(1, 3, 1))).toBe(1.5)
})

test('Pollaczek and Khinchine: constant demands wait half as long as exponential ones', () => {
  expect(pollaczekKhinchine(0.5, { mean: 1, second: 2 })).toBe(1)
  expect(pollaczekKhinchine(0.5, { mean: 1, second: 1 })).toBe(0.5)
})

test('Takács: the wait in M/M/1 is 0 or exponential', () => {
  // Load 1/2: the wait is exponential with mean 2 in half of all cases.
  expect(takacs(0.5, { mean: 1, second: 2 }, 6)).toBeCloseTo(0.5 * 2 * 2 ** 2, 14)
})

test('M/D/1: the numbers at load 1/2, and their transform at the point 1/2', () => {
  const [none, one, two] = constantDemandNumbers(0.5)
  expect([none, one, two].map((value) => value.toFixed(6))).toEqual([
    '0.500000',
    '0.324361',
    '0.122600',
  ])
  // P(z) = (1 - ρ)(1 - z) / (1 - z exp(ρ(1 - z))); the first three terms at a small z.
  const z = 1e-3
  const transform = (0.5 * (1 - z)) / (1 - z * Math.exp(0.5 * (1 - z)))
  expect(none + one * z + two * z * z).toBeCloseTo(transform, 9)
})

test('GI/M/1: the load itself for Poisson arrivals, published roots for others', () => {
  expect(delayRoot((s) => 0.7 / (0.7 + s), 1)).toBeCloseTo(0.7, 12)
  expect(delayRoot((s) => Math.exp(-2 * s), 1)).toBeCloseTo(0.203188, 6)
  // Gaps of two exponential phases at load 1/2: σ (2 - σ)² = 1, so σ = (3 - √5) / 2.
  expect(delayRoot((s) => 1 / (1 + s) ** 2, 1)).toBeCloseTo((3 - Math.sqrt(5)) / 2, 12)
})

test('Cobham: two classes by hand, and no class is served for nothing', () => {
  const half = { arrivalRate: 0.25, demand: { mean: 1, second: 2 } }
  const [first, second] = cobham([half, half]) as [number, number]
  expect(first).toBeCloseTo(2 / 3, 14)
  expect(second).toBeCloseTo(4 / 3, 14)
  // Kleinrock's conservation law: weighted by load, the waits are those without priorities.
  expect(0.25 * first + 0.25 * second).toBeCloseTo(0.5 * 1, 14)
})

test('Poisson: published in every table', () => {
  expect(poissonUpTo(5, 5)).toBeCloseTo(0.61596, 5)
  expect(poissonUpTo(50, 1000)).toBeCloseTo(1, 12)
})

test("mean field: geometric for one choice, Mitzenmacher's table for two", () => {
  expect(meanFieldTail(0.9, 2, 3)).toBeCloseTo(0.9 ** 7, 14)
  expect(meanFieldSojourn(0.5, 2)).toBeCloseTo(1.2657, 4)
  expect(meanFieldSojourn(0.9, 2)).toBeCloseTo(2.6141, 4)
  expect(meanFieldSojourn(0.99, 2)).toBeCloseTo(5.432, 4)
})

test('Barrer: without patience the loss of Erlang, at load 1 by hand, much patience loses nobody', () => {
  expect(barrer(0.5, 1, 0)).toBeCloseTo(erlangB(1, 0.5), 14)
  // The density of the virtual wait is flat up to the patience, then exponential with mean 1.
  expect(barrer(1, 1, 3)).toBeCloseTo(1 / 5, 14)
  expect(barrer(0.5, 1, 100)).toBeLessThan(1e-20)
  // In overload the server is always busy, so what it cannot serve is lost.
  expect(barrer(2, 1, 30)).toBeCloseTo(1 / 2, 12)
})

test('excess: half of a constant gap, all of an exponential one', () => {
  expect(meanExcess({ mean: 10, second: 100 })).toBe(5)
  expect(meanExcess({ mean: 10, second: 200 })).toBe(10)
})

describe('the chain of two lines', () => {
  test('is two independent M/M/1 with random routing', () => {
    const lines = solveTwoLines(0.6, () => 0.5)
    expect(lines.meanNumber).toBeCloseTo((2 * 0.6) / 0.4, 9)
    expect(lines.probability(2, 3)).toBeCloseTo(0.4 ** 2 * 0.6 ** 5, 10)
  })

  test('decays by the squared load along the diagonal when the shorter is joined (Kingman 1961)', () => {
    const lines = solveTwoLines(0.6, joinShorter)
    expect(lines.probability(9, 9) / lines.probability(8, 8)).toBeCloseTo(0.6 ** 2, 6)
  })
})

function joinShorter(first: number, second: number): number {
  return (1 + Math.sign(second - first)) / 2
}
