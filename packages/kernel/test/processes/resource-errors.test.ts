import { describe, expect, test } from 'vitest'
import {
  type AcquireOptions,
  createSimulation,
  type Discipline,
  ProcessorSharing,
  Resource,
} from '../../src/index.js'

const invalid = (message: RegExp) =>
  expect.objectContaining({
    code: 'KERNEL_ARGUMENT_INVALID',
    message: expect.stringMatching(message),
  })

describe('a resource refuses', () => {
  for (const capacity of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    test(`a capacity of ${capacity}`, () => {
      const simulation = createSimulation()
      const message = invalid(/an integer, 0 or more, but was/)
      expect(() => new Resource(simulation, { capacity })).toThrow(message)
      expect(() => new Resource(simulation).setCapacity(capacity)).toThrow(message)
    })
  }

  test('an unknown discipline', () => {
    const discipline = 'random' as Discipline
    expect(() => new Resource(createSimulation(), { discipline })).toThrow(
      invalid(/'fifo', 'lifo' or 'priority', but was 'random'/),
    )
  })

  test('more releases than servers in use', () => {
    const server = new Resource(createSimulation(), { capacity: 2 })
    server.request(() => {}, null)
    server.release()
    expect(() => server.release()).toThrow(invalid(/none of 2 is in use/))
    expect(server.busy.value).toBe(0)
  })

  const options: readonly (readonly [AcquireOptions, Discipline, RegExp])[] = [
    [{ patienceMs: -1 }, 'fifo', /patienceMs .* but was -1/],
    [{ patienceMs: Number.NaN }, 'fifo', /patienceMs .* but was NaN/],
    [{ priority: 1 }, 'fifo', /the discipline 'priority'/],
    [{ priority: Number.NaN }, 'priority', /priority must be a number.* but was NaN/],
  ]
  test.each(options)('%o with %s', (wrong, discipline, message) => {
    const server = new Resource(createSimulation(), { discipline })
    expect(() => server.request(() => {}, null, 0, wrong)).toThrow(invalid(message))
    expect(() => server.acquire(wrong)).toThrow(invalid(message))
    expect(server.arrived).toBe(0)
  })
})

describe('a processor refuses', () => {
  const computation = () => ({ rank: 0, sequence: 0, place: -1, computed() {} })

  for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    test(`${value} cores or milliseconds`, () => {
      const simulation = createSimulation()
      const cpu = new ProcessorSharing(simulation)
      expect(() => new ProcessorSharing(simulation, { cores: value })).toThrow(invalid(/cores/))
      expect(() => cpu.setCores(value)).toThrow(invalid(/cores/))
      expect(() => cpu.start(computation(), value)).toThrow(invalid(/demand/))
      expect(() => cpu.compute(value)).toThrow(invalid(/demand/))
      expect(cpu.runnable).toBe(0)
    })
  }

  test('a computation that is under way', () => {
    const cpu = new ProcessorSharing(createSimulation())
    const twice = computation()
    cpu.start(twice, 10)
    expect(() => cpu.start(twice, 10)).toThrow(invalid(/under way already/))
    expect(cpu.runnable).toBe(1)
  })
})
