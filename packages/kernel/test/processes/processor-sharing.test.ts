import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Computation,
  createSimulation,
  Interruption,
  type ProcessGenerator,
  ProcessorSharing,
  type Simulation,
  startProcess,
  TimeWeighted,
} from '../../src/index.js'

class Job implements Computation {
  rank = 0
  sequence = 0
  place = -1
  doneAt: number | null = null

  constructor(private readonly simulation: Simulation) {}

  computed(): void {
    this.doneAt = this.simulation.now
  }
}

type Step =
  | { readonly type: 'start'; readonly atMs: number; readonly demandMs: number }
  | { readonly type: 'cancel'; readonly atMs: number; readonly job: number }
  | { readonly type: 'cores'; readonly atMs: number; readonly cores: number }

const atMs = fc.integer({ min: 0, max: 60 })
const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: startStep() },
      fc.record({ type: fc.constant('cancel' as const), atMs, job: fc.nat({ max: 20 }) }),
      fc.record({
        type: fc.constant('cores' as const),
        atMs,
        cores: fc.constantFrom(0, 0.5, 1, 2, 5),
      }),
    ),
    { maxLength: 40 },
  )
  .map((all) => all.sort((a, b) => a.atMs - b.atMs))

function startStep(): fc.Arbitrary<Step> {
  return fc.record({
    type: fc.constant('start' as const),
    atMs,
    // So fine that nobody is done at the very moment of a change.
    demandMs: fc.noBias(fc.integer({ min: 1, max: 30_000_000 })).map((n) => n / 1e6),
  })
}

interface Outcome {
  readonly doneAt: readonly (number | null)[]
  readonly coreMs: number
}

function simulated(all: readonly Step[], untilMs: number): Outcome {
  const simulation = createSimulation()
  const cpu = new ProcessorSharing(simulation)
  const jobs: Job[] = []
  for (const step of all) {
    simulation.run(step.atMs)
    if (step.type === 'start') {
      const job = new Job(simulation)
      jobs.push(job)
      cpu.start(job, step.demandMs)
    } else if (step.type === 'cores') {
      cpu.setCores(step.cores)
    } else {
      const job = jobs[step.job]
      if (job !== undefined) cpu.cancel(job)
    }
  }
  simulation.run(untilMs)
  return { doneAt: jobs.map((job) => job.doneAt), coreMs: cpu.busy.integral(simulation.now) }
}

/** The same, by taking from everybody's rest what was computed between two changes. */
function naive(all: readonly Step[], untilMs: number): Outcome {
  const doneAt: (number | null)[] = []
  const rests = new Map<number, number>()
  let cores = 1
  let now = 0
  let coreMs = 0
  function advance(toMs: number): void {
    while (now < toMs || [...rests.values()].some((rest) => rest < 1e-9)) {
      for (const [id, rest] of rests) {
        if (rest >= 1e-9) continue
        rests.delete(id)
        doneAt[id] = now
      }
      const rate = rests.size <= cores ? 1 : cores / rests.size
      const stepMs = Math.min(toMs - now, Math.min(...rests.values()) / rate)
      for (const [id, rest] of rests) rests.set(id, rest - stepMs * rate)
      coreMs += stepMs * rests.size * rate
      now += stepMs
    }
  }
  for (const step of all) {
    advance(step.atMs)
    if (step.type === 'start') rests.set(doneAt.push(null) - 1, step.demandMs)
    else if (step.type === 'cores') cores = step.cores
    else rests.delete(step.job)
  }
  advance(untilMs)
  return { doneAt, coreMs }
}

test('everybody is done when a model says that divides the time between changes', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { doneAt, coreMs } = simulated(all, 5000)
      const expected = naive(all, 5000)
      expect(doneAt.map((time) => time === null)).toEqual(expected.doneAt.map((t) => t === null))
      // Both add up at most some hundred terms below 5000 with errors below 1e-12 each.
      for (const [id, time] of doneAt.entries()) {
        expect(Math.abs((time ?? 0) - (expected.doneAt[id] ?? 0))).toBeLessThan(1e-8)
      }
      expect(Math.abs(coreMs - expected.coreMs)).toBeLessThan(1e-6)
    }),
    { numRuns: 500 },
  )
})

