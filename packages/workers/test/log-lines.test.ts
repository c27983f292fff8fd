import { createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import {
  createDelayedJobQueue,
  createResqueQueue,
  delayedJobWorker,
  resqueWorker,
} from '../src/index.js'
import { createTestHost, jobClass } from './test-host.js'

test('delayed_job writes what its worker writes', () => {
  const simulation = createSimulation()
  const queue = createDelayedJobQueue({ simulation, maxAttempts: 2 })
  const host = createTestHost(simulation)
  queue.enqueue(jobClass({ demandMs: 22.1 }))
  queue.enqueue(jobClass({ name: 'ImportJob', demandMs: 500, failureRate: 1 }))
  host.start(delayedJobWorker(queue))
  simulation.run(15_000)
  host.terminate()
  simulation.run(60_000)
  expect(host.lines).toEqual([
    '0 [Worker(host:worker.1 pid:4)] Starting job worker',
    '0 [Worker(host:worker.1 pid:4)] Job ReceiptMailer (id=1) RUNNING',
    '0.0221 [Worker(host:worker.1 pid:4)] Job ReceiptMailer (id=1) COMPLETED after 0.0221',
    '0.0221 [Worker(host:worker.1 pid:4)] Job ImportJob (id=2) RUNNING',
    '0.5221 [Worker(host:worker.1 pid:4)] Job ImportJob (id=2) FAILED (0 prior attempts) with RuntimeError: ImportJob failed',
    '0.5221 [Worker(host:worker.1 pid:4)] 2 jobs processed at 3.8307 j/s, 1 failed',
    '10.5221 [Worker(host:worker.1 pid:4)] Job ImportJob (id=2) RUNNING',
    '11.0221 [Worker(host:worker.1 pid:4)] Job ImportJob (id=2) FAILED (1 prior attempts) with RuntimeError: ImportJob failed',
    '11.0221 [Worker(host:worker.1 pid:4)] Job ImportJob (id=2) FAILED permanently because of 2 consecutive failures',
    '11.0221 [Worker(host:worker.1 pid:4)] 1 jobs processed at 2.0000 j/s, 1 failed',
    '15 [Worker(host:worker.1 pid:4)] Exiting...',
  ])
  expect(host.exitedAt).toBe(16_022.1)
})

test('delayed_job reports a pass after 100 jobs', () => {
  const simulation = createSimulation()
  const queue = createDelayedJobQueue({ simulation })
  const host = createTestHost(simulation)
  for (let count = 0; count < 250; count += 1) queue.enqueue(jobClass({ demandMs: 10 }))
  host.start(delayedJobWorker(queue))
  simulation.run(60_000)
  expect(host.lines.filter((line) => line.includes('processed'))).toEqual([
    '1 [Worker(host:worker.1 pid:4)] 100 jobs processed at 100.0000 j/s, 0 failed',
    '2 [Worker(host:worker.1 pid:4)] 100 jobs processed at 100.0000 j/s, 0 failed',
    '2.5 [Worker(host:worker.1 pid:4)] 50 jobs processed at 100.0000 j/s, 0 failed',
  ])
})

test('resque writes what it writes with VERBOSE=1', () => {
  const simulation = createSimulation()
  const queue = createResqueQueue({ simulation })
  const host = createTestHost(simulation)
  queue.enqueue(jobClass())
  queue.enqueue(jobClass({ name: 'ImportJob', queue: 'imports', failureRate: 1 }))
  host.start(resqueWorker(queue, { queues: ['mailers', 'imports'] }))
  simulation.run(60_000)
  expect(host.lines).toEqual([
    '0 *** Starting worker worker.1:4:mailers,imports',
    '0 *** got: (Job{mailers} | ReceiptMailer | [1])',
    '1.01 *** done: (Job{mailers} | ReceiptMailer | [1])',
    '1.01 *** got: (Job{imports} | ImportJob | [2])',
    '2.02 *** (Job{imports} | ImportJob | [2]) failed: #<RuntimeError: ImportJob failed>',
  ])
})

test('an error of the work itself is kept in its own words', () => {
  const simulation = createSimulation()
  const queue = createDelayedJobQueue({ simulation })
  const host = createTestHost(simulation)
  host.refusal = 'PG::ConnectionBad: FATAL: sorry'
  queue.enqueue(jobClass())
  host.start(delayedJobWorker(queue))
  expect(host.lines.slice(2)).toEqual([
    '0 [Worker(host:worker.1 pid:4)] Job ReceiptMailer (id=1) FAILED (0 prior attempts) with PG::ConnectionBad: FATAL: sorry',
    '0 [Worker(host:worker.1 pid:4)] 1 jobs processed at Inf j/s, 1 failed',
  ])
})
