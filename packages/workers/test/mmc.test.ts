// With negligible polling and forking, workers and their queue are M/M/c: Poisson arrivals,
// exponential service, c servers, one queue. Theory: Erlang's C formula.
import { BatchMeans, covers, createSimulation, type Interval } from '@celadon/kernel'
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
const JOBS = 205_000

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

/** Mean wait of jobs in milliseconds, with its 99.9 % interval. */
function simulateWait(
  library: 'delayed_job' | 'resque',
  servers: number,
  arrivalsPerMs: number,
): Interval {
  const simulation = createSimulation({ seed: `${library} ${servers}` })
  const waits = new BatchMeans()
  const observer = {
    started({ id, startedAt, enqueuedAt }: { id: number; startedAt: number; enqueuedAt: number }) {
      if (id > WARM_UP_JOBS) waits.record(startedAt - enqueuedAt)
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
    if (queue.enqueued < JOBS) {
      simulation.schedule(arrivals.exponential(1 / arrivalsPerMs), arrive, null)
    }
  }
  arrive()
  simulation.run()
  return waits.interval(0.999)
}

test.each([
  ['delayed_job', 1, 0.0006],
  ['delayed_job', 3, 0.0024],
  ['resque', 4, 0.003],
] as const)('%s with %i workers waits as M/M/c does', (library, servers, arrivalsPerMs) => {
  const wait = simulateWait(library, servers, arrivalsPerMs)
  const theory = erlangWaitMs(servers, arrivalsPerMs)
  expect(covers(wait, theory)).toBe(true)
  // Tight enough to tell it from one worker more, the nearest mistake.
  expect(theory - erlangWaitMs(servers + 1, arrivalsPerMs)).toBeGreaterThan(2 * wait.halfWidth)
})
