import { createSimulation } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createDelayedJobQueue,
  createResqueQueue,
  delayedJobWorker,
  type JobCounts,
  resqueWorker,
} from '../src/index.js'
import { createTestHost, jobClass, type TestHost } from './test-host.js'

const DAY_MS = 86_400_000

const classes = [
  jobClass({ name: 'Quick', queue: 'high', demandMs: 200 }),
  jobClass({ name: 'Flaky', queue: 'low', demandMs: 3000, failureRate: 0.5, priority: 5 }),
  jobClass({ name: 'Doomed', queue: 'low', demandMs: 40, failureRate: 1 }),
  jobClass({ name: 'Long', queue: 'high', demandMs: 60_000, priority: -1 }),
]

/** What happens to a queue and its workers, each after a pause. */
const action = fc.record({
  afterMs: fc.integer({ min: 0, max: 20_000 }),
  type: fc.constantFrom('enqueue', 'enqueue', 'enqueue', 'start', 'terminate', 'kill'),
  which: fc.nat(),
})

function expectConserved(queue: JobCounts): void {
  const { enqueued, done, failed, waiting, running, lost, retries } = queue
  expect(enqueued).toBe(done + failed + waiting + running + lost)
  for (const count of [done, failed, waiting, running, lost, retries]) {
    expect(count).toBeGreaterThanOrEqual(0)
  }
}

test.each(['delayed_job', 'resque'] as const)('%s: no job appears or vanishes', (library) => {
  const property = fc.property(
    fc.integer(),
    fc.array(action, { maxLength: 60 }),
    (seed, script) => {
      const simulation = createSimulation({ seed })
      const finished = new Map<number, number>()
      const observer = {
        finished: ({ id }: { id: number }) => finished.set(id, (finished.get(id) ?? 0) + 1),
      }
      const options = { simulation, observer, maxAttempts: 3, maxRunTimeMs: 30_000 }
      const delayedJob = createDelayedJobQueue(options)
      const resque = createResqueQueue(options)
      const queue = library === 'resque' ? resque : delayedJob
      const lists = [undefined, ['high'], ['low', 'high']]
      const hosts: TestHost[] = []

      for (const { afterMs, type, which } of script) {
        simulation.run(simulation.now + afterMs)
        expectConserved(queue)
        const host = hosts[which % Math.max(1, hosts.length)]
        if (type === 'enqueue') queue.enqueue(classes[which % classes.length] ?? jobClass())
        if (type === 'terminate') host?.terminate()
        if (type === 'kill') host?.kill()
        if (type === 'start') {
          const queues = lists[which % lists.length]
          const worker = queues === undefined ? {} : { queues }
          const started = createTestHost(simulation, `worker.${hosts.length + 1}`)
          hosts.push(started)
          started.start(
            library === 'resque'
              ? resqueWorker(resque, worker)
              : delayedJobWorker(delayedJob, worker),
          )
        }
        expectConserved(queue)
      }

      createTestHost(simulation, 'last').start(
        library === 'resque' ? resqueWorker(resque) : delayedJobWorker(delayedJob),
      )
      simulation.run(simulation.now + DAY_MS)
      expectConserved(queue)
      expect(queue.waiting + queue.running).toBe(0)
      expect(finished.size).toBe(queue.done + queue.failed)
      expect(new Set(finished.values())).toEqual(new Set(finished.size > 0 ? [1] : []))
      for (const host of hosts) if (host.exitStatus !== null) expect(host.alive).toBe(0)
    },
  )
  fc.assert(property, { numRuns: 300 })
})

test('delayed_job loses nothing, whatever is killed; resque retries nothing', () => {
  const simulation = createSimulation()
  expect(createDelayedJobQueue({ simulation }).lost).toBe(0)
  expect(createResqueQueue({ simulation }).retries).toBe(0)
})
