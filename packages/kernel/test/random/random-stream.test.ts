import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSimulation, RandomStream } from '../../src/index.js'
import { chiSquaredExcess, countCells } from '../goodness-of-fit.js'

const DRAWS = 200_000

test('the sequence of a seed never changes', () => {
  const stream = new RandomStream('42/router/choice')
  expect(Array.from({ length: 6 }, () => stream.uint32())).toMatchInlineSnapshot(`
    [
      47708716,
      3062660844,
      1673040253,
      354123100,
      1382765158,
      145811173,
    ]
  `)
  expect([stream.float(), stream.below(1000), stream.exponential(60)]).toMatchInlineSnapshot(`
    [
      0.5990022936107037,
      627,
      38.54636274113895,
    ]
  `)
})

describe('streams of a simulation', () => {
  test('depend on seed and name only, not on what else was asked for or drawn', () => {
    const alone = createSimulation({ seed: 7 }).stream('b')
    const crowded = createSimulation({ seed: '7' })
    for (const name of ['a', 'c', 'aa']) crowded.stream(name).float()
    for (let draw = 0; draw < 100; draw += 1) {
      expect(crowded.stream('b').uint32()).toBe(alone.uint32())
      crowded.stream('a').uint32()
    }
  })

  test('are the same object for the same name', () => {
    const simulation = createSimulation()
    expect(simulation.stream('a')).toBe(simulation.stream('a'))
    expect(simulation.stream('a')).not.toBe(simulation.stream('b'))
  })

  test('of neighbouring names are not related, from their first draws on', () => {
    const simulation = createSimulation()
    const names = 20_000
    for (let draw = 0; draw < 3; draw += 1) {
      const values = Array.from({ length: names }, (_, index) =>
        simulation.stream(`web.${index}/service`).float(),
      )
      const cells = countCells(values, 100, 1)
      expect(
        chiSquaredExcess(
          cells,
          cells.map(() => names / 100),
        ),
      ).toBeLessThan(4)
      let covariance = 0
      for (let index = 1; index < names; index += 1) {
        covariance += ((values[index - 1] ?? 0) - 0.5) * ((values[index] ?? 0) - 0.5)
      }
      // The product of two independent uniforms has the standard deviation 1/12.
      expect(Math.abs((covariance * 12) / Math.sqrt(names - 1))).toBeLessThan(4)
    }
  })

  test('differ between seeds', () => {
    const first = Array.from({ length: 1000 }, (_, seed) =>
      createSimulation({ seed }).stream('a').uint32(),
    )
    expect(new Set(first).size).toBe(1000)
  })
})

describe('draws', () => {
  const stream = new RandomStream('draws')

  test('of float are uniform on [0, 1)', () => {
    const values = Array.from({ length: DRAWS }, () => stream.float())
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
    const cells = countCells(values, 200, 1)
    expect(
      chiSquaredExcess(
        cells,
        cells.map(() => DRAWS / 200),
      ),
    ).toBeLessThan(4)
  })

  test('of below lie in [0, n) for every n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.string(), (n, seed) => {
        const random = new RandomStream(seed)
        for (let draw = 0; draw < 50; draw += 1) {
          const value = random.below(n)
          expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true)
        }
      }),
    )
  })

  test('of below hit every value equally often', () => {
    const values = Array.from({ length: DRAWS }, () => stream.below(60))
    const cells = countCells(values, 60, 60)
    expect(
      chiSquaredExcess(
        cells,
        cells.map(() => DRAWS / 60),
      ),
    ).toBeLessThan(4)
  })
})

describe('a saved state', () => {
  const draws: fc.Arbitrary<((stream: RandomStream) => number)[]> = fc.array(
    fc.constantFrom(
      (stream: RandomStream) => stream.uint32(),
      (stream: RandomStream) => stream.float(),
      (stream: RandomStream) => stream.below(1000),
      (stream: RandomStream) => stream.exponential(1),
      (stream: RandomStream) => stream.normal(),
    ),
    { maxLength: 300 },
  )

  test('continues exactly, in the same stream and in another one', () => {
    fc.assert(
      fc.property(fc.string(), draws, draws, (seed, before, after) => {
        const stream = new RandomStream(seed)
        for (const draw of before) draw(stream)
        const state = stream.save()
        const expected = after.map((draw) => draw(stream))
        stream.restore(state)
        expect(after.map((draw) => draw(stream))).toEqual(expected)
        const other = new RandomStream('other')
        other.restore(state)
        expect(after.map((draw) => draw(other))).toEqual(expected)
        expect(other.save()).toEqual(stream.save())
      }),
    )
  })

  test('is plain data', () => {
    const stream = new RandomStream('plain')
    const state = JSON.parse(JSON.stringify(stream.save())) as ReturnType<typeof stream.save>
    const expected = stream.uint32()
    stream.restore(state)
    expect(stream.uint32()).toBe(expected)
  })
})
