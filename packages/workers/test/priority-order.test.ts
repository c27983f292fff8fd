import type { Job } from '@celadon/contracts'
import { createSimulation } from '@celadon/kernel'
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
const job = fc.record({
  afterMs: fc.integer({ min: 0, max: 3000 }),
  priority: fc.integer({ min: -2, max: 2 }),
  queue: fc.constantFrom('a', 'b', 'c'),
})

test('delayed_job takes the waiting job of lowest priority number, then the oldest', () => {
  const property = fc.property(fc.array(job, { maxLength: 50 }), (jobs) => {
    const simulation = createSimulation()
    const waiting: Job[] = []
    const queue = createDelayedJobQueue({
      simulation,
      observer: {
        started(taken) {
          const known = waiting.sort(
            (a, b) => a.jobClass.priority - b.jobClass.priority || a.id - b.id,
          )
          expect(taken.id).toBe(known[0]?.id)
          waiting.shift()
        },
      },
    })
    const host = createTestHost(simulation)
    host.start(delayedJobWorker(queue))
    for (const { afterMs, priority, queue: name } of jobs) {
      simulation.run(simulation.now + afterMs)
      const enqueued = jobClass({ priority, queue: name })
      waiting.push({ id: queue.enqueued + 1, jobClass: enqueued } as Job)
      queue.enqueue(enqueued)
    }
    simulation.run(HOUR_MS)
    expect(waiting).toEqual([])
    expect(queue.done).toBe(jobs.length)
  })
  fc.assert(property)
})

test('a job that waits for its retry lets others of a higher number pass', () => {
  const simulation = createSimulation()
  const order: string[] = []
  const queue = createDelayedJobQueue({
    simulation,
    observer: { started: ({ jobClass: { name } }) => order.push(name) },
  })
  queue.enqueue(jobClass({ name: 'Urgent', priority: 0, failureRate: 1 }))
  queue.enqueue(jobClass({ name: 'Idle', priority: 9 }))
  createTestHost(simulation).start(delayedJobWorker(queue))
  simulation.run(60_000)
  expect(order).toEqual(['Urgent', 'Idle', 'Urgent', 'Urgent'])
})

test('a delayed_job worker leaves the jobs of other queues alone', () => {
  const simulation = createSimulation()
  const queue = createDelayedJobQueue({ simulation })
  for (const name of ['a', 'b', 'a', 'c']) queue.enqueue(jobClass({ queue: name }))
  createTestHost(simulation).start(delayedJobWorker(queue, { queues: ['a', 'c'] }))
  simulation.run(HOUR_MS)
  expect(queue).toMatchObject({ done: 3, waiting: 1 })
})

test('resque empties its lists in the order in which they are named, * in alphabetical order', () => {
  const order = (queues: readonly string[]) => {
    const simulation = createSimulation()
    const taken: string[] = []
    const queue = createResqueQueue({
      simulation,
      observer: { started: ({ id, jobClass: { queue: name } }) => taken.push(`${name}${id}`) },
    })
    for (const name of ['c', 'a', 'b', 'a', 'c']) queue.enqueue(jobClass({ queue: name }))
    createTestHost(simulation).start(resqueWorker(queue, { queues }))
    simulation.run(HOUR_MS)
    return taken.join(' ')
  }
  expect(order(['b', 'a', 'c'])).toBe('b3 a2 a4 c1 c5')
  expect(order(['*'])).toBe('a2 a4 b3 c1 c5')
  expect(order(['c', '*'])).toBe('c1 c5 a2 a4 b3')
  expect(order(['b'])).toBe('b3')
})

test('a long list stays in order while it grows', () => {
  const simulation = createSimulation()
  const taken: number[] = []
  const queue = createResqueQueue({
    simulation,
    observer: { started: ({ id }) => taken.push(id) },
  })
  createTestHost(simulation).start(resqueWorker(queue, { forkMs: 0, pollMs: 1 }))
  for (let count = 0; count < 1000; count += 1) {
    simulation.run(count)
    queue.enqueue(jobClass({ demandMs: 3 }))
  }
  simulation.run(HOUR_MS)
  expect(taken).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1))
})

test('a job of an earlier list that comes later goes first', () => {
  const simulation = createSimulation()
  const taken: string[] = []
  const queue = createResqueQueue({
    simulation,
    observer: { started: ({ jobClass: { queue: name } }) => taken.push(name) },
  })
  for (let count = 0; count < 3; count += 1) queue.enqueue(jobClass({ queue: 'low' }))
  createTestHost(simulation).start(resqueWorker(queue, { queues: ['high', 'low'] }))
  simulation.run(1500)
  queue.enqueue(jobClass({ queue: 'high' }))
  simulation.run(HOUR_MS)
  expect(taken).toEqual(['low', 'low', 'high', 'low'])
})
