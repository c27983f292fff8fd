import { describe, expect, test } from 'vitest'
import { createSimulation, type Simulation } from '../../src/index.js'

function tick(simulation: Simulation): void {
  simulation.schedule(10, tick, simulation)
}

describe('run', () => {
  test('stops the clock at the end that was given, events at that moment included', () => {
    const simulation = createSimulation()
    const seen: number[] = []
    const record = (): void => {
      seen.push(simulation.now)
    }
    for (const delayMs of [10, 20, 20.5]) simulation.schedule(delayMs, record, null)
    simulation.run(20)
    expect(seen).toEqual([10, 20])
    expect(simulation.now).toBe(20)
    simulation.run(20.25)
    expect(simulation.now).toBe(20.25)
    expect(simulation.pending).toBe(1)
    simulation.run()
    expect(seen).toEqual([10, 20, 20.5])
    expect(simulation.now).toBe(20.5)
  })

  test('never turns the clock back', () => {
    const simulation = createSimulation()
    simulation.run(100)
    simulation.run(50)
    expect(simulation.now).toBe(100)
    simulation.run(Number.NEGATIVE_INFINITY)
    expect(simulation.now).toBe(100)
  })

  test('ends when nothing is left, timers included', () => {
    const simulation = createSimulation()
    const ring = simulation.timeout(7, () => {})
    ring.arm({})
    simulation.schedule(3, () => {}, null)
    simulation.run()
    expect(simulation.now).toBe(7)
    expect(simulation.executed).toBe(2)
  })

  test('in slices sees the same events as in one piece', () => {
    const whole = createSimulation()
    tick(whole)
    whole.run(1000)
    const sliced = createSimulation()
    tick(sliced)
    for (let untilMs = 0; untilMs <= 1000; untilMs += 4) sliced.run(untilMs)
    expect(sliced.executed).toBe(whole.executed)
    expect(sliced.now).toBe(whole.now)
  })
})

describe('pause', () => {
  test('ends the run after the event that called it and leaves the rest to the next run', () => {
    const simulation = createSimulation()
    tick(simulation)
    simulation.schedule(35, () => simulation.pause(), null)
    simulation.run(1000)
    expect(simulation.now).toBe(35)
    expect(simulation.executed).toBe(4)
    simulation.run(1000)
    expect(simulation.now).toBe(1000)
    expect(simulation.executed).toBe(101)
  })

  test('outside of a run does nothing', () => {
    const simulation = createSimulation()
    simulation.pause()
    tick(simulation)
    simulation.run(100)
    expect(simulation.now).toBe(100)
  })
})

describe('an error that a handler throws', () => {
  test('leaves a simulation that can be run on', () => {
    const simulation = createSimulation()
    const seen: number[] = []
    const record = (_: null, event: number): void => {
      seen.push(event)
    }
    const fail = (): void => {
      throw new Error('broken model')
    }
    simulation.schedule(1, record, null, 1)
    simulation.schedule(2, fail, null)
    simulation.schedule(3, record, null, 3)
    expect(() => simulation.run()).toThrow('broken model')
    expect(simulation.now).toBe(2)
    simulation.schedule(0, record, null, 2)
    simulation.run()
    expect(seen).toEqual([1, 2, 3])
  })
})

describe('limits', () => {
  test('eventsMax ends a model that never ends, before the event that is one too many', () => {
    const simulation = createSimulation({ eventsMax: 100 })
    tick(simulation)
    expect(() => simulation.run()).toThrow(expect.objectContaining({ code: 'KERNEL_EVENT_LIMIT' }))
    expect(simulation.executed).toBe(100)
    expect(simulation.now).toBe(1000)
  })

  test('eventsMax counts timers too', () => {
    const simulation = createSimulation({ eventsMax: 5 })
    const ring = simulation.timeout(1, () => ring.arm({}))
    ring.arm({})
    expect(() => simulation.run()).toThrow(expect.objectContaining({ code: 'KERNEL_EVENT_LIMIT' }))
    expect(simulation.executed).toBe(5)
  })

  test('pendingEventsMax bounds what waits at once, not what runs in all', () => {
    const simulation = createSimulation({ pendingEventsMax: 3 })
    for (let event = 0; event < 3; event += 1) simulation.schedule(1, () => {}, null)
    expect(() => simulation.schedule(1, () => {}, null)).toThrow(
      expect.objectContaining({ code: 'KERNEL_PENDING_LIMIT' }),
    )
    simulation.run()
    tick(simulation)
    simulation.run(1000)
    expect(simulation.executed).toBeGreaterThan(50)
  })
})
