import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSimulation } from '../../src/index.js'
import { kernelEngine, naiveEngine } from './naive-simulation.js'
import { eventPrograms, trace } from './random-program.js'

test('events run as a naive list would run them, whatever handlers schedule and cancel', () => {
  fc.assert(
    fc.property(eventPrograms, (program) => {
      expect(trace(program, kernelEngine)).toEqual(trace(program, naiveEngine))
    }),
    { numRuns: 500 },
  )
})

test('many pending events come out in order of time, ties in order of scheduling', () => {
  const simulation = createSimulation()
  const random = simulation.stream('test')
  const expected = Array.from({ length: 20_000 }, (_, event) => ({
    time: random.below(500),
    event,
  }))
  const seen: { time: number; event: number }[] = []
  const record = (_: null, event: number): void => {
    seen.push({ time: simulation.now, event })
  }
  for (const { time, event } of expected) simulation.schedule(time, record, null, event)
  simulation.run()
  // Array.sort is stable, so equal times keep the order of scheduling.
  expect(seen).toEqual(expected.sort((a, b) => a.time - b.time))
})

test('a ticket cancels its own event only, even after its place was taken by another', () => {
  const simulation = createSimulation()
  const seen: number[] = []
  const record = (_: null, event: number): void => {
    seen.push(event)
  }
  const first = simulation.schedule(1, record, null, 1)
  simulation.run()
  const second = simulation.schedule(1, record, null, 2)
  expect(simulation.cancel(first)).toBe(false)
  expect(simulation.cancel(-1)).toBe(false)
  expect(simulation.cancel(Number.NaN)).toBe(false)
  expect(simulation.cancel(second)).toBe(true)
  expect(simulation.cancel(second)).toBe(false)
  simulation.schedule(2, record, null, 3)
  simulation.run()
  expect(seen).toEqual([1, 3])
})

test('an event at infinity never runs', () => {
  const simulation = createSimulation()
  simulation.schedule(Number.POSITIVE_INFINITY, () => expect.unreachable(), null)
  simulation.schedule(5, () => {}, null)
  simulation.run()
  expect(simulation.now).toBe(5)
})
