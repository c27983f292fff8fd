import { createSimulation } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStation } from '../src/index.js'
import { TestCall } from './bench.js'

const script = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 30 }),
    demandMs: fc.integer({ min: 0, max: 100 }),
  }),
  { maxLength: 200 },
)

test('each call starts in its turn on the first free server, and none is lost', () => {
  const property = fc.property(fc.integer({ min: 1, max: 6 }), script, (servers, arrivals) => {
    const simulation = createSimulation()
    const station = createStation({ scheduler: simulation, servers })
    const calls: TestCall[] = []
    // Kiefer and Wolfowitz: the times at which each server is free again are all there is to know.
    const freeAt: number[] = new Array(servers).fill(0)
    const expected: number[] = []
    let levelTime = 0
    for (const { afterMs, demandMs } of arrivals) {
      simulation.run(simulation.now + afterMs)
      const call = new TestCall(simulation, demandMs)
      calls.push(call)
      station.serve(call)
      freeAt.sort((a, b) => a - b)
      freeAt[0] = Math.max(simulation.now, freeAt[0] ?? 0) + demandMs
      expected.push(freeAt[0])
      levelTime += freeAt[0] - simulation.now
      const finished = calls.filter(({ finishes }) => finishes === 1).length
      expect(station.busy + station.waiting + finished).toBe(calls.length)
      expect(station.waiting === 0 || station.busy === servers).toBe(true)
    }
    simulation.run()
    expect(calls.map(({ finishedAt }) => finishedAt)).toEqual(expected)
    expect(station.levelIntegral).toBeCloseTo(levelTime)
    expect(station).toMatchObject({ busy: 0, waiting: 0 })
  })
  fc.assert(property, { numRuns: 300 })
})

test('whoever calls again at the end of a call joins behind those that wait', () => {
  const simulation = createSimulation()
  const station = createStation({ scheduler: simulation, servers: 1 })
  const order: string[] = []
  const call = (name: string, then?: () => void) => ({
    operations: 1,
    demandMs: 10,
    finish() {
      order.push(name)
      then?.()
    },
  })
  station.serve(call('first', () => station.serve(call('again'))))
  station.serve(call('second'))
  simulation.run()
  expect(order).toEqual(['first', 'second', 'again'])
})

test('a long queue stays in order while it grows', () => {
  const simulation = createSimulation()
  const station = createStation({ scheduler: simulation, servers: 1 })
  const calls: TestCall[] = []
  for (let count = 0; count < 5000; count += 1) {
    simulation.run(count)
    const call = new TestCall(simulation, 3)
    calls.push(call)
    station.serve(call)
  }
  simulation.run()
  expect(calls.map(({ finishedAt }) => finishedAt)).toEqual(calls.map((_, index) => 3 * index + 3))
})

test('a station needs a server', () => {
  for (const servers of [0, -1, 1.5, Number.NaN]) {
    expect(() => createStation({ scheduler: createSimulation(), servers })).toThrow(
      expect.objectContaining({ code: 'ADDONS_OPTION_INVALID' }),
    )
  }
})