test('equal demands that start together are done at one time, in the order of their start', () => {
  const count = 40
  const simulation = createSimulation()
  const cpu = new ProcessorSharing(simulation, { cores: 3 })
  const order: number[] = []
  const times = new Set<number>()
  simulation.run(1 / 3)
  for (let id = 0; id < count; id += 1) {
    startProcess(simulation, function* () {
      yield* cpu.compute(0.1)
      order.push(id)
      times.add(simulation.now)
    })
  }
  simulation.run()
  expect(order).toEqual([...order.keys()])
  expect(order).toHaveLength(count)
  expect(times.size).toBe(1)
})

describe('a processor', () => {
  test('counts its cores in use together with those of another one', () => {
    const simulation = createSimulation()
    const busy = new TimeWeighted()
    const processors = [1, 2].map((cores) => new ProcessorSharing(simulation, { cores, busy }))
    for (const processor of processors) {
      for (let job = 0; job < 2; job += 1) processor.start(new Job(simulation), 10)
    }
    simulation.run(1)
    expect(busy.value).toBe(3)
    expect(processors.map((processor) => processor.runnable)).toEqual([2, 2])
    simulation.run()
    expect(busy.integral(simulation.now)).toBe(40)
  })

  test('goes on after an error in what it computes', () => {
    const simulation = createSimulation()
    const cpu = new ProcessorSharing(simulation)
    const job = new Job(simulation)
    const bad = {
      rank: 0,
      sequence: 0,
      place: -1,
      computed() {
        throw new Error('core dumped')
      },
    }
    cpu.start(bad, 10)
    cpu.start(job, 20)
    expect(() => simulation.run()).toThrow('core dumped')
    simulation.run()
    expect(job.doneAt).toBe(30)
  })

  test('takes a computation again that is done or was cancelled', () => {
    const simulation = createSimulation()
    const cpu = new ProcessorSharing(simulation)
    const job = new Job(simulation)
    cpu.start(job, 10)
    simulation.run()
    cpu.start(job, 10)
    cpu.cancel(job)
    cpu.start(job, 5)
    simulation.run()
    expect(job.doneAt).toBe(15)
  })

  test('tells how much a computation that is cancelled has left', () => {
    const simulation = createSimulation()
    const cpu = new ProcessorSharing(simulation)
    const [job, other] = [new Job(simulation), new Job(simulation)]
    cpu.start(job, 100)
    cpu.start(other, 30)
    simulation.run(40)
    // Two share one core: each has had 20 of the 40 ms.
    expect([cpu.cancel(job), cpu.cancel(other), cpu.cancel(job)]).toEqual([80, 10, 0])
  })

  test('leaves a computation alone that is on another one, or done', () => {
    const simulation = createSimulation()
    const [cpu, other] = [new ProcessorSharing(simulation), new ProcessorSharing(simulation)]
    const job = new Job(simulation)
    cpu.start(job, 10)
    const others = [10, 20, 30].map((demandMs) => {
      const each = new Job(simulation)
      other.start(each, demandMs)
      return each
    })
    other.cancel(job)
    simulation.run()
    cpu.cancel(job)
    expect(job.doneAt).toBe(10)
    expect(others.map(({ doneAt }) => doneAt)).toEqual([30, 50, 60])
  })

  test('is left by a process that is interrupted', () => {
    const simulation = createSimulation()
    const cpu = new ProcessorSharing(simulation)
    const log: string[] = []
    function* compute(name: string): ProcessGenerator {
      try {
        yield* cpu.compute(90)
        log.push(`${name} done at ${simulation.now}`)
      } catch (error) {
        if (!(error instanceof Interruption)) throw error
        log.push(`${name} interrupted at ${simulation.now}`)
      }
    }
    const [first] = ['first', 'second', 'third'].map((name) =>
      startProcess(simulation, compute, name),
    )
    simulation.run(90)
    first?.interrupt('enough')
    simulation.run()
    // Three share one core: 30 ms each after 90 ms. The two that are left need 60 ms more each.
    expect(log).toEqual(['first interrupted at 90', 'second done at 210', 'third done at 210'])
  })
})
