import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weighted } from '../../src/index.js'
import { chiSquared, TestContext } from './test-context.js'

function counts(context: TestContext, draws: number): number[] {
  const taken = context.dynos.map(() => 0)
  for (let draw = 0; draw < draws; draw += 1) {
    const index = Number(context.choose().slice('web.'.length)) - 1
    taken[index] = (taken[index] as number) + 1
  }
  return taken
}

test('shares are in proportion to the weights; 1 is the default', () => {
  const weights = { 'web.1': 4, 'web.3': 0.5, 'web.4': 2 }
  const taken = counts(new TestContext(weighted({ weights }), [0, 0, 0, 0]), 60_000)
  // 3 degrees of freedom: above 16.3 once in 1000 seeds.
  expect(chiSquared(taken, [4, 1, 0.5, 2])).toBeLessThan(16.3)
})

test('a function may weigh by what is known of a dyno', () => {
  const byRoom = weighted({ weights: ({ backend }) => 4 - (backend.load ?? 0) })
  const taken = counts(new TestContext(byRoom, [0, 1, 3]), 60_000)
  // 2 degrees of freedom: above 13.8 once in 1000 seeds.
  expect(chiSquared(taken, [4, 3, 1])).toBeLessThan(13.8)
})

test('a weight of 0 gets nothing while another dyno has more', () => {
  const context = new TestContext(weighted({ weights: { 'web.1': 0, 'web.3': 0 } }), [0, 0, 0])
  expect(counts(context, 1000)).toEqual([0, 1000, 0])
  const [first, , third] = context.dynos as [never, never, never]
  const names = Array.from({ length: 100 }, () => context.choose({ dynos: [first, third] }))
  expect(new Set(names)).toEqual(new Set(['web.1', 'web.3']))
})

test('a choice is always a dyno with a weight', () => {
  const weights = fc.array(fc.constantFrom(0, 1e-300, 0.1, 1, 1e12), { minLength: 2, maxLength: 9 })
  const property = fc.property(weights, (values) => {
    fc.pre(values.some((value) => value > 0))
    const table = Object.fromEntries(values.map((value, index) => [`web.${index + 1}`, value]))
    const context = new TestContext(weighted({ weights: table }), new Array(values.length).fill(0))
    for (let draw = 0; draw < 50; draw += 1) expect(table[context.choose()]).toBeGreaterThan(0)
  })
  fc.assert(property)
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('a weight cannot be %d', (weight) => {
  const accepted = `must be a finite number, 0 or more, but was ${weight}.`
  expect(() => weighted({ weights: { 'web.1': weight } })).toThrow(
    `The option weights['web.1'] of weighted ${accepted}`,
  )
  const context = new TestContext(weighted({ weights: () => weight }), [0, 0])
  expect(() => context.choose()).toThrow(`The option weights of weighted ${accepted}`)
})
