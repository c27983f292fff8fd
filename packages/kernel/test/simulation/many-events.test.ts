// With more than a few hundred events the later ones wait in buckets. Whatever the pattern of times,
// nobody must notice.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSimulation, RandomStream } from '../../src/index.js'
import { type Engine, kernelEngine, naiveEngine } from './naive-simulation.js'

interface Crowd {
  readonly seed: number
  /** Events before the run. */
  readonly initial: number
  /** Events in all. */
  readonly total: number
  /** Events that the n-th executed event schedules, modulo their number. */
  readonly births: readonly number[]
  /** Share of executed events that cancel another one. */
  readonly cancelling: number
  /** How far away new events are. */
  readonly delays: (random: RandomStream) => number
}

const patterns: Record<string, (random: RandomStream) => number> = {
  exponential: (random) => random.exponential(1000),
  ties: (random) => random.below(20),
  'far apart': (random) => 10 ** (random.below(30) - 10),
  'one far moment': (random) => (random.below(3) === 0 ? random.exponential(1) : 86_400_000),
  'near and never': (random) => (random.below(4) === 0 ? Infinity : random.exponential(1)),
  'all at once': () => 0,
}

const crowds: fc.Arbitrary<Crowd> = fc.record({
  seed: fc.nat(),
  initial: fc.integer({ min: 1, max: 1500 }),
  total: fc.integer({ min: 1500, max: 4000 }),
  births: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 }),
  cancelling: fc.constantFrom(0, 0.1, 0.9),
  delays: fc.constantFrom(...Object.values(patterns)),
})

function trace(crowd: Crowd, create: (onEvent: (event: number) => void) => Engine): string[] {
  const random = new RandomStream(String(crowd.seed))
  const tickets: number[] = []
  const lines: string[] = []
  const add = (): void => {
    if (tickets.length >= crowd.total) return
    tickets.push(engine.schedule(crowd.delays(random), tickets.length))
  }
  const engine = create((event) => {
    lines.push(`${event} at ${engine.now}`)
    for (let birth = crowd.births[event % crowd.births.length] ?? 0; birth > 0; birth -= 1) add()
    if (random.float() < crowd.cancelling) {
      const ticket = tickets[random.below(tickets.length)] ?? -1
      lines.push(`cancelled: ${engine.cancel(ticket)}`)
    }
  })
  for (let event = 0; event < crowd.initial; event += 1) add()
  engine.run()
  return lines
}

test('a crowd of events runs as a naive list would run it', () => {
  fc.assert(
    fc.property(crowds, (crowd) => {
      expect(trace(crowd, (onEvent) => kernelEngine([], onEvent))).toEqual(
        trace(crowd, (onEvent) => naiveEngine([], onEvent)),
      )
    }),
    { numRuns: 40 },
  )
})

describe('a hundred thousand pending events', () => {
  for (const [name, delay] of Object.entries(patterns)) {
    test(`come out in order: ${name}`, () => {
      const simulation = createSimulation()
      const random = simulation.stream('delays')
      const due: number[] = []
      const seen: number[] = []
      const record = (_: null, event: number): void => {
        seen.push(event)
        if (due.length < 150_000) add()
      }
      const add = (): void => {
        due.push(simulation.now + delay(random))
        simulation.schedule((due.at(-1) ?? 0) - simulation.now, record, null, due.length - 1)
      }
      for (let event = 0; event < 100_000; event += 1) add()
      simulation.run()
      const never = due.filter((time) => time === Infinity).length
      expect(seen.length).toBe(due.length - never)
      expect(new Set(seen).size).toBe(seen.length)
      const before = (a: number, b: number): boolean => {
        const [first = 0, second = 0] = [due[a], due[b]]
        return first < second || (first === second && a < b)
      }
      // The gap to `now` and back can cost the last bit, so times may differ by rounding.
      const inOrder = (a: number, b: number): boolean =>
        before(a, b) || Math.abs((due[a] ?? 0) - (due[b] ?? 0)) <= 1e-9 * (due[b] ?? 0)
      expect(
        seen.findIndex((event, index) => index > 0 && !inOrder(seen[index - 1] ?? 0, event)),
      ).toBe(-1)
    })
  }
})

describe('cancelled events', () => {
  test('do not count as pending, and make room', () => {
    const simulation = createSimulation({ pendingEventsMax: 3 })
    const kept = simulation.schedule(1, () => {}, null)
    for (let round = 0; round < 1000; round += 1) {
      simulation.cancel(simulation.schedule(5, () => expect.unreachable(), null))
      expect(simulation.pending).toBe(1)
    }
    simulation.run()
    expect(simulation.executed).toBe(1)
    expect(simulation.cancel(kept)).toBe(false)
  })

  test('are swept out wherever they wait, and only they', () => {
    const simulation = createSimulation({ pendingEventsMax: 40_000 })
    const random = simulation.stream('delays')
    const seen: number[] = []
    const record = (_: null, event: number): void => {
      seen.push(event)
    }
    const keep: number[] = []
    // Far timers that are set and cancelled all the time; one in a hundred is left alone.
    for (let event = 0; event < 1_000_000; event += 1) {
      const ticket = simulation.schedule(random.exponential(1e6), record, null, event)
      if (event % 100 === 0) keep.push(event)
      else simulation.cancel(ticket)
    }
    expect(simulation.pending).toBe(keep.length)
    simulation.run()
    expect(seen.toSorted((a, b) => a - b)).toEqual(keep)
  })
})
