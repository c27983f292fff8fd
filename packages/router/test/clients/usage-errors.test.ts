import { constant, createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import {
  closedLoop,
  hedging,
  type RequestMix,
  type RetryingOptions,
  retrying,
} from '../../src/index.js'
import { testMix } from './test-mix.js'
import { TestTarget } from './test-target.js'

const simulation = createSimulation()
const mix: RequestMix = testMix(simulation)
const target = new TestTarget(simulation, () => null)
const endpoint = { method: 'GET', path: '/', responseBytes: 0 }
const demandMs = constant(1)

function retry(options: Partial<RetryingOptions>): () => unknown {
  const backOff = { firstMs: 1 }
  return () => retrying({ simulation, pool: mix.pool, target, backOff, ...options })
}

function hedge(afterMs: number, hedgesMax: number): () => unknown {
  return () => hedging({ simulation, pool: mix.pool, target, afterMs, hedgesMax })
}

function users(...points: readonly (readonly [atMs: number, users: number])[]): () => unknown {
  return () =>
    closedLoop({
      simulation,
      mix,
      target,
      users: points.map(([atMs, count]) => ({ atMs, users: count })),
    })
}

test.each([
  [() => testMix(simulation, demandMs, { parts: [] }), 'parts must be a list of at least one'],
  [
    () => testMix(simulation, demandMs, { parts: [{ endpoint, demandMs, weight: -1 }] }),
    'parts[0].weight must be a finite number of at least 0, but was -1',
  ],
  [
    () => testMix(simulation, demandMs, { parts: [{ endpoint, demandMs, weight: 0 }] }),
    'parts must be of a weight above 0 in all, but was 0',
  ],
  [
    () => testMix(simulation, demandMs, { sessions: 0.5 }),
    'sessions must be a whole number of at least 0, but was 0.5',
  ],
  [retry({ attemptsMax: 0 }), 'attemptsMax must be a whole number of at least 1, but was 0'],
  [
    retry({ backOff: { firstMs: -1 } }),
    'backOff.firstMs must be a number of milliseconds, 0 or more',
  ],
  [
    retry({ backOff: { firstMs: 1, factor: 0.5 } }),
    'backOff.factor must be a finite number of at least 1',
  ],
  [retry({ backOff: { firstMs: 1, maxMs: -1 } }), 'backOff.maxMs must be a number of milliseconds'],
  [retry({ backOff: { firstMs: 1, jitter: 2 } }), 'backOff.jitter must be a number from 0 to 1'],
  [retry({ budget: { ratio: -1 } }), 'budget.ratio must be a finite number of at least 0'],
  [retry({ budget: { ratio: 1, burst: Infinity } }), 'budget.burst must be a finite number'],
  [hedge(-1, 1), 'afterMs must be a number of milliseconds, 0 or more, but was -1'],
  [hedge(1, 0), 'hedgesMax must be a whole number of at least 1, but was 0'],
  [users(), 'users must be at least one point, but was an empty list'],
  [users([0, 1.5]), 'users[0].users must be a whole number of at least 0, but was 1.5'],
  [users([5, 1], [4, 2]), 'users[1].atMs must be a time from 5 ms on, but was 4'],
])('%# is refused', (make, message) => {
  expect(make).toThrow(expect.objectContaining({ code: 'ROUTER_CLIENT_INVALID' }))
  expect(make).toThrow(message)
})
