import { covers, exponential, type Interval } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastConnections, leastOutstanding, type Policy, randomChoice } from '../../src/index.js'
import { meanWait, queueingRun } from './queueing.js'
import { TestContext } from './test-context.js'
import { erlangCWait, randomWait, shorterOfTwoWait } from './theory.js'

const LOAD = 0.8

function wait(policy: Policy, dynos: number, instances: number): Interval {
  const seed = `least ${dynos} ${instances}`
  return meanWait({ seed, policy, dynos, load: LOAD, instances, requests: 400_000 })
}

function expectIncreasing(waits: readonly Interval[]): void {
  for (const [index, { low }] of waits.entries()) {
    if (index > 0) expect(low).toBeGreaterThan((waits[index - 1] as Interval).high)
  }
}

test('they take a dyno with the least load, as they know it', () => {
  const loads = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 10 })
  const property = fc.property(loads, (values) => {
    const least = Math.min(...values)
    const lightest = values.flatMap((load, index) => (load === least ? [`web.${index + 1}`] : []))
    const idle = new Array(values.length).fill(0)
    const own = new TestContext(leastConnections(), idle)
    expect(lightest).toContain(own.choose({ active: values }))
    const informed = new TestContext(leastOutstanding(), values)
    expect(lightest).toContain(informed.choose())
    const first = new TestContext(leastConnections({ ties: 'index' }), idle)
    expect(first.choose({ active: values })).toBe(lightest[0])
    const firstInformed = new TestContext(leastOutstanding({ ties: 'index' }), values)
    expect(firstInformed.choose()).toBe(lightest[0])
  })
  fc.assert(property)
})

test('among equals each is taken', () => {
  const context = new TestContext(leastConnections(), [0, 0, 0, 0])
  const taken = new Set(Array.from({ length: 100 }, () => context.choose({ active: [1, 0, 1, 0] })))
  expect([...taken].sort()).toEqual(['web.2', 'web.4'])
})

describe('least connections', () => {
  test('of two dynos is joining the shorter line', () => {
    const theory = shorterOfTwoWait(LOAD)
    const one = wait(leastConnections(), 2, 1)
    expect(one.relativeHalfWidth).toBeLessThan(0.1)
    expect(covers(one, theory)).toBe(true)
    expect(theory).toBeGreaterThan(erlangCWait(2, LOAD))
  })

  test('loses its gain step by step the more instances share the traffic', () => {
    const waits = [1, 4, 16, 64, 256].map((count) => wait(leastConnections(), 10, count))
    expect((waits[0] as Interval).low).toBeGreaterThan(erlangCWait(10, LOAD))
    expectIncreasing(waits)
  })

  test('is chance among very many instances', () => {
    const policy = leastConnections()
    const options = { policy, dynos: 10, load: 0.6, instances: 8192, requests: 400_000 }
    const blind = meanWait({ ...options, seed: 'blind' })
    expect(blind.relativeHalfWidth).toBeLessThan(0.1)
    expect(covers(blind, randomWait(0.6))).toBe(true)
  })

  // Routers that know nothing and prefer the first dyno send everything there: a single queue M/M/1.
  test('with ties by index, very many instances use one dyno of ten', () => {
    const load = 0.05
    const options = { dynos: 10, load, instances: 8192, requests: 200_000 }
    const random = meanWait({ ...options, seed: 'random ties', policy: leastConnections() })
    const policy = leastConnections({ ties: 'index' })
    const index = meanWait({ ...options, seed: 'index ties', policy })
    expect(covers(random, randomWait(load))).toBe(true)
    expect(covers(index, randomWait(10 * load))).toBe(true)
  })
})

describe('least outstanding', () => {
  test('does not care how many instances there are', () => {
    const many = wait(leastOutstanding(), 2, 64)
    expect(many.relativeHalfWidth).toBeLessThan(0.1)
    expect(covers(many, shorterOfTwoWait(LOAD))).toBe(true)
  })

  test('is least connections when a single instance sees everything, to the bit', () => {
    const run = (policy: Policy, seed: number): Float64Array => {
      const service = exponential({ mean: 10 })
      const settings = { instances: 1 }
      const options = { dynos: 5, service, settings, gapMs: 2.5, requests: 500 }
      return queueingRun({ ...options, policy, seed: `${seed}` }).waits
    }
    const property = fc.property(fc.integer(), (seed) => {
      const own = run(leastConnections(), seed)
      expect(run(leastOutstanding(), seed)).toEqual(own)
      expect(run(randomChoice(), seed)).not.toEqual(own)
    })
    fc.assert(property, { numRuns: 30 })
  })

  // All instances run to the dyno that was the emptiest. In units of the service time, the views are
  // up to 0, 0.2, 0.8, 3.2 and 12.8 old.
  test('with an old view is a herd, and at last worse than chance', () => {
    const ages = [0, 2, 8, 32, 128]
    const waits = ages.map((staleMs) => wait(leastOutstanding({ staleMs }), 10, 4))
    expectIncreasing(waits)
    expect((waits[3] as Interval).high).toBeLessThan(randomWait(LOAD))
    expect((waits[4] as Interval).low).toBeGreaterThan(randomWait(LOAD))
  })

  test('asks anew when its view is as old as it may be, each instance by itself', () => {
    const context = new TestContext(leastOutstanding({ staleMs: 100 }), [1, 0], 2)
    const [first, second] = context.dynos
    const choose = (instance: number): string => context.choose({ instance })
    expect(choose(0)).toBe('web.2')
    if (first !== undefined) first.load = 0
    if (second !== undefined) second.load = 1
    context.simulation.run(50)
    expect([choose(0), choose(1)]).toEqual(['web.2', 'web.1'])
    context.simulation.run(100)
    expect([choose(0), choose(1)]).toEqual(['web.1', 'web.1'])
  })

  test('a dyno that has gone is forgotten with the next view', () => {
    const context = new TestContext(leastOutstanding({ staleMs: 100 }), [1, 2, 5])
    const { dynos, pool, simulation } = context
    expect(context.choose()).toBe('web.1')
    pool.change('up', dynos.slice(0, 2))
    expect(context.choose({ dynos })).toBe('web.1')
    simulation.run(100)
    expect(context.choose({ dynos })).toBe('web.3')
  })

  test('a dyno that came since counts with what the instance has there', () => {
    const context = new TestContext(leastOutstanding({ staleMs: 100 }), [1, 2, 5])
    const [one, two, three] = context.dynos as [never, never, never]
    context.pool.change('up', [one, two])
    expect(context.choose({ dynos: [one, two] })).toBe('web.1')
    expect(context.choose({ dynos: [one, two, three], active: [0, 0, 0] })).toBe('web.3')
    expect(context.choose({ dynos: [one, two, three], active: [0, 0, 3] })).toBe('web.1')
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('a view cannot be %d ms old', (staleMs) => {
    expect(() => leastOutstanding({ staleMs })).toThrow(
      `The option staleMs of leastOutstanding must be a finite number of milliseconds, 0 or more, but was ${staleMs}.`,
    )
  })
})
