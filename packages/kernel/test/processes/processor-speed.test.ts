import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Computation,
  createSimulation,
  ProcessorSharing,
  type Simulation,
} from '../../src/index.js'

class Job implements Computation {
  rank = 0
  sequence = 0
  place = -1
  doneAt = -1

  constructor(private readonly simulation: Simulation) {}

  computed(): void {
    this.doneAt = this.simulation.now
  }
}

/** When each of these jobs is done on two cores that always have this speed. */
function completions(
  jobs: readonly { atMs: number; demandMs: number }[],
  speed: number,
): readonly number[] {
  const simulation = createSimulation()
  const processor = new ProcessorSharing(simulation, { cores: 2 })
  processor.setSpeed(speed)
  const started = jobs.map(({ atMs, demandMs }) => {
    const job = new Job(simulation)
    simulation.schedule(atMs, () => processor.start(job, demandMs), null)
    return job
  })
  simulation.run()
  return started.map(({ doneAt }) => doneAt)
}

test('at half the speed everything takes as long as with twice the demand', () => {
  const job = fc.record({ atMs: fc.nat(100), demandMs: fc.nat(200) })
  const property = fc.property(
    fc.array(job, { minLength: 1, maxLength: 8 }),
    fc.double({ min: 0.05, max: 4, noNaN: true }),
    (jobs, speed) => {
      const slower = completions(jobs, speed)
      const scaled = jobs.map(({ atMs, demandMs }) => ({ atMs, demandMs: demandMs / speed }))
      for (const [index, doneAt] of completions(scaled, 1).entries()) {
        expect(slower[index]).toBeCloseTo(doneAt, 6)
      }
    },
  )
  fc.assert(property)
})

test('a computation is done when the speed summed over time makes its demand, alone or not', () => {
  const change = fc.record({
    afterMs: fc.integer({ min: 1, max: 50 }),
    quarters: fc.integer({ min: 1, max: 8 }),
  })
  const property = fc.property(
    fc.array(change, { maxLength: 10 }),
    fc.constantFrom(1, 4),
    (changes, others) => {
      const simulation = createSimulation()
      const processor = new ProcessorSharing(simulation, { cores: 2 })
      const demandMs = 120
      const jobs = Array.from({ length: others }, () => new Job(simulation))
      for (const job of jobs) processor.start(job, demandMs)
      // Two cores for one job are one core each; for four, half a core.
      const perSpeed = others === 1 ? 1 : 0.5
      let left = demandMs
      let speed = 1
      let expected = -1
      let at = 0
      for (const { afterMs, quarters } of changes) {
        const served = afterMs * speed * perSpeed
        if (expected < 0 && served >= left) expected = at + left / (speed * perSpeed)
        left -= served
        at += afterMs
        simulation.schedule(at, () => processor.setSpeed(quarters / 4), null)
        speed = quarters / 4
      }
      if (expected < 0) expected = at + left / (speed * perSpeed)
      simulation.run()
      for (const { doneAt } of jobs) expect(doneAt).toBeCloseTo(expected, 9)
    },
  )
  fc.assert(property)
})

test('a core that is slow is as busy as a fast one', () => {
  const simulation = createSimulation()
  const processor = new ProcessorSharing(simulation)
  processor.setSpeed(0.25)
  expect(processor.speed).toBe(0.25)
  processor.start(new Job(simulation), 100)
  simulation.run()
  expect(simulation.now).toBe(400)
  expect(processor.busy.integral(400)).toBe(400)
})

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a speed of %f is refused', (speed) => {
  const processor = new ProcessorSharing(createSimulation())
  expect(() => processor.setSpeed(speed)).toThrow('must be finite and above 0')
})
