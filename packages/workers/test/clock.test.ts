import { createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { clock, createResqueQueue } from '../src/index.js'
import { createTestHost, jobClass } from './test-host.js'

const HOUR_MS = 3_600_000

test('a clock triggers everything at its start and then at its interval', () => {
  const simulation = createSimulation()
  const queue = createResqueQueue({ simulation })
  const host = createTestHost(simulation, 'clock.1')
  simulation.run(6123.5)
  host.start(
    clock([
      { name: 'digest', everyMs: 60_000, enqueue: () => queue.enqueue(jobClass()) },
      { name: 'sweep', everyMs: 30_000, enqueue: () => queue.enqueue(jobClass()) },
    ]),
  )
  simulation.run(70_000)
  expect(host.lines).toEqual([
    '6.1235 Starting clock for 2 events: [ digest sweep ]',
    "6.1235 Triggering 'digest'",
    "6.1235 Triggering 'sweep'",
    "36.001 Triggering 'sweep'",
    "66.001 Triggering 'digest'",
    "66.001 Triggering 'sweep'",
  ])
  expect(queue.enqueued).toBe(5)
})

test('it never drifts', () => {
  const simulation = createSimulation()
  let triggered = 0
  const entry = { name: 'tick', everyMs: 1000, enqueue: () => (triggered += 1) }
  createTestHost(simulation).start(clock([entry]))
  simulation.run(100 * HOUR_MS)
  // At 0 s and a millisecond after each full second but the last.
  expect(triggered).toBe(360_000)
  expect(simulation.now).toBe(100 * HOUR_MS)
})

test('two clocks enqueue everything twice', () => {
  const simulation = createSimulation()
  const queue = createResqueQueue({ simulation })
  const entry = { name: 'digest', everyMs: 60_000, enqueue: () => queue.enqueue(jobClass()) }
  for (const name of ['clock.1', 'clock.2']) createTestHost(simulation, name).start(clock([entry]))
  simulation.run(HOUR_MS)
  expect(queue.enqueued).toBe(2 * 60)
})

test('TERM and SIGKILL stop it at once', () => {
  for (const signal of ['terminate', 'kill'] as const) {
    const simulation = createSimulation()
    let triggered = 0
    const host = createTestHost(simulation)
    host.start(clock([{ name: 'tick', everyMs: 1000, enqueue: () => (triggered += 1) }]))
    simulation.run(2500)
    host[signal]()
    simulation.run(HOUR_MS)
    expect(triggered).toBe(3)
    expect(host.exitStatus).toBe(signal === 'kill' ? 137 : 0)
  }
})

test('a clock without entries runs and does nothing', () => {
  const simulation = createSimulation()
  createTestHost(simulation).start(clock([]))
  simulation.run(HOUR_MS)
  expect(simulation.executed).toBe(0)
})
