import { exponential, type Interval } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, type Policy, randomChoice } from '../src/index.js'
import { meanWait } from './mean-wait.js'
import { testApp } from './test-app.js'

/** The dyno with the least under way, the first one among equals. */
const leastActive: Policy = (candidates) => {
  let best = 0
  for (const [index, { active }] of candidates.entries()) {
    if (active < (candidates[best]?.active ?? 0)) best = index
  }
  return best
}

/** Looks at two dynos at random and takes the one with less under way. */
const twoChoices: Policy = (candidates, random) => {
  const one = random.below(candidates.length)
  const other = random.below(candidates.length)
  return (candidates[one]?.active ?? 0) <= (candidates[other]?.active ?? 0) ? one : other
}

test('a policy sees the dynos in the order of the pool, and decides', () => {
  const asked: (readonly Candidate[])[] = []
  const { dynos, send } = testApp(['keep', 'keep', 'keep'], {
    policy(candidates) {
      asked.push(candidates.map(({ name, active }) => ({ name, active })))
      return 1
    },
  })
  send()
  send()
  const names = dynos.map(({ name }) => name)
  expect(asked.map((candidates) => candidates.map(({ name }) => name))).toEqual([names, names])
  expect(asked.map((candidates) => candidates.map(({ active }) => active))).toEqual([
    [0, 0, 0],
    [0, 1, 0],
  ])
  expect(dynos.map(({ attempts }) => attempts)).toEqual([0, 2, 0])
})

test('it is asked only about dynos that may get a request', () => {
  const asked: string[] = []
  const { pool, dynos, send } = testApp(['keep', 'refuse', 'keep', 'keep'], {
    settings: { activePerDyno: 1 },
    policy(candidates) {
      asked.push(candidates.map(({ name }) => name).join(' '))
      return 0
    },
  })
  send()
  send()
  send()
  pool.change('up', dynos.slice(1))
  dynos[2]?.answer()
  send()
  expect(asked).toEqual(['web.1 web.2 web.3 web.4', 'web.2 web.3 web.4', 'web.3 web.4'])
  expect(dynos.map(({ attempts }) => attempts)).toEqual([1, 1, 2, 1])
})

test('least active spreads requests evenly', () => {
  const { dynos, send } = testApp(['keep', 'keep', 'keep'], { policy: leastActive })
  for (let count = 0; count < 9; count += 1) send()
  expect(dynos.map(({ kept }) => kept.length)).toEqual([3, 3, 3])
  for (let count = 0; count < 3; count += 1) dynos[1]?.answer()
  for (let count = 0; count < 3; count += 1) send()
  expect(dynos.map(({ kept }) => kept.length)).toEqual([3, 3, 3])
})

test('the random choice gives every dyno the same share', () => {
  const { dynos, send } = testApp(new Array(8).fill('answer'))
  for (let count = 0; count < 80_000; count += 1) send()
  const excess = dynos.reduce((sum, { attempts }) => sum + (attempts - 10_000) ** 2 / 10_000, 0)
  // Chi-squared with 7 degrees of freedom: above 24.3 once in 1000 seeds.
  expect(excess).toBeLessThan(24.3)
})

test('the random choice is an index for every number of candidates', () => {
  const { simulation } = testApp([])
  const random = simulation.stream('test')
  const property = fc.property(fc.integer({ min: 1, max: 5000 }), (length) => {
    const candidates = Array.from({ length }, (_, index) => ({ name: `web.${index}`, active: 0 }))
    const index = randomChoice(candidates, random)
    return Number.isInteger(index) && index >= 0 && index < length
  })
  fc.assert(property)
})

// For many dynos and exponential service of mean 1, a request's mean time in the system is the sum of
// load^(2^i - 2) over i = 1, 2, ... (Mitzenmacher 1996; Vvedenskaya, Dobrushin and Karpelevich 1996).
describe('power of two choices', () => {
  const load = 0.8
  const serviceMs = 10
  const dynos = 300
  const randomMs = (serviceMs * load) / (1 - load)
  let theory = -serviceMs
  for (let power = 2; power < 1e6; power *= 2) theory += serviceMs * load ** (power - 2)

  function twoChoicesWait(instances: number): Interval {
    return meanWait({
      seed: `two choices ${instances}`,
      dynos,
      load,
      service: exponential({ mean: serviceMs }),
      requests: 1_000_000,
      policy: twoChoices,
      settings: { instances },
    })
  }

  test('waits as theory says when one instance sees all requests', () => {
    const wait = twoChoicesWait(1)
    expect(wait.relativeHalfWidth).toBeLessThan(0.03)
    // Theory is for infinitely many dynos; for n of them the mean is off by the order of 1 / n.
    expect(Math.abs(wait.estimate - theory)).toBeLessThan(wait.halfWidth + (2 * theory) / dynos)
  })

  test('loses its gain the more instances share the traffic, for each sees less', () => {
    const ten = twoChoicesWait(10)
    const thousand = twoChoicesWait(1000)
    expect(ten.low).toBeGreaterThan(1.5 * theory)
    expect(ten.high).toBeLessThan(randomMs)
    expect(thousand.estimate).toBeGreaterThan(0.9 * randomMs)
  })
})
