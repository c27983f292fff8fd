import { exponential } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomChoice } from '../../src/index.js'
import { queueingRun } from './queueing.js'
import { chiSquared, TestContext } from './test-context.js'

test('every dyno gets the same share', () => {
  const context = new TestContext(randomChoice(), new Array(8).fill(0))
  const counts = new Map(context.dynos.map(({ name }) => [name, 0]))
  for (let count = 0; count < 80_000; count += 1) {
    const name = context.choose()
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  // 7 degrees of freedom: above 24.3 once in 1000 seeds.
  expect(chiSquared([...counts.values()], new Array(8).fill(1))).toBeLessThan(24.3)
})

// The same draws send to dynos 2j and 2j + 1 of twice as many what goes to dyno j: each line of the
// larger app is part of one of the smaller app, so nobody can wait longer.
test('with twice the dynos and the same draws no request waits longer', () => {
  const run = (seed: number, dynos: number): Float64Array => {
    return queueingRun({
      seed: `${seed}`,
      policy: randomChoice(),
      dynos,
      service: exponential({ mean: 10 }),
      gapMs: 3,
      requests: 1000,
    }).waits
  }
  const property = fc.property(fc.integer(), fc.integer({ min: 2, max: 20 }), (seed, dynos) => {
    const [few, many] = [run(seed, dynos), run(seed, 2 * dynos)]
    return few.every((wait, index) => (many[index] as number) <= wait)
  })
  fc.assert(property)
})
