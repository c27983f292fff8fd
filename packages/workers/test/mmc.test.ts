// With negligible polling and forking, workers and their queue are M/M/c: Poisson arrivals,
// exponential service, c servers, one queue. Theory: Erlang's C formula.
import { createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import {
  createDelayedJobQueue,
  createResqueQueue,
  delayedJobWorker,
  resqueWorker,
} from '../src/index.js'
import { createTestHost, jobClass } from './test-host.js'

const MEAN_SERVICE_MS = 1000
const WARM_UP_JOBS = 5000
const BATCHES = 40
const BATCH_JOBS = 5000

/** Mean time in the queue by Erlang's C formula, in milliseconds. */
function erlangWaitMs(servers: number, arrivalsPerMs: number): number {
  const load = arrivalsPerMs * MEAN_SERVICE_MS
  let blocking = 1
  for (let count = 1; count <= servers; count += 1) {
    blocking = (load * blocking) / (count + load * blocking)
  }
  const busy = blocking / (1 - (load / servers) * (1 - blocking))
  return (busy * MEAN_SERVICE_MS) / (servers - load)
}

/** Mean wait of jobs and its standard error, by batch means. */
function simulateWait(library: 'delayed_job' | 'resque', servers: number, arrivalsPerMs: number) {
  const simulation = createSimulation({ seed: `${library} ${servers}` })
  const batches: number[] = new Array(BATCHES).fill(0)
  const observer = {
    started({ id, startedAt, enqueuedAt }: { id: number; startedAt: number; enqueuedAt: number }) {
      const batch = Math.floor((id - 1 - WARM_UP_JOBS) / BATCH_JOBS)
      if (batch >= 0 && batch < BATCHES) {
        batches[batch] = (batches[batch] ?? 0) + (startedAt - enqueuedAt) / BATCH_JOBS
      }
    },
  }
  const delayedJob = createDelayedJobQueue({ simulation, observer })
  const resque = createResqueQueue({ simulation, observer })
  const queue = library === 'resque' ? resque : delayedJob
  for (let index = 0; index < servers; index += 1) {
    const host = createTestHost(simulation, `worker.${index}`)
    host.quiet = true
    host.start(
      library === 'resque'
        ? resqueWorker(resque, { pollMs: 0.001, forkMs: 0 })
        : delayedJobWorker(delayedJob, { pollMs: 0.001 }),
    )
  }
  const arrivals = simulation.stream('arrivals')
  const services = simulation.stream('services')
  const kind = jobClass({ demandMs: () => services.exponential(MEAN_SERVICE_MS) })
  const arrive = (): void => {
    queue.enqueue(kind)
    if (queue.enqueued < WARM_UP_JOBS + BATCHES * BATCH_JOBS) {
      simulation.schedule(arrivals.exponential(1 / arrivalsPerMs), arrive, null)
    }
  }
  arrive()
  simulation.run()
  const mean = batches.reduce((sum, each) => sum + each, 0) / BATCHES
  const squares = batches.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares / (BATCHES - 1) / BATCHES) }
}

test.each([
  ['delayed_job', 1, 0.0006],
  ['delayed_job', 3, 0.0024],
  ['resque', 4, 0.003],
] as const)('%s with %i workers waits as M/M/c does', (library, servers, arrivalsPerMs) => {
  const { mean, error } = simulateWait(library, servers, arrivalsPerMs)
  const theory = erlangWaitMs(servers, arrivalsPerMs)
  // 3.55: Student's t for 39 degrees of freedom, two-sided 0.1 %.
  expect(Math.abs(mean - theory)).toBeLessThan(3.55 * error)
  // Tight enough to tell it from one worker more, the nearest mistake.
  expect(theory - erlangWaitMs(servers + 1, arrivalsPerMs)).toBeGreaterThan(2 * 3.55 * error)
})
