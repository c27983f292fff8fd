import { createSimulation, type Simulation } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createDelayedJobQueue,
  createResqueQueue,
  delayedJobWorker,
  resqueWorker,
} from '../src/index.js'
import { createTestHost, jobClass } from './test-host.js'

const HOUR_MS = 3_600_000
const POLL_MS = 5000

interface Enqueued {
  readonly atMs: number
  readonly demandMs: number
}

/** When jobs begin if workers really look every 5 seconds, written down without any cleverness. */
function steadyPolling(workers: readonly number[], jobs: readonly Enqueued[]): number[] {
  const simulation = createSimulation()
  const waiting: number[] = []
  const begun: number[] = []
  const poll = (): void => {
    const index = waiting.shift()
    if (index === undefined) {
      simulation.schedule(POLL_MS, poll, null)
    } else {
      begun[index] = simulation.now
      simulation.schedule(jobs[index]?.demandMs ?? 0, poll, null)
    }
  }
  jobs.forEach(({ atMs }, index) => {
    simulation.schedule(atMs, () => waiting.push(index), null)
  })
  for (const startAt of workers) simulation.schedule(startAt, poll, null)
  simulation.run(HOUR_MS)
  return begun
}

function model(
  library: 'delayed_job' | 'resque',
  workers: readonly number[],
  jobs: readonly Enqueued[],
): number[] {
  const simulation = createSimulation()
  const begun: number[] = []
  const observer = { started: ({ id }: { id: number }) => (begun[id - 1] = simulation.now) }
  const delayedJob = createDelayedJobQueue({ simulation, observer })
  const resque = createResqueQueue({ simulation, observer })
  jobs.forEach(({ atMs, demandMs }) => {
    const queue = library === 'resque' ? resque : delayedJob
    simulation.schedule(atMs, () => queue.enqueue(jobClass({ demandMs })), null)
  })
  workers.forEach((startAt, index) => {
    const host = createTestHost(simulation, `worker.${index}`)
    const program =
      library === 'resque' ? resqueWorker(resque, { forkMs: 0 }) : delayedJobWorker(delayedJob)
    simulation.schedule(startAt, () => host.start(program), null)
  })
  simulation.run(HOUR_MS)
  return begun
}

// Irrational offsets keep two things from happening at the same moment, where order is a matter of
// convention.
const instant = fc.integer({ min: 0, max: 60_000 }).map((ms) => ms + Math.SQRT1_2)
const scenario = fc.record({
  workers: fc.uniqueArray(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 4 }),
  jobs: fc
    .array(fc.record({ atMs: instant, demandMs: fc.integer({ min: 1, max: 15_000 }) }), {
      maxLength: 25,
    })
    .map((jobs) => jobs.toSorted((a, b) => a.atMs - b.atMs)),
})

test.each(['delayed_job', 'resque'] as const)(
  '%s: jobs begin when steady polling would find them',
  (library) => {
    const property = fc.property(scenario, ({ workers, jobs }) => {
      const expected = steadyPolling(workers, jobs)
      const found = model(library, workers, jobs)
      // Which of two equal workers takes a job may differ, when a job begins may not.
      expect(found.map((ms) => ms.toFixed(6))).toEqual(expected.map((ms) => ms.toFixed(6)))
    })
    fc.assert(property, { numRuns: 500 })
  },
)

test('a job waits for the poll, 2.5 seconds on average', () => {
  const simulation = createSimulation({ seed: 'poll' })
  const stream = simulation.stream('arrivals')
  let waited = 0
  const queue = createDelayedJobQueue({
    simulation,
    observer: {
      started({ startedAt, enqueuedAt }) {
        waited += startedAt - enqueuedAt
      },
    },
  })
  const host = createTestHost(simulation)
  host.quiet = true
  host.start(delayedJobWorker(queue))
  const jobs = 4000
  for (let count = 0; count < jobs; count += 1) {
    // Rare enough that no job finds the worker at work.
    simulation.run(simulation.now + 20_000 + stream.float() * 10_000)
    queue.enqueue(jobClass({ demandMs: 10 }))
  }
  simulation.run(simulation.now + HOUR_MS)
  expect(queue.done).toBe(jobs)
  const deviation = POLL_MS / Math.sqrt(12) / Math.sqrt(jobs)
  expect(Math.abs(waited / jobs - POLL_MS / 2)).toBeLessThan(4 * deviation)
})

test('workers that start together do not poll in step', () => {
  for (const library of ['delayed_job', 'resque'] as const) {
    const simulation = createSimulation()
    const begun: number[] = []
    const observer = { started: () => begun.push(simulation.now) }
    const delayedJob = createDelayedJobQueue({ simulation, observer })
    const resque = createResqueQueue({ simulation, observer })
    for (const firstSleep of [0.1, 0.6, 0.8]) {
      const host = createTestHost(simulation)
      host.firstSleep = firstSleep
      host.start(library === 'resque' ? resqueWorker(resque) : delayedJobWorker(delayedJob))
    }
    const queue = library === 'resque' ? resque : delayedJob
    for (let count = 0; count < 3; count += 1) queue.enqueue(jobClass({ demandMs: HOUR_MS }))
    simulation.run(10_000)
    expect(begun).toEqual([1000, 2000, 4500])
  }
})

test('idle workers cost no events', () => {
  const executed = (start: (simulation: Simulation) => void) => {
    const simulation = createSimulation()
    start(simulation)
    simulation.run(24 * HOUR_MS)
    return simulation.executed
  }
  const idle = executed((simulation) => {
    const queue = createDelayedJobQueue({ simulation })
    const host = createTestHost(simulation)
    host.start(delayedJobWorker(queue, { queues: ['mailers'] }))
    queue.enqueue(jobClass({ queue: 'reports' }))
  })
  expect(idle).toBe(0)
})
