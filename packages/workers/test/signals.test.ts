import { createSimulation, type Simulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import {
  createDelayedJobQueue,
  createResqueQueue,
  delayedJobWorker,
  resqueWorker,
} from '../src/index.js'
import { createTestHost, jobClass } from './test-host.js'

const HOUR_MS = 3_600_000

function delayedJob(simulation: Simulation) {
  const begun: number[] = []
  const observer = { started: () => begun.push(simulation.now) }
  const queue = createDelayedJobQueue({ simulation, observer })
  const host = createTestHost(simulation)
  host.start(delayedJobWorker(queue))
  return { queue, host, begun }
}

function resque(simulation: Simulation) {
  const queue = createResqueQueue({ simulation })
  const host = createTestHost(simulation)
  host.start(resqueWorker(queue))
  return { queue, host }
}

test('delayed_job: TERM lets the job finish and takes no other one', () => {
  const simulation = createSimulation()
  const { queue, host } = delayedJob(simulation)
  queue.enqueue(jobClass({ demandMs: 20_000 }))
  queue.enqueue(jobClass())
  simulation.run(6000)
  host.terminate()
  host.terminate()
  simulation.run(HOUR_MS)
  expect(host).toMatchObject({ exitStatus: 0, exitedAt: 25_000 })
  expect(queue).toMatchObject({ done: 1, waiting: 1, running: 0 })
})

test('an idle worker of either library exits when its sleep is over', () => {
  for (const start of [delayedJob, resque]) {
    const simulation = createSimulation()
    const { host } = start(simulation)
    simulation.run(7000)
    host.terminate()
    simulation.run(HOUR_MS)
    expect(host).toMatchObject({ exitStatus: 0, exitedAt: 10_000 })
  }
})

test('delayed_job runs a job at least once: after SIGKILL again when its lock expires', () => {
  const simulation = createSimulation()
  const { queue, host, begun } = delayedJob(simulation)
  queue.enqueue(jobClass({ demandMs: 60_000 }))
  simulation.run(30_000)
  host.kill()
  const other = createTestHost(simulation, 'worker.2')
  other.start(delayedJobWorker(queue))
  simulation.run(4 * HOUR_MS)
  expect(queue).toMatchObject({ running: 1, waiting: 0, lost: 0 })
  simulation.run(5 * HOUR_MS)
  expect(queue).toMatchObject({ done: 1, running: 0, retries: 0 })
  // Taken at 5 s, so the lock expires at 4 h + 5 s; worker.2 polls at 30 s + n x 5 s.
  expect(begun).toEqual([5000, 4 * HOUR_MS + 5000])
})

test('resque runs a job at most once: SIGKILL of the dyno loses it', () => {
  const simulation = createSimulation()
  const { queue, host } = resque(simulation)
  queue.enqueue(jobClass({ demandMs: 60_000 }))
  simulation.run(30_000)
  host.kill()
  createTestHost(simulation, 'worker.2').start(resqueWorker(queue))
  simulation.run(24 * HOUR_MS)
  expect(queue).toMatchObject({ enqueued: 1, done: 0, failed: 0, lost: 1, running: 0 })
})

test('resque: TERM kills the child, and the job is on the failed list at once', () => {
  const simulation = createSimulation()
  const { queue, host } = resque(simulation)
  queue.enqueue(jobClass({ demandMs: 60_000 }))
  simulation.run(30_000)
  host.terminate()
  expect(host).toMatchObject({ exitStatus: 0, exitedAt: 30_000, alive: 0 })
  expect(queue).toMatchObject({ failed: 1, lost: 0, running: 0 })
  expect(host.lines.at(-1)).toMatch(/failed: #<Resque::DirtyExit: .*SIGKILL/)
  simulation.run(24 * HOUR_MS)
  expect(queue).toMatchObject({ done: 0, failed: 1 })
})

test('resque: a signal between taking a job and the fork is no different', () => {
  for (const [signal, counts] of [
    ['terminate', { failed: 1, lost: 0 }],
    ['kill', { failed: 0, lost: 1 }],
  ] as const) {
    const simulation = createSimulation()
    const { queue, host } = resque(simulation)
    queue.enqueue(jobClass())
    simulation.run(5005)
    host[signal]()
    simulation.run(HOUR_MS)
    expect(queue).toMatchObject({ ...counts, done: 0, running: 0 })
  }
})

test('resque forks: one child per job, gone when the job is done', () => {
  const simulation = createSimulation()
  const { queue, host } = resque(simulation)
  for (let count = 0; count < 3; count += 1) queue.enqueue(jobClass())
  simulation.run(5500)
  expect(host.alive).toBe(2)
  simulation.run(HOUR_MS)
  expect(host.processes).toHaveLength(4)
  expect(host.alive).toBe(1)
})
