import type { AddOn, HttpRequest } from '@celadon/contracts'
import { expect, test } from 'vitest'
import { puma, thin, unicorn } from '../src/index.js'
import { createPort, TestPort } from './ports.js'
import { createTestApp, waitingRequest } from './test-app.js'

test.each([
  ['thin', thin({ backlog: 2 }), 1],
  ['unicorn 3', unicorn({ workers: 3, backlog: 2 }), 3],
  ['puma 5 2x2', puma({ version: '5', workers: 2, threads: 2, backlog: 2 }), 4],
])('%s: what exceeds slots and listen queue gets no answer', (_, program, slots) => {
  const app = createTestApp({ program })
  app.manifold.scale('web', 1, 'running')
  const port = createPort()
  const [dyno] = app.manifold.pool('web').backends
  const connections = Array.from({ length: slots + 4 }, (_, id) =>
    dyno?.connect(waitingRequest(id, 100), port),
  )
  const accepted = Array.from({ length: slots + 2 }, () => 'accepted')
  expect(connections).toEqual([...accepted, 'timeout', 'timeout'])
  const { busy, waiting } = app.manifold.processTypes[0]?.statistics ?? expect.unreachable()
  expect([busy.value, waiting.value]).toEqual([slots, 2])
  app.simulation.run()
  expect(port.heard).toHaveLength(slots + 2)
  expect(dyno?.connect(waitingRequest(99, 100), port)).toBe('accepted')
})

test('without a listen queue only what an idle thread takes is accepted', () => {
  const app = createTestApp({ program: thin({ backlog: 0 }) })
  app.manifold.scale('web', 1, 'running')
  const port = createPort()
  const [dyno] = app.manifold.pool('web').backends
  expect(dyno?.connect(waitingRequest(1, 100), port)).toBe('accepted')
  expect(dyno?.connect(waitingRequest(2, 100), port)).toBe('timeout')
})

test('requests are taken up in the order in which they were connected', () => {
  const app = createTestApp({ program: unicorn({ workers: 2 }) })
  app.manifold.scale('web', 1, 'running')
  const [dyno] = app.manifold.pool('web').backends
  const requests = [500, 100, 300, 100, 100].map((ms, id) => waitingRequest(id, ms))
  for (const request of requests) dyno?.connect(request, createPort())
  app.simulation.run()
  expect(requests.map(({ startedAt }) => startedAt)).toEqual([0, 0, 100, 400, 500])
  expect(requests.map(({ finishedAt }) => finishedAt)).toEqual([500, 100, 400, 500, 600])
})

test('a request that is connected in answer to another does not pass those that wait', () => {
  const app = createTestApp({ program: thin() })
  app.manifold.scale('web', 1, 'running')
  const [dyno] = app.manifold.pool('web').backends
  const late = waitingRequest(3, 100)
  const heard: number[] = []
  class EagerPort extends TestPort {
    override respond(request: HttpRequest): number {
      heard.push(request.id)
      if (request.id === 1) dyno?.connect(late, port)
      return 0
    }
  }
  const port = new EagerPort()
  dyno?.connect(waitingRequest(1, 100), port)
  dyno?.connect(waitingRequest(2, 100), port)
  app.simulation.run()
  expect(heard).toEqual([1, 2, 3])
  expect(late.startedAt).toBe(200)
})

test('a hundred thousand waiting requests can fail at one moment', () => {
  const full: AddOn = { configVars: {}, connect: () => 'FATAL: too many connections' }
  const app = createTestApp({
    program: thin({ backlog: 100_000 }),
    addOns: () => ({ DATABASE: full }),
  })
  app.manifold.scale('web', 1, 'running')
  const [dyno] = app.manifold.pool('web').backends
  const port = createPort()
  dyno?.connect(waitingRequest(0, 100), port)
  for (let id = 1; id <= 100_000; id += 1) {
    const request = waitingRequest(id, 100)
    request.work.steps = [{ type: 'call', share: 1, addOn: 'DATABASE', operations: 1 }]
    dyno?.connect(request, port)
  }
  app.simulation.run()
  expect(app.simulation.now).toBe(100)
  expect(port.heard).toHaveLength(100_001)
  expect(port.heard.at(-1)).toBe('#100000 500 1500')
})

test('puma 7 gives a request to the worker with the least under way', () => {
  const app = createTestApp({ program: puma({ workers: 2, threads: 2 }) })
  app.manifold.scale('web', 1, 'running')
  const [dyno] = app.manifold.pool('web').backends
  // Two requests that compute: on one worker they would take turns at its lock.
  const requests = [1, 2].map((id) => waitingRequest(id, 100))
  for (const request of requests) {
    request.work.steps = [{ type: 'cpu', share: 1 }]
    dyno?.connect(request, createPort())
  }
  app.simulation.run()
  // One core for two workers: both compute at half speed and end together.
  expect(requests.map(({ finishedAt }) => finishedAt)).toEqual([200, 200])
})

test('puma 7 accepts whatever comes; the requests wait on the worker that has accepted them', () => {
  const app = createTestApp({ program: puma({ workers: 2, threads: 1, backlog: 2 }) })
  app.manifold.scale('web', 1, 'running')
  const [dyno] = app.manifold.pool('web').backends
  const requests = [300, 100, 100, 100].map((ms, id) => waitingRequest(id, ms))
  const connections = requests.map((request) => dyno?.connect(request, createPort()))
  expect(connections).toEqual(requests.map(() => 'accepted'))
  app.simulation.run()
  // The third one was accepted by the first worker and waits for it, although the second is idle.
  expect(requests.map(({ startedAt }) => startedAt)).toEqual([0, 0, 300, 100])
})
