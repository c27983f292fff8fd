import type { Job } from '@celadon/contracts'
import { CeladonError, createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import {
  clock,
  createDelayedJobQueue,
  createResqueQueue,
  delayedJobWorker,
  resqueWorker,
} from '../src/index.js'
import { jobClass } from './test-host.js'

const simulation = createSimulation()
const delayedJob = createDelayedJobQueue({ simulation })
const resque = createResqueQueue({ simulation })
const enqueue = () => {}

test.each([
  ['maxAttempts', () => createDelayedJobQueue({ simulation, maxAttempts: 0 })],
  ['maxAttempts', () => createDelayedJobQueue({ simulation, maxAttempts: 2.5 })],
  ['maxRunTimeMs', () => createDelayedJobQueue({ simulation, maxRunTimeMs: 0 })],
  ['queues', () => delayedJobWorker(delayedJob, { queues: [] })],
  ['pollMs', () => delayedJobWorker(delayedJob, { pollMs: 0 })],
  ['bootMs', () => delayedJobWorker(delayedJob, { bootMs: -1 })],
  ['queues', () => resqueWorker(resque, { queues: ['a', ''] })],
  ['forkMs', () => resqueWorker(resque, { forkMs: Number.NaN })],
  ["everyMs of the clock entry 'x'", () => clock([{ name: 'x', everyMs: 1500, enqueue }])],
  ["everyMs of the clock entry 'x'", () => clock([{ name: 'x', everyMs: 0, enqueue }])],
])('%s outside of what it accepts is refused by name', (option, make) => {
  expect(make).toThrow(CeladonError)
  expect(make).toThrow(expect.objectContaining({ code: 'WORKERS_OPTION_INVALID' }))
  expect(make).toThrow(option)
})

test('two clock entries of one name are refused', () => {
  const entry = { name: 'x', everyMs: 1000, enqueue }
  expect(() => clock([entry, entry])).toThrow("Two clock entries are called 'x'.")
})

test('an attempt cannot end twice', () => {
  for (const queue of [createDelayedJobQueue({ simulation }), createResqueQueue({ simulation })]) {
    queue.enqueue(jobClass())
    queue.enqueue(jobClass())
    const [job] = [queue.reserve(['mailers']), queue.reserve(['mailers'])]
    queue.attemptEnded(job as Job)
    expect(() => queue.attemptEnded(job as Job)).toThrow(
      expect.objectContaining({ code: 'WORKERS_JOB_NOT_RUNNING' }),
    )
    expect(queue.running).toBe(1)
  }
})
