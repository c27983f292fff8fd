import { covers } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { zoneAware } from '../../src/index.js'
import { meanWait } from './queueing.js'
import { TestContext } from './test-context.js'
import { randomWait } from './theory.js'

function names(context: TestContext, instance: number, dynos = context.dynos): Set<string> {
  return new Set(Array.from({ length: 400 }, () => context.choose({ instance, dynos })))
}

test('an instance takes the dynos of its zone, each of them', () => {
  const context = new TestContext(zoneAware({ dynosMin: 6 }), new Array(6).fill(0), 4)
  expect(names(context, 0)).toEqual(new Set(['web.3', 'web.6']))
  expect(names(context, 1)).toEqual(new Set(['web.1', 'web.4']))
  expect(names(context, 2)).toEqual(new Set(['web.2', 'web.5']))
  expect(names(context, 3)).toEqual(new Set(['web.3', 'web.6']))
})

test('all dynos are taken when there are few, or none in the zone', () => {
  const context = new TestContext(zoneAware({ dynosMin: 3 }), new Array(5).fill(0), 3)
  expect(names(context, 0).size).toBe(1)
  expect(names(context, 0, context.dynos.slice(0, 2)).size).toBe(2)
  const without = context.dynos.filter(({ name }) => name !== 'web.3')
  expect(names(context, 0, without).size).toBe(4)
})

test('the zone of a dyno can be told, once', () => {
  const asked: string[] = []
  const zoneOf = (name: string): number => {
    asked.push(name)
    return name === 'web.2' ? 1 : 0
  }
  const context = new TestContext(zoneAware({ zones: 2, dynosMin: 1, zoneOf }), [0, 0, 0], 2)
  expect(names(context, 1)).toEqual(new Set(['web.2']))
  expect(names(context, 0)).toEqual(new Set(['web.1', 'web.3']))
  expect(asked).toEqual(['web.1', 'web.2', 'web.3'])
})

test('with as many dynos and instances in each zone it is chance', () => {
  const wait = meanWait({
    seed: 'zones',
    policy: zoneAware(),
    dynos: 12,
    instances: 6,
    load: 0.6,
    requests: 800_000,
  })
  expect(wait.relativeHalfWidth).toBeLessThan(0.05)
  expect(covers(wait, randomWait(0.6))).toBe(true)
})

test('where zones have different numbers of dynos, those of the small one wait longer', () => {
  const zoneOf = (name: string): number => (Number(name.slice('web.'.length)) <= 3 ? 0 : 1)
  const wait = meanWait({
    seed: 'uneven zones',
    policy: zoneAware({ zones: 2, zoneOf }),
    dynos: 12,
    instances: 2,
    load: 0.3,
    requests: 800_000,
  })
  // Half of the traffic goes to 3 dynos (load 0.6), half to 9 (load 0.2).
  expect(wait.relativeHalfWidth).toBeLessThan(0.05)
  expect(covers(wait, (randomWait(0.6) + randomWait(0.2)) / 2)).toBe(true)
})
