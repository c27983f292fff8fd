import { covers, type Interval } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { joinIdleQueue } from '../../src/index.js'
import { meanWait } from './queueing.js'
import { StubDyno, TestContext } from './test-context.js'
import { erlangCWait, joinIdleQueueWait, powerOfWait, randomWait } from './theory.js'

function wait(dynos: number, instances: number, load: number): Interval {
  const seed = `join idle queue ${instances} ${load}`
  const policy = joinIdleQueue()
  return meanWait({ seed, policy, dynos, load, instances, requests: 800_000 })
}

describe('in a large system', () => {
  test.each([
    { ratio: 10, load: 0.8 },
    { ratio: 10, load: 0.5 },
    { ratio: 3, load: 0.7 },
  ])('of $ratio dynos per instance it waits as theory says at $load', ({ ratio, load }) => {
    const instances = Math.round(1000 / ratio)
    const result = wait(instances * ratio, instances, load)
    expect(result.relativeHalfWidth).toBeLessThan(0.08)
    expect(covers(result, joinIdleQueueWait(ratio, load))).toBe(true)
  })

  test('it beats two choices without asking anybody', () => {
    expect(joinIdleQueueWait(10, 0.8)).toBeLessThan(powerOfWait(2, 0.8))
    expect(wait(1000, 100, 0.8).high).toBeLessThan(powerOfWait(2, 0.8))
  })
})

test('with one instance it is between one line for all and chance', () => {
  const one = wait(10, 1, 0.8)
  expect(one.low).toBeGreaterThan(erlangCWait(10, 0.8))
  expect(one.high).toBeLessThan(randomWait(0.8))
})

test('with many instances per dyno it waits longer, for reports rarely meet a request', () => {
  const many = wait(10, 1000, 0.8)
  expect(many.low).toBeGreaterThan(wait(10, 10, 0.8).high)
})

/** How often each dyno is taken when the policy is asked that often without a request following. */
function taken(context: TestContext, asks: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let ask = 0; ask < asks; ask += 1) {
    const name = context.choose()
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

describe('reports', () => {
  test('idle dynos are taken in the order of their reports, then any', () => {
    const context = new TestContext(joinIdleQueue(), [0, 1, 0, 2])
    expect([context.choose(), context.choose()]).toEqual(['web.1', 'web.3'])
    expect(taken(context, 200).size).toBe(4)
  })

  test('a dyno reports when its last request has left', () => {
    const context = new TestContext(joinIdleQueue(), [1, 2, 2])
    const [first, second] = context.dynos
    second?.leave()
    first?.leave()
    expect(context.choose()).toBe('web.1')
    if (first !== undefined) first.load = 1
    second?.leave()
    expect(context.choose()).toBe('web.2')
  })

  test('a dyno with several slots reports again while one is free', () => {
    const context = new TestContext(joinIdleQueue(), [5, 5])
    const roomy = new StubDyno('web.3', 0, 3)
    const dynos = [...context.dynos, roomy]
    context.pool.change('up', dynos)
    for (const load of [0, 1, 2]) {
      roomy.load = load
      expect(context.choose({ dynos })).toBe('web.3')
    }
    roomy.load = 3
    const names = Array.from({ length: 100 }, () => context.choose({ dynos }))
    expect(new Set(names).size).toBe(3)
  })

  test('a dyno that another instance chose at random meanwhile has withdrawn', () => {
    const seeds = 400
    let others = 0
    for (let seed = 1; seed <= seeds; seed += 1) {
      const context = new TestContext(joinIdleQueue(), [0, 1], 2, seed)
      while (context.choose({ instance: 0 }) !== 'web.1');
      others += context.choose({ instance: 1 }) === 'web.2' ? 1 : 0
    }
    // Nobody has a report now, so it is chance: 3.3 standard deviations of a binomial share of 1 / 2.
    expect(Math.abs(others / seeds - 0.5)).toBeLessThan(3.3 * Math.sqrt(0.25 / seeds))
  })

  test('a report that its instance cannot use goes on to another one', () => {
    const context = new TestContext(joinIdleQueue(), [0, 1, 1])
    const [first, second, third] = context.dynos as [StubDyno, StubDyno, StubDyno]
    expect(context.choose({ dynos: [second, third] })).not.toBe('web.1')
    expect(context.choose({ dynos: [second, third] })).not.toBe('web.1')
    expect(context.choose({ dynos: [first, second, third] })).toBe('web.1')
  })

  test('a dyno that has gone is not listened to, one that comes reports', () => {
    const context = new TestContext(joinIdleQueue(), [0, 3, 3])
    const [gone, second, third] = context.dynos as [StubDyno, StubDyno, StubDyno]
    const fresh = new StubDyno('web.1')
    context.pool.change('up', [fresh, second, third])
    expect([gone, second, fresh].map(({ watchers }) => watchers)).toEqual([0, 1, 1])
    expect(context.choose({ dynos: [fresh, second, third] })).toBe('web.1')
  })

  test('a request that is still being connected takes a slot', () => {
    const context = new TestContext(joinIdleQueue(), [0, 0])
    expect(context.choose({ active: [1, 0] })).toBe('web.2')
  })
})
