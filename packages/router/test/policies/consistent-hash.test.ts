import { Session } from '@celadon/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consistentHash } from '../../src/index.js'
import { chiSquared, type StubDyno, TestContext } from './test-context.js'

const SESSIONS = Array.from({ length: 2000 }, (_, index) => new Session(index + 1))

/** Dyno of each session. */
function homes(context: TestContext, dynos: readonly StubDyno[], instance = 0): string[] {
  return SESSIONS.map((session) => context.choose({ dynos, session, instance }))
}

test('a dyno that goes moves its own sessions and no others', () => {
  const sizes = fc.integer({ min: 3, max: 30 })
  const property = fc.property(sizes, fc.nat(), (count, which) => {
    const context = new TestContext(consistentHash(), new Array(count).fill(0))
    const gone = context.dynos[which % count] as StubDyno
    const left = context.dynos.filter((dyno) => dyno !== gone)
    const [before, after] = [homes(context, context.dynos), homes(context, left)]
    for (const [index, home] of before.entries()) {
      if (home === gone.name) expect(after[index]).not.toBe(home)
      else expect(after[index]).toBe(home)
    }
  })
  fc.assert(property, { numRuns: 20 })
})

test('one in n sessions moves: every dyno has the same share', () => {
  const context = new TestContext(consistentHash(), new Array(10).fill(0))
  const counts = context.dynos.map(() => 0)
  for (let id = 1; id <= 50_000; id += 1) {
    const index = Number(context.choose({ session: new Session(id) }).slice('web.'.length)) - 1
    counts[index] = (counts[index] as number) + 1
  }
  // 9 degrees of freedom: above 27.9 for one hash function in 1000.
  expect(chiSquared(counts, new Array(10).fill(1))).toBeLessThan(27.9)
})

test('sessions of a dyno that goes spread over all the others', () => {
  const context = new TestContext(consistentHash(), new Array(5).fill(0))
  const [first, ...left] = context.dynos
  const [before, after] = [homes(context, context.dynos), homes(context, left)]
  const moved = after.filter((_, index) => before[index] === first?.name)
  const counts = left.map(({ name }) => moved.filter((home) => home === name).length)
  // 3 degrees of freedom: above 16.3 for one hash function in 1000.
  expect(chiSquared(counts, [1, 1, 1, 1])).toBeLessThan(16.3)
})

test('all instances and all orders of the pool agree', () => {
  const context = new TestContext(consistentHash(), new Array(7).fill(0), 3)
  const expected = homes(context, context.dynos)
  expect(homes(context, context.dynos, 2)).toEqual(expected)
  expect(homes(context, context.dynos.toReversed())).toEqual(expected)
})

test('requests without a session go anywhere', () => {
  const context = new TestContext(consistentHash(), [0, 0, 0, 0])
  const counts = context.dynos.map(() => 0)
  for (let count = 0; count < 20_000; count += 1) {
    const index = Number(context.choose().slice('web.'.length)) - 1
    counts[index] = (counts[index] as number) + 1
  }
  // 3 degrees of freedom: above 16.3 for one hash function in 1000.
  expect(chiSquared(counts, [1, 1, 1, 1])).toBeLessThan(16.3)
})
