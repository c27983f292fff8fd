// Connections to dynos: a new one costs a handshake; with Router 2.0 it may be used again, which costs
// nothing, unless the dyno closes it at that very moment.
import { describe, expect, test } from 'vitest'
import { chooseBy } from './choose-by.js'
import { type TestApp, testApp } from './test-app.js'

const FOREVER = 1e9

/** One dyno that keeps connections alive until then. */
function keepingApp(keptUntil: number, settings = {}): TestApp {
  const app = testApp(['keep'], { settings: { handshakeMs: 1, ...settings } })
  for (const dyno of app.dynos) dyno.keptUntil = keptUntil
  return app
}

/** Answers a first request at 100 ms, which leaves one idle connection. */
function leaveIdle({ simulation, dynos, send }: TestApp): void {
  send()
  simulation.run(100)
  dynos[0]?.answer()
}

test('a new connection costs a handshake, during which the dyno knows nothing', () => {
  const { simulation, dynos, send } = keepingApp(-1)
  simulation.run(10)
  const request = send()
  expect(dynos[0]?.attempts).toBe(0)
  simulation.run(11)
  expect(dynos[0]?.reused).toEqual([false])
  expect(request).toMatchObject({ dyno: 'web.1', dispatchedAt: 10, connectMs: 1 })
  simulation.run(30)
  dynos[0]?.answer()
  expect(request).toMatchObject({ status: 200, firstByteAt: 30, respondedAt: 30 })
})

test('a connection that was kept alive costs nothing', () => {
  const app = keepingApp(FOREVER)
  leaveIdle(app)
  const request = app.send()
  expect(request).toMatchObject({ dyno: 'web.1', dispatchedAt: 100, connectMs: 0 })
  expect(app.dynos[0]?.reused).toEqual([false, true])
  expect(new Set(app.dynos[0]?.ports).size).toBe(1)
})

test.each(['bamboo-2010', 'cedar-2012', 'common-runtime-2019'] as const)(
  '%s: one request for each connection, whatever the dyno wants',
  (generation) => {
    const { dynos, send, simulation } = testApp(['answer'], {
      generation,
      settings: { handshakeMs: 1 },
    })
    for (const dyno of dynos) dyno.keptUntil = FOREVER
    for (let count = 0; count < 5; count += 1) {
      const request = send()
      simulation.run(simulation.now + 10)
      expect(request).toMatchObject({ status: 200, connectMs: 1 })
    }
    expect(dynos[0]?.reused).toEqual(new Array(5).fill(false))
    expect(dynos[0]?.ports.some(({ keepAlive }) => keepAlive)).toBe(false)
    expect(dynos[0]?.ports.every(({ keptUntil }) => keptUntil === -1)).toBe(true)
  },
)

test('the connection that was used last is used first; others come when it is taken', () => {
  const { simulation, dynos, send } = keepingApp(FOREVER)
  send()
  send()
  simulation.run(1)
  const [first, second] = dynos[0]?.ports ?? []
  dynos[0]?.answer()
  dynos[0]?.answer()
  send()
  send()
  send()
  expect(dynos[0]?.ports.slice(2)).toEqual([second, first])
  simulation.run(2)
  expect(dynos[0]?.reused).toEqual([false, false, true, true, false])
})

test('connections are not shared between instances', () => {
  const { dynos, send, simulation } = testApp(['answer'], { settings: { instances: 3 } })
  for (const dyno of dynos) dyno.keptUntil = FOREVER
  const seen = new Map<number, unknown>()
  for (let count = 0; count < 50; count += 1) {
    const { routerIndex } = send()
    simulation.run(simulation.now + 1)
    const port = dynos[0]?.ports.at(-1)
    expect(seen.get(routerIndex) ?? port).toBe(port)
    seen.set(routerIndex, port)
  }
  expect(new Set(seen.values()).size).toBe(3)
})

