import { createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { createDelayedJobQueue, delayedJobWorker } from '../src/index.js'
import { createTestHost, jobClass } from './test-host.js'

const POLL_MS = 5000
const MONTH_MS = 30 * 86_400_000

/** Times at which the attempts of a job that always fails begin and its fate, with one worker. */
function attemptsOfDoomedJob(maxAttempts?: number) {
  const simulation = createSimulation()
  const begun: number[] = []
  const queue = createDelayedJobQueue({
    simulation,
    observer: { started: () => begun.push(simulation.now) },
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  })
  const host = createTestHost(simulation)
  host.start(delayedJobWorker(queue))
  queue.enqueue(jobClass({ failureRate: 1, demandMs: 100 }))
  simulation.run(MONTH_MS)
  return { begun, queue, lines: host.lines }
}

test('the pause before attempt n + 1 is n^4 + 5 seconds, rounded up to the next poll', () => {
  const { begun } = attemptsOfDoomedJob()
  expect(begun).toHaveLength(25)
  for (let attempts = 1; attempts < 25; attempts += 1) {
    const endedAt = (begun[attempts - 1] ?? 0) + 100
    const dueAt = endedAt + (attempts ** 4 + 5) * 1000
    // The worker slept from the end of the failed attempt on, and polls every 5 seconds.
    const polls = Math.ceil((dueAt - endedAt) / POLL_MS)
    expect(begun[attempts]).toBeCloseTo(endedAt + polls * POLL_MS, 3)
  }
})

test('a job is given up after 25 attempts, some 20 days later', () => {
  const { begun, queue, lines } = attemptsOfDoomedJob()
  const days = ((begun.at(-1) ?? 0) - (begun[0] ?? 0)) / 86_400_000
  expect(days).toBeGreaterThan(20)
  expect(days).toBeLessThan(21)
  expect(queue).toMatchObject({ enqueued: 1, failed: 1, waiting: 0, running: 0, retries: 24 })
  expect(lines.at(-2)).toMatch(/FAILED permanently because of 25 consecutive failures$/)
})

test('maxAttempts changes how often', () => {
  const { begun, queue } = attemptsOfDoomedJob(3)
  expect(begun).toHaveLength(3)
  expect(queue).toMatchObject({ failed: 1, retries: 2 })
})

test('failureRate is the share of attempts that raise', () => {
  const simulation = createSimulation({ seed: 'share' })
  const queue = createDelayedJobQueue({ simulation })
  const host = createTestHost(simulation)
  host.quiet = true
  host.start(delayedJobWorker(queue))
  const jobs = 20_000
  const flaky = jobClass({ failureRate: 0.3, demandMs: 1 })
  for (let count = 0; count < jobs; count += 1) queue.enqueue(flaky)
  simulation.run(MONTH_MS)
  expect(queue.done).toBe(jobs)
  // Each job needs a geometric number of attempts: mean 0.3 / 0.7 failures, variance 0.3 / 0.7^2.
  const deviation = Math.sqrt((jobs * 0.3) / 0.7 ** 2)
  expect(Math.abs(queue.retries - (jobs * 0.3) / 0.7)).toBeLessThan(4 * deviation)
})
