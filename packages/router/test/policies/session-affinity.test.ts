import { Session } from '@celadon/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leastOutstanding, sessionAffinity, sharedQueue } from '../../src/index.js'
import { TestContext } from './test-context.js'

test('a session stays while its dyno is there, moves once when it is gone, and stays again', () => {
  const step = fc.record({
    session: fc.nat({ max: 5 }),
    up: fc.subarray([0, 1, 2, 3, 4], { minLength: 2 }),
  })
  const property = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const context = new TestContext(sessionAffinity(), [0, 0, 0, 0, 0], 2)
    const sessions = Array.from({ length: 6 }, (_, index) => new Session(index + 1))
    for (const [turn, { session: which, up }] of steps.entries()) {
      const session = sessions[which] as Session
      const before = session.dyno
      const dynos = up.map((index) => context.dynos[index] as never)
      const name = context.choose({ dynos, session, instance: turn % 2 })
      const isUp = up.some((index) => `web.${index + 1}` === before)
      if (isUp) expect(name).toBe(before)
      expect(session.dyno).toBe(name)
    }
  })
  fc.assert(property)
})

test('new sessions spread over all dynos', () => {
  const context = new TestContext(sessionAffinity(), [0, 0, 0, 0])
  const names = Array.from({ length: 100 }, (_, id) => context.choose({ session: new Session(id) }))
  expect(new Set(names).size).toBe(4)
})

test('who has no session is sent by the fallback each time', () => {
  const policy = sessionAffinity({ fallback: leastOutstanding() })
  const context = new TestContext(policy, [2, 0, 1])
  const [, second] = context.dynos
  expect(context.choose()).toBe('web.2')
  const session = new Session(1)
  expect(context.choose({ session })).toBe('web.2')
  if (second !== undefined) second.load = 9
  expect(context.choose()).toBe('web.3')
  expect(context.choose({ session })).toBe('web.2')
})

test('settings of the fallback belong to it', () => {
  const { settings } = sessionAffinity({ fallback: sharedQueue({ perDyno: 2 }) })
  expect(settings).toEqual({ instances: 1, activePerDyno: 2 })
})
