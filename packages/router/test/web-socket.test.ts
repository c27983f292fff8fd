// A WebSocket is one long exchange with status 101.
import type { WebSocketUse } from '@celadon/contracts'
import { describe, expect, test } from 'vitest'
import { type TestApp, testApp } from './test-app.js'

const NEVER = Number.POSITIVE_INFINITY
const SILENT: WebSocketUse = { lengthMs: NEVER, clientEveryMs: NEVER, dynoEveryMs: NEVER }

/** A WebSocket that began at 100 ms. */
function begun(use: Partial<WebSocketUse>): TestApp & { readonly request: TestApp['answered'][0] } {
  const app = testApp(['keep'])
  for (const dyno of app.dynos) dyno.keptUntil = 1e9
  const request = app.send({ webSocket: { ...SILENT, ...use }, patienceMs: 200_000 })
  app.simulation.run(100)
  app.dynos[0]?.ports[0]?.upgrade(request)
  return { ...app, request }
}

test('ends in order when the client closes it', () => {
  const { simulation, dynos, router, request } = begun({ lengthMs: 300_000, clientEveryMs: 55_000 })
  expect(request).toMatchObject({ status: 0, firstByteAt: 100 })
  simulation.run(300_099)
  expect(request.status).toBe(0)
  simulation.run(300_100)
  expect(request).toMatchObject({ status: 101, code: '', respondedAt: 300_100 })
  expect(dynos[0]?.disconnections).toEqual([request])
  expect(router.open).toBe(0)
})

describe('H15', () => {
  test.each([
    ['nobody says anything', {}],
    ['both say too little', { clientEveryMs: 55_001, dynoEveryMs: 60_000 }],
    ['it would have ended later', { lengthMs: 55_001 }],
  ])('after 55 s when %s', (_, use) => {
    const { simulation, dynos, request } = begun(use)
    simulation.run(55_099)
    expect(request.status).toBe(0)
    simulation.run(55_100)
    expect(request).toMatchObject({ code: 'H15', status: 503, respondedAt: 55_100 })
    expect(dynos[0]?.disconnections).toEqual([request])
  })

  test.each([
    ['the client speaks', { clientEveryMs: 55_000 }],
    ['the dyno speaks', { dynoEveryMs: 55_000 }],
    ['it ends before', { lengthMs: 55_000 }],
  ])('not when %s', (_, use) => {
    const { simulation, request } = begun(use)
    simulation.run(1_000_000)
    expect(request.code).toBe('')
  })
})

test('ends in order when the dyno does, and its connection is used up', () => {
  const { simulation, dynos, send, request } = begun({ dynoEveryMs: 1000 })
  simulation.run(70_000)
  expect(dynos[0]?.write(40)).toBe(0)
  dynos[0]?.answer()
  expect(request).toMatchObject({ status: 101, code: '', bytes: 140, respondedAt: 70_000 })
  expect(dynos[0]?.disconnections).toEqual([])
  send()
  expect(dynos[0]?.reused).toEqual([false, false])
})

test('H18: the dyno closes it', () => {
  const { simulation, dynos, request } = begun({ dynoEveryMs: 1000 })
  simulation.run(70_000)
  dynos[0]?.close()
  expect(request).toMatchObject({ code: 'H18', status: 503, respondedAt: 70_000 })
})

test('before the upgrade it is a request like any other', () => {
  const { simulation, send } = testApp(['keep'])
  const request = send({ webSocket: SILENT })
  simulation.run(30_000)
  expect(request).toMatchObject({ code: 'H12', respondedAt: 30_000 })
})

test('an upgrade that nobody asked for stops the run', () => {
  const { dynos, send } = testApp(['keep'])
  const request = send()
  expect(() => dynos[0]?.ports[0]?.upgrade(request)).toThrow(
    expect.objectContaining({ code: 'ROUTER_UPGRADE_UNASKED' }),
  )
})
