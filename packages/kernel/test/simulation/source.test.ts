import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSimulation, type Simulation } from '../../src/index.js'

/** Makes a recurring event in one of two ways. */
type Recur = (simulation: Simulation, gap: () => number, handler: () => void) => void

const bySource: Recur = (simulation, gap, handler) => {
  simulation.source(gap, handler, null)
}

const byEvents: Recur = (simulation, gap, handler) => {
  const again = (): void => {
    simulation.schedule(gap(), again, null)
    handler()
  }
  simulation.schedule(gap(), again, null)
}

const wholeGaps = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 8 })

test('sources run as events that schedule themselves again, ties included', () => {
  const program = fc.record({
    gaps: fc.array(wholeGaps, { minLength: 1, maxLength: 12 }),
    timerMs: fc.integer({ min: 0, max: 6 }),
  })
  fc.assert(
    fc.property(program, ({ gaps, timerMs }) => {
      const trace = (recur: Recur): string[] => {
        const simulation = createSimulation()
        const lines: string[] = []
        const say = (what: string): void => {
          lines.push(`${simulation.now} ${what}`)
        }
        const timers = simulation.timeout(timerMs, (target: { name: string }) => say(target.name))
        for (const [index, row] of gaps.entries()) {
          let drawn = 0
          // A gap of 1 at the end of each row, so that time goes on.
          const gap = (): number => [...row, 1][drawn++ % (row.length + 1)] ?? 1
          recur(simulation, gap, () => {
            say(`source ${index}`)
            timers.arm({ name: `timer of ${index}` })
            simulation.schedule(drawn % 3, () => say(`event of ${index}`), null)
          })
        }
        simulation.run(40)
        return lines
      }
      expect(trace(bySource)).toEqual(trace(byEvents))
    }),
    { numRuns: 200 },
  )
})

test('a source gives its target, its argument and the time', () => {
  const simulation = createSimulation()
  const seen: unknown[] = []
  const target = { name: 'shop' }
  simulation.source(
    (nowMs) => (nowMs < 25 ? 10 : Number.POSITIVE_INFINITY),
    (to, arg) => seen.push([simulation.now, to.name, arg]),
    target,
    7,
  )
  expect(simulation.run()).toBe('empty')
  expect(seen).toEqual([
    [10, 'shop', 7],
    [20, 'shop', 7],
    [30, 'shop', 7],
  ])
})

test('a stopped source waits until it is started, from that moment on', () => {
  const simulation = createSimulation()
  const seen: number[] = []
  const source = simulation.source(
    () => 10,
    () => seen.push(simulation.now),
    null,
  )
  simulation.schedule(25, () => source.stop(), null)
  simulation.schedule(103, () => source.start(), null)
  simulation.run(125)
  expect(seen).toEqual([10, 20, 113, 123])
  expect(source.time).toBe(133)
})

test('a gap that is no delay is an error that names it, and ends the source', () => {
  const simulation = createSimulation()
  let gapMs = 5
  const source = simulation.source(
    () => gapMs--,
    () => {},
    null,
  )
  expect(() => simulation.run()).toThrow(
    expect.objectContaining({
      code: 'KERNEL_DELAY_INVALID',
      message: expect.stringContaining('gap of a source must be'),
    }),
  )
  expect(simulation.now).toBe(15)
  expect(source.time).toBe(Number.POSITIVE_INFINITY)
  expect(simulation.run()).toBe('empty')
})
