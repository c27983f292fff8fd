import { createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import {
  createDelayedJobQueue,
  createResqueQueue,
  delayedJobWorker,
  resqueWorker,
} from '../src/index.js'
import { createTestHost, jobClass } from './test-host.js'

const JOBS = 1_000_000

test.each(['delayed_job', 'resque'] as const)(
  '%s: a backlog of a million jobs is worked off',
  (library) => {
    const simulation = createSimulation()
    const delayedJob = createDelayedJobQueue({ simulation })
    const resque = createResqueQueue({ simulation })
    const queue = library === 'resque' ? resque : delayedJob
    const kinds = [3, 1, 2].map((priority) => jobClass({ priority, queue: `q${priority}` }))
    for (let count = 0; count < JOBS; count += 1) queue.enqueue(kinds[count % 3] ?? jobClass())
    for (let index = 0; index < 50; index += 1) {
      const host = createTestHost(simulation, `worker.${index}`)
      host.quiet = true
      host.start(library === 'resque' ? resqueWorker(resque) : delayedJobWorker(delayedJob))
    }
    simulation.run(86_400_000)
    expect(queue).toMatchObject({ done: JOBS, waiting: 0, running: 0 })
  },
)

test('a hundred thousand jobs that fail at the same moment overflow nothing', () => {
  const simulation = createSimulation()
  const queue = createDelayedJobQueue({ simulation })
  const host = createTestHost(simulation)
  host.quiet = true
  host.refusal = 'PG::ConnectionBad: FATAL: too many connections'
  for (let count = 0; count < 100_000; count += 1) queue.enqueue(jobClass())
  host.start(delayedJobWorker(queue))
  expect(queue).toMatchObject({ waiting: 100_000, running: 0, retries: 100_000 })
})
