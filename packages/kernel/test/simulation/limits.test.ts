import { describe, expect, test } from 'vitest'
import { BatchMeans, createSimulation, type Simulation } from '../../src/index.js'

function ticking(options?: Parameters<typeof createSimulation>[0]): Simulation {
  const simulation = createSimulation(options)
  simulation.source(
    () => 10,
    () => {},
    null,
  )
  return simulation
}

describe('run ends', () => {
  test('by time, by count, by being paused, by having nothing left; and says so', () => {
    const simulation = ticking()
    expect(simulation.run(25)).toBe('time')
    expect(simulation.run({ events: 3 })).toBe('count')
    expect([simulation.now, simulation.executed]).toEqual([50, 5])
    expect(simulation.run({ events: 3, untilMs: 65 })).toBe('time')
    expect(simulation.run({ events: 0 })).toBe('count')
    expect([simulation.now, simulation.executed]).toEqual([65, 6])
    simulation.schedule(0, () => simulation.pause(), null)
    expect(simulation.run(1000)).toBe('paused')
    expect(simulation.now).toBe(65)
    expect(createSimulation().run()).toBe('empty')
    expect(createSimulation().run(5)).toBe('time')
  })

  test('when a condition holds, asked once in so many events', () => {
    const simulation = ticking()
    const asked: number[] = []
    const condition = (): boolean => {
      asked.push(simulation.executed)
      return simulation.executed > 25
    }
    expect(simulation.run({ condition, checkEvery: 10 })).toBe('condition')
    expect(asked).toEqual([10, 20, 30])
    expect(simulation.run({ condition })).toBe('condition')
    expect(simulation.executed).toBe(30 + 1024)
    expect(simulation.run({ condition, untilMs: simulation.now + 50 })).toBe('time')
  })

  test('when an estimate is precise enough', () => {
    const simulation = createSimulation({ seed: 3 })
    const stream = simulation.stream('values')
    const values = new BatchMeans()
    const draw = (): void => values.record(stream.exponential(100))
    simulation.source(() => 1, draw, null)
    const precise = (): boolean => values.interval().relativeHalfWidth < 0.02
    expect(simulation.run({ condition: precise, untilMs: 1e6 })).toBe('condition')
    // A mean of n exponential values has a half-width of 1.96 / sqrt(n), so about 9604 are needed.
    expect(values.count).toBeGreaterThan(9604 / 2)
    expect(values.count).toBeLessThan(9604 * 2)
  })
})

test('step executes one event at a time', () => {
  const simulation = createSimulation()
  const seen: number[] = []
  for (const event of [1, 2, 3]) simulation.schedule(event * 10, () => seen.push(event), null)
  expect(simulation.nextEventMs).toBe(10)
  expect(simulation.step()).toBe(true)
  expect([seen, simulation.now, simulation.nextEventMs]).toEqual([[1], 10, 20])
  simulation.step()
  expect(simulation.step()).toBe(true)
  expect(simulation.step()).toBe(false)
  expect([seen, simulation.now, simulation.nextEventMs]).toEqual([[1, 2, 3], 30, Infinity])
})

test('nextEventMs sees events, timers and sources, and no cancelled ones', () => {
  const simulation = createSimulation()
  const timers = simulation.timeout(30, () => {})
  simulation.schedule(40, () => {}, null)
  expect(simulation.nextEventMs).toBe(40)
  const timer = timers.arm({})
  expect(simulation.nextEventMs).toBe(30)
  const source = simulation.source(
    () => 20,
    () => {},
    null,
  )
  expect(simulation.nextEventMs).toBe(20)
  source.stop()
  timers.cancel(timer)
  const event = simulation.schedule(5, () => {}, null)
  expect(simulation.nextEventMs).toBe(5)
  simulation.cancel(event)
  expect(simulation.nextEventMs).toBe(40)
})

test('nothing is executed after the horizon, and a run that would go there says so', () => {
  const simulation = ticking({ horizonMs: 35 })
  expect(simulation.run(35)).toBe('time')
  expect(() => simulation.run()).toThrow(
    expect.objectContaining({
      code: 'KERNEL_HORIZON',
      message: expect.stringContaining('due at 40 ms, after the horizon of 35 ms'),
    }),
  )
  expect([simulation.now, simulation.executed]).toEqual([35, 3])
})

describe('a handler cannot', () => {
  for (const [what, call] of [
    ['run', (simulation: Simulation) => simulation.run()],
    ['step', (simulation: Simulation) => simulation.step()],
    ['take a snapshot', (simulation: Simulation) => simulation.snapshot()],
  ] as const) {
    test(`${what}`, () => {
      const simulation = ticking()
      simulation.schedule(15, () => call(simulation), null)
      expect(() => simulation.run()).toThrow(expect.objectContaining({ code: 'KERNEL_RUNNING' }))
      expect(simulation.now).toBe(15)
      // The simulation itself is as usable as after any other error.
      expect(simulation.run(25)).toBe('time')
      expect(simulation.executed).toBe(3)
    })
  }
})

describe('limits that are no numbers', () => {
  for (const limits of [{ untilMs: Number.NaN }, { events: -1 }, { checkEvery: 0 }]) {
    test(JSON.stringify(limits), () => {
      expect(() => ticking().run(limits)).toThrow(
        expect.objectContaining({ code: 'KERNEL_ARGUMENT_INVALID' }),
      )
    })
  }
})
