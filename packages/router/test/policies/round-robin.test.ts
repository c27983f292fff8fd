import { covers } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundRobin } from '../../src/index.js'
import { meanWait } from './queueing.js'
import { TestContext } from './test-context.js'
import { randomWait, roundRobinWait } from './theory.js'

describe('one instance', () => {
  test.each([
    { dynos: 2, load: 0.8 },
    { dynos: 5, load: 0.8 },
    { dynos: 20, load: 0.9 },
  ])('makes $dynos dynos at a load of $load queues E_n/M/1', ({ dynos, load }) => {
    const seed = `round robin ${dynos}`
    const wait = meanWait({ seed, policy: roundRobin(), dynos, load, requests: 800_000 })
    expect(wait.relativeHalfWidth).toBeLessThan(0.1)
    expect(covers(wait, roundRobinWait(dynos, load))).toBe(true)
    expect(covers(wait, randomWait(load))).toBe(false)
  })
})

test('among very many instances the turns are lost: dynos are queues M/M/1', () => {
  const wait = meanWait({
    seed: 'many',
    policy: roundRobin(),
    dynos: 10,
    load: 0.6,
    instances: 4096,
    requests: 800_000,
  })
  expect(wait.relativeHalfWidth).toBeLessThan(0.05)
  expect(covers(wait, randomWait(0.6))).toBe(true)
})

test('each instance goes round by itself, every dyno once per round', () => {
  const property = fc.property(fc.array(fc.nat({ max: 2 }), { maxLength: 100 }), (asks) => {
    const context = new TestContext(roundRobin(), [0, 0, 0, 0], 3)
    const chosen: string[][] = [[], [], []]
    for (const instance of asks) chosen[instance]?.push(context.choose({ instance }))
    for (const names of chosen) {
      const start = context.dynos.findIndex(({ name }) => name === names[0])
      const expected = names.map((_, turn) => `web.${((start + turn) % 4) + 1}`)
      expect(names).toEqual(expected)
    }
  })
  fc.assert(property)
})

test('instances begin at dynos of their own', () => {
  const context = new TestContext(roundRobin(), new Array(10).fill(0), 50)
  const starts = new Set(Array.from({ length: 50 }, (_, instance) => context.choose({ instance })))
  expect(starts.size).toBeGreaterThan(1)
})

test('a dyno that comes, goes or is left out disturbs nobody else’s turn', () => {
  const context = new TestContext(roundRobin(), [0, 0, 0, 0, 0])
  const { dynos } = context
  const after = (name: string): void => {
    while (context.choose() !== name);
  }
  const without = (...names: string[]) => dynos.filter((dyno) => !names.includes(dyno.name))
  after('web.3')
  expect(context.choose({ dynos: without('web.1') })).toBe('web.4')
  after('web.3')
  expect(context.choose({ dynos: without('web.4') })).toBe('web.5')
  after('web.3')
  expect(context.choose({ dynos: without('web.3') })).toBe('web.4')
  after('web.4')
  expect(context.choose({ dynos: without('web.4', 'web.5') })).toBe('web.1')
  after('web.5')
  expect(context.choose({ dynos: without('web.2') })).toBe('web.1')
})
