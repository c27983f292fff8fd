import { expect, test } from 'vitest'
import { singleThreaded, unicorn } from '../src/index.js'
import { createPort } from './ports.js'
import { createTestApp, waitingRequest } from './test-app.js'

test('the load of a dyno counts what waits and what is under way', () => {
  const app = createTestApp({ program: unicorn({ workers: 2, backlog: 1 }) })
  app.manifold.scale('web', 1, 'running')
  const backend = app.manifold.pool('web').backends[0] ?? expect.unreachable()
  const port = createPort()
  expect([backend.load, backend.slots]).toEqual([0, 2])
  const loads: (number | undefined)[] = []
  const unwatch = backend.watchLoad?.(() => loads.push(backend.load))
  for (const [id, ms] of [1000, 2000, 3000].entries()) {
    backend.connect(waitingRequest(id, ms), port)
  }
  expect(backend.load).toBe(3)
  expect(backend.connect(waitingRequest(4, 1), port)).toBe('timeout')
  expect(backend.load).toBe(3)
  app.simulation.run(2500)
  expect(loads).toEqual([2, 1])
  unwatch?.()
  app.simulation.run()
  expect(loads).toEqual([2, 1])
  expect(backend.load).toBe(0)
})

test('whoever hears of it can connect at once', () => {
  const app = createTestApp({ program: singleThreaded({ backlog: 1 }) })
  app.manifold.scale('web', 1, 'running')
  const backend = app.manifold.pool('web').backends[0] ?? expect.unreachable()
  const port = createPort()
  const connections: string[] = []
  const unwatch = backend.watchLoad?.(() => {
    unwatch?.()
    connections.push(backend.connect(waitingRequest(2, 500), port))
  })
  backend.connect(waitingRequest(1, 500), port)
  app.simulation.run()
  expect(connections).toEqual(['accepted'])
  expect(port.heard).toEqual(['#1 200 2048', '#2 200 2048'])
  expect(app.simulation.now).toBe(1000)
})

test('a dyno that has ended has no load', () => {
  const app = createTestApp({ program: singleThreaded() })
  app.manifold.scale('web', 1, 'running')
  const backend = app.manifold.pool('web').backends[0] ?? expect.unreachable()
  const port = createPort()
  for (const id of [1, 2, 3]) backend.connect(waitingRequest(id, 1000), port)
  app.manifold.crash('web.1')
  expect(backend.load).toBe(0)
  expect(port.heard).toHaveLength(3)
})