describe('an idle connection', () => {
  test.each([
    [90_099.999, true],
    [90_100, false],
  ])('is closed by the router after 90 s: at %d ms reused is %s', (atMs, reused) => {
    const app = keepingApp(FOREVER)
    leaveIdle(app)
    app.simulation.run(atMs)
    app.send()
    app.simulation.run(atMs + 1)
    expect(app.dynos[0]?.reused).toEqual([false, reused])
    expect(app.dynos[0]?.ports[0]?.keptUntil).toBe(-1)
  })

  // The dyno closes it at 5000 ms. A request takes half a round trip to get there, and so does the
  // news to the router.
  test.each([
    [4999.5, 'reused'],
    [4999.51, 'lost'],
    [5000.49, 'lost'],
    [5000.5, 'new'],
  ])('that the dyno closes at 5000 ms is at %d ms %s', (atMs, what) => {
    const app = keepingApp(5000)
    leaveIdle(app)
    app.simulation.run(atMs)
    const request = app.send()
    expect(app.dynos[0]?.reused).toEqual(what === 'reused' ? [false, true] : [false])
    expect(request.code).toBe(what === 'lost' ? 'H13' : '')
    if (what === 'lost') {
      expect(request).toMatchObject({ status: 503, dyno: 'web.1', connectMs: 0, firstByteAt: -1 })
    }
    app.simulation.run(atMs + 10)
    expect(app.dynos[0]?.reused).toHaveLength(what === 'lost' ? 1 : 2)
  })

  test('is forgotten when its dyno leaves the pool', () => {
    const app = keepingApp(FOREVER)
    leaveIdle(app)
    const { pool, dynos, send, simulation } = app
    pool.change('starting')
    expect(dynos[0]?.ports[0]?.keptUntil).toBe(-1)
    pool.change('up', dynos)
    send()
    simulation.run(200)
    expect(dynos[0]?.reused).toEqual([false, false])
  })

  test('of a dyno that has closed all gives way to a new one, which tells whether it listens', () => {
    const { simulation, dynos, send } = testApp(['keep', 'keep'], {
      policy: chooseBy(() => 0),
      settings: { handshakeMs: 1 },
    })
    for (const dyno of dynos) dyno.keptUntil = FOREVER
    send()
    send()
    simulation.run(100)
    dynos[0]?.answer()
    dynos[0]?.answer()
    if (dynos[0] !== undefined) dynos[0].manner = 'refuse'
    const request = send()
    simulation.run(200)
    expect(dynos[0]?.reused).toEqual([false, false, true, false])
    expect(dynos[0]?.ports.every(({ keptUntil }) => keptUntil === -1)).toBe(true)
    expect(request).toMatchObject({ dyno: 'web.2', dispatchedAt: 100, connectMs: 2 })
  })
})

describe('a connection is not used again', () => {
  test('when the dyno has closed it', () => {
    const { simulation, dynos, send } = keepingApp(FOREVER)
    send()
    simulation.run(100)
    dynos[0]?.close()
    send()
    simulation.run(200)
    expect(dynos[0]?.reused).toEqual([false, false])
  })

  test('when its request ended as H12, even if the dyno answers and keeps it', () => {
    const { simulation, dynos, send } = keepingApp(FOREVER)
    const request = send()
    simulation.run(40_000)
    expect(request.code).toBe('H12')
    expect(dynos[0]?.disconnections).toEqual([request])
    dynos[0]?.answer()
    expect(dynos[0]?.ports[0]?.keptUntil).toBe(-1)
    send()
    simulation.run(40_010)
    expect(dynos[0]?.reused).toEqual([false, false])
  })

  test('when its dyno has left the pool meanwhile', () => {
    const { simulation, pool, dynos, send } = keepingApp(FOREVER)
    const request = send()
    simulation.run(100)
    pool.change('starting')
    dynos[0]?.answer()
    expect(request.status).toBe(200)
    expect(dynos[0]?.ports[0]?.keptUntil).toBe(-1)
  })

  test('when it was kept for no time at all', () => {
    const app = keepingApp(100)
    leaveIdle(app)
    app.send()
    app.simulation.run(101)
    expect(app.dynos[0]?.reused).toEqual([false, false])
  })
})

test('refused and unanswered handshakes take their time', () => {
  const { simulation, send } = testApp(['refuse'], { settings: { handshakeMs: 3 } })
  const refused = send()
  simulation.run(3)
  expect(refused).toMatchObject({ code: 'H21', connectMs: 3, respondedAt: 3 })
  const { simulation: other, send: sendOther } = testApp(['ignore'], {
    settings: { handshakeMs: 3 },
  })
  const ignored = sendOther()
  other.run(4999)
  expect(ignored.status).toBe(0)
  other.run(5000)
  expect(ignored).toMatchObject({ code: 'H19', connectMs: 5000, respondedAt: 5000 })
})
