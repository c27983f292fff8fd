import type { AddOn, AddOnCall, Step } from '@celadon/contracts'
import { expect, test } from 'vitest'
import { puma } from '../src/index.js'
import { createPort } from './ports.js'
import { createTestApp, type TestApp, waitingRequest } from './test-app.js'

const CALL: readonly Step[] = [{ type: 'call', share: 1, addOn: 'DATABASE', operations: 3 }]

/** An app with one dyno and a database that serves every call at once and allows `limit` connections. */
function appWithDatabase(limit: number) {
  const openedAt: number[] = []
  const closed: number[] = []
  let open = 0
  const app = createTestApp({
    program: puma({ workers: 2, threads: 2 }),
    addOns: (simulation) => ({
      DATABASE: {
        configVars: {},
        connect() {
          if (open === limit) return 'FATAL: too many connections for role "celadon"'
          open += 1
          openedAt.push(simulation.now)
          return null
        },
        disconnect(count) {
          open -= count
          closed.push(count)
        },
        call: (call) => simulation.schedule(call.demandMs, finish, call),
      },
    }),
  })
  app.manifold.scale('web', 1, 'running')
  return { app, openedAt, closed }
}

function finish(call: AddOnCall): void {
  call.finish()
}

function send(app: TestApp, ids: readonly number[], port = createPort()) {
  const requests = ids.map((id) => waitingRequest(id, 100))
  for (const request of requests) {
    request.work.steps = CALL
    app.manifold.pool('web').backends[0]?.connect(request, port)
  }
  return { requests, port }
}

test('a process opens a connection when a thread needs one and keeps it', () => {
  const { app, openedAt, closed } = appWithDatabase(100)
  send(app, [1, 2])
  app.simulation.run()
  expect(openedAt).toEqual([0, 0])
  send(app, [3, 4, 5, 6, 7, 8, 9])
  app.simulation.run()
  // Two workers with two threads each never need more than four.
  expect(openedAt).toEqual([0, 0, 100, 100])
  expect(closed).toEqual([])
})

test('connections are closed when their process ends, each once', () => {
  const { app, closed } = appWithDatabase(100)
  send(app, [1, 2, 3, 4])
  app.simulation.run(50)
  app.manifold.crash('web.1')
  expect(closed).toEqual([2, 2])
  app.simulation.run()
  expect(closed).toEqual([2, 2])
})

test('a call whose process died is over for everybody but the add-on', () => {
  const { app } = appWithDatabase(100)
  const { port, requests } = send(app, [1])
  app.simulation.run(50)
  app.manifold.crash('web.1')
  expect(port.heard).toEqual(['#1 closed'])
  app.simulation.run()
  expect(port.heard).toEqual(['#1 closed'])
  expect(requests[0]?.finishedAt).toBe(-1)
})

test('a refused connection fails the request with the message that the client raises', () => {
  const { app, openedAt } = appWithDatabase(3)
  const { port, requests } = send(app, [1, 2, 3, 4])
  expect(port.heard).toEqual(['#4 500 1500'])
  expect(requests[3]?.work.error).toBe('FATAL: too many connections for role "celadon"')
  expect(requests[3]?.finishedAt).toBe(0)
  app.simulation.run()
  expect(port.heard.slice(1)).toEqual(['#1 200 2048', '#2 200 2048', '#3 200 2048'])
  const again = send(app, [5])
  app.simulation.run()
  expect(again.port.heard).toEqual(['#5 200 2048'])
  expect(openedAt).toHaveLength(3)
})

test('a call that ends with an error fails the request and skips the rest of its steps', () => {
  const failing: AddOn = {
    configVars: {},
    call: (call) => call.finish('PG::QueryCanceled: canceling statement'),
  }
  const app = createTestApp({ addOns: () => ({ DATABASE: failing }) })
  app.manifold.scale('web', 1, 'running')
  const request = waitingRequest(1, 100)
  request.work.steps = [
    { type: 'wait', share: 0.3 },
    { type: 'call', share: 0.3, addOn: 'DATABASE', operations: 1 },
    { type: 'cpu', share: 0.4 },
  ]
  const port = createPort()
  app.manifold.pool('web').backends[0]?.connect(request, port)
  app.simulation.run()
  expect(port.heard).toEqual(['#1 500 1500'])
  expect(request.work.error).toBe('PG::QueryCanceled: canceling statement')
  expect(request.finishedAt).toBe(30)
})

test('an add-on that nobody calls takes no time', () => {
  const app = createTestApp({ addOns: () => ({ DATABASE: { configVars: {} } }) })
  app.manifold.scale('web', 1, 'running')
  const { port } = send(app, [1])
  expect(port.heard).toEqual(['#1 200 2048'])
})
