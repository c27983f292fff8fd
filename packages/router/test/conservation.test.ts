// No request appears, vanishes or is answered twice, whatever happens to the dynos: refusals,
// time-outs, crashes, restarts, late answers, answers within the call, clients that come back at once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PROBES, ScriptedWorld, script } from './random-script.js'

const RUNS = 1500
/** All codes of the router, and the empty one of a request that it did not fail. */
const PRODUCED = [
  ...['', 'H10', 'H11', 'H12', 'H13', 'H14', 'H15', 'H17', 'H18', 'H19', 'H20', 'H21', 'H22'],
  ...['H24', 'H25', 'H26', 'H27', 'H28', 'H34', 'H80', 'H81', 'H82', 'H83', 'H99'],
]
const SERVED = new Array(PROBES).fill('200')

test('at any moment the requests that arrived are those answered and those open', () => {
  const property = fc.property(script, (each) => {
    const world = new ScriptedWorld(each)
    const { router, open, answers, faults } = world
    const check = (): void => {
      expect(router.answered).toBe(answers.length)
      expect(router.open).toBe(open.size)
      expect(router.arrived).toBe(answers.length + open.size)
      expect(router.waiting).toBeLessThanOrEqual(router.open)
      expect(faults).toEqual([])
    }
    world.play(check)
    world.settle()
    check()
    expect(router.open).toBe(0)
    expect(router.waiting).toBe(0)
    expect(world.released).toBe(router.arrived)
    world.probe()
    check()
    expect(answers.slice(-PROBES).map((answer) => answer.split(' ')[3])).toEqual(SERVED)
    expect(world.released).toBe(router.arrived)
  })
  fc.assert(property, { numRuns: RUNS })
})

test('the same seed gives the same answers in the same order', () => {
  const property = fc.property(script, (each) => {
    const [first, second] = [new ScriptedWorld(each), new ScriptedWorld(each)]
    for (const world of [first, second]) {
      world.play(() => {})
      world.settle()
    }
    expect(second.answers).toEqual(first.answers)
  })
  fc.assert(property, { numRuns: RUNS / 10 })
})

test('the scripts bring about every code that the router produces', () => {
  const seen = new Set<string>()
  const property = fc.property(script, (each) => {
    const world = new ScriptedWorld(each)
    world.play(() => {})
    world.settle()
    for (const answer of world.answers) seen.add(answer.split(' ')[2] ?? '')
  })
  fc.assert(property, { numRuns: RUNS / 4 })
  expect([...seen].sort()).toEqual(PRODUCED)
})
