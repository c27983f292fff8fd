import { expect, test } from 'vitest'
import { createPort } from './ports.js'
import { createTestApp, puppet, waitingRequest } from './test-app.js'

test('the pool tells why there are backends or none', () => {
  const app = createTestApp()
  const pool = app.manifold.pool('web')
  const seen: string[] = []
  const unwatch = pool.watch(() => {
    const state = `${pool.status} ${pool.backends.map(({ name }) => name).join(' ')}`.trim()
    if (state !== seen.at(-1)) seen.push(state)
  })
  expect(pool.status).toBe('none')
  app.manifold.scale('web', 2)
  app.simulation.run(10_000)
  app.manifold.crash('web.1')
  app.manifold.crash('web.2')
  app.simulation.run(20_000)
  app.manifold.crash('web.1')
  app.manifold.crash('web.2')
  app.simulation.run(3_600_000)
  app.manifold.scale('web', 0)
  unwatch()
  app.manifold.scale('web', 1)
  expect(seen).toEqual([
    'starting',
    'up web.1',
    'up web.1 web.2',
    'up web.2',
    'crashed',
    'starting',
    'up web.1',
    'up web.1 web.2',
    'up web.2',
    'crashed',
    'starting',
    'up web.1',
    'up web.1 web.2',
    'up web.1',
    'none',
  ])
})

test('the list of backends is replaced, never changed', () => {
  const app = createTestApp()
  const pool = app.manifold.pool('web')
  app.manifold.scale('web', 2, 'running')
  const before = pool.backends
  app.manifold.scale('web', 1)
  expect(before).toHaveLength(2)
  expect(pool.backends).toHaveLength(1)
})

test('whoever watches can connect at once to a dyno that comes up', () => {
  const app = createTestApp()
  const pool = app.manifold.pool('web')
  const port = createPort()
  const connections: (string | undefined)[] = []
  app.manifold.scale('web', 1)
  pool.watch(() => {
    if (pool.status !== 'up') return
    connections.push(pool.backends[0]?.connect(waitingRequest(1, 100), port))
  })
  app.simulation.run()
  expect(connections).toEqual(['accepted'])
  expect(port.heard).toEqual(['#1 200 2048'])
})

test('a dyno refuses connections until it is up, and again when it stops', () => {
  const app = createTestApp()
  app.manifold.scale('web', 1)
  const [dyno] = app.manifold.processTypes[0]?.dynos ?? []
  const port = createPort()
  const connect = (id: number) => dyno?.connect(waitingRequest(id, 20_000), port)
  expect(connect(1)).toBe('refused')
  app.simulation.run(6999)
  expect(connect(2)).toBe('refused')
  app.simulation.run(7000)
  expect(connect(3)).toBe('accepted')
  app.manifold.restart()
  expect(connect(4)).toBe('refused')
  app.simulation.run()
  expect(connect(5)).toBe('refused')
  expect(port.heard).toEqual(['#3 200 2048'])
})

test('a dyno whose program does not serve HTTP refuses connections', () => {
  const app = createTestApp({ program: puppet().program })
  app.manifold.scale('web', 1, 'running')
  const connection = app.manifold
    .pool('web')
    .backends[0]?.connect(waitingRequest(1, 1), createPort())
  expect(connection).toBe('refused')
  expect(app.manifold.processTypes[0]?.statistics.waiting.value).toBe(0)
})
