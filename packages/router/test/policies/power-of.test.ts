import { covers, exponential, type Interval } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Policy, powerOf, randomChoice, twoChoices } from '../../src/index.js'
import { meanWait, queueingRun } from './queueing.js'
import { TestContext } from './test-context.js'
import { powerOfWait, randomWait, twoChoicesWait } from './theory.js'

const LOAD = 0.8

// Theory is for infinitely many dynos; for n of them the mean is off by the order of 1 / n (Gast,
// 2017), which with 1000 is far below the width of the intervals.
function wait(policy: Policy, instances: number, dynos = 1000): Interval {
  const seed = `${policy.name} ${instances}`
  return meanWait({ seed, policy, dynos, load: LOAD, instances, requests: 800_000 })
}

describe('power of d choices', () => {
  test.each([2, 3, 5])('of %i waits as theory says when instances see the truth', (choices) => {
    const true_ = wait(powerOf({ choices, view: 'true' }), 10)
    expect(true_.relativeHalfWidth).toBeLessThan(0.04)
    expect(covers(true_, powerOfWait(choices, LOAD))).toBe(true)
    expect(covers(true_, powerOfWait(choices + 1, LOAD))).toBe(false)
  })

  test('waits so too when one instance sees all requests', () => {
    expect(covers(wait(powerOf(), 1), powerOfWait(2, LOAD))).toBe(true)
  })

  test('loses its gain the more instances share the traffic', () => {
    const ten = wait(powerOf(), 10, 100)
    const thousand = wait(powerOf(), 1000, 100)
    expect(ten.low).toBeGreaterThan(1.5 * powerOfWait(2, LOAD))
    expect(thousand.low).toBeGreaterThan(ten.high)
    expect(thousand.low).toBeLessThan(randomWait(LOAD))
    expect(thousand.relativeHalfWidth).toBeLessThan(0.1)
  })

  test('of 1 is the random choice, to the bit', () => {
    const run = (policy: Policy, seed: number): Float64Array => {
      const service = exponential({ mean: 10 })
      const options = { dynos: 5, service, gapMs: 3, requests: 300 }
      return queueingRun({ ...options, policy, seed: `${seed}` }).waits
    }
    const property = fc.property(fc.integer(), (seed) => {
      const random = run(randomChoice(), seed)
      expect(run(powerOf({ choices: 1 }), seed)).toEqual(random)
      expect(run(powerOf({ choices: 2 }), seed)).not.toEqual(random)
    })
    fc.assert(property, { numRuns: 20 })
  })

  test('draws from all dynos, with a chance of 1 in n to draw the same one again', () => {
    const context = new TestContext(powerOf({ view: 'true' }), [5, 0, 0, 0])
    const draws = 40_000
    let busiest = 0
    for (let draw = 0; draw < draws; draw += 1) busiest += context.choose() === 'web.1' ? 1 : 0
    // Binomial with the share 1 / 16: 3.3 standard deviations.
    const deviation = Math.sqrt((draws * 15) / 16 / 16)
    expect(Math.abs(busiest - draws / 16)).toBeLessThan(3.3 * deviation)
  })

  test('ties by index prefer dynos that come first', () => {
    const shares = (ties: 'index' | 'random'): number => {
      const context = new TestContext(powerOf({ ties }), [0, 0])
      let first = 0
      for (let draw = 0; draw < 10_000; draw += 1) first += context.choose() === 'web.1' ? 1 : 0
      return first / 10_000
    }
    // Binomial with the shares 1 / 2 and 3 / 4: 3.3 standard deviations.
    expect(Math.abs(shares('random') - 0.5)).toBeLessThan(3.3 * 0.005)
    expect(Math.abs(shares('index') - 0.75)).toBeLessThan(3.3 * 0.0044)
  })

  test.each([0, 1.5, Number.NaN])('needs a whole number of choices, not %d', (choices) => {
    expect(() => powerOf({ choices })).toThrow(
      `The option choices of powerOf must be a whole number of at least 1, but was ${choices}.`,
    )
  })
})

describe('two choices', () => {
  test('wait as theory says when instances see the truth', () => {
    const true_ = wait(twoChoices({ view: 'true' }), 10)
    expect(true_.relativeHalfWidth).toBeLessThan(0.08)
    expect(covers(true_, twoChoicesWait(LOAD))).toBe(true)
    expect(covers(true_, powerOfWait(2, LOAD))).toBe(false)
    expect(covers(wait(twoChoices(), 1), twoChoicesWait(LOAD))).toBe(true)
  })

  test('lose their gain the more instances share the traffic', () => {
    expect(wait(twoChoices(), 10).low).toBeGreaterThan(twoChoicesWait(LOAD))
  })

  test('take the second dyno whatever it has, when the first one has no free slot', () => {
    const shares = (loads: readonly number[]): number => {
      const context = new TestContext(twoChoices({ view: 'true' }), loads)
      let first = 0
      for (let draw = 0; draw < 10_000; draw += 1) first += context.choose() === 'web.1' ? 1 : 0
      return first / 10_000
    }
    // Binomial: 3.3 standard deviations.
    expect(Math.abs(shares([9, 1]) - 0.5)).toBeLessThan(3.3 * 0.005)
    expect(Math.abs(shares([9, 0]) - 0.25)).toBeLessThan(3.3 * 0.0044)
  })
})
