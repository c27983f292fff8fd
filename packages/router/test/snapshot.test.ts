// A run that goes back to a snapshot goes on as it did the first time.
import { exponential } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ScriptedWorld, script } from './random-script.js'

test('from a snapshot on, the same answers come again', () => {
  const property = fc.property(script, fc.nat({ max: 80 }), (each, at) => {
    const world = new ScriptedWorld({
      ...each,
      settings: { ...each.settings, viewDelayMs: exponential({ mean: 2000 }) },
    })
    world.freezes = false
    world.play(() => {}, 0, at)
    const snapshot = world.simulation.snapshot(world)
    const finish = (): string => {
      world.play(() => {}, at)
      world.settle()
      return world.answers.join('\n')
    }
    const first = finish()
    snapshot.restore()
    expect(finish()).toBe(first)
  })
  fc.assert(property, { numRuns: 300 })
})
