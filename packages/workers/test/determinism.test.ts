import { createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import {
  createDelayedJobQueue,
  createResqueQueue,
  delayedJobWorker,
  resqueWorker,
} from '../src/index.js'
import { createTestHost, jobClass } from './test-host.js'

/** Log lines of a busy hour with failures, restarts and kills. */
function hour(seed: string): string[] {
  const simulation = createSimulation({ seed })
  const stream = simulation.stream('test')
  const queues = [createDelayedJobQueue({ simulation }), createResqueQueue({ simulation })] as const
  const lines: string[] = []
  for (let round = 0; round < 20; round += 1) {
    const hosts = ['worker.1', 'worker.2'].map((name) => createTestHost(simulation, name))
    hosts[0]?.start(delayedJobWorker(queues[0]))
    hosts[1]?.start(resqueWorker(queues[1]))
    for (let count = 0; count < 50; count += 1) {
      simulation.run(simulation.now + stream.exponential(3000))
      const demandMs = stream.exponential(2000)
      queues[stream.below(2)]?.enqueue(jobClass({ demandMs, failureRate: 0.2 }))
    }
    for (const host of hosts) {
      host[stream.below(2) === 0 ? 'kill' : 'terminate']()
      lines.push(...host.lines)
    }
  }
  return lines
}

test('the same seed gives the same log, another seed another one', () => {
  expect(hour('a')).toEqual(hour('a'))
  expect(hour('a')).not.toEqual(hour('b'))
})
