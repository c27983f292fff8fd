// H27: the client goes away. The router closes its side; a dyno that has the request works on.
import { UNLIMITED_LINK } from '@celadon/contracts'
import { describe, expect, test } from 'vitest'
import { testApp } from './test-app.js'

const left = { code: 'H27', status: 499, respondedAt: 4000 }
const patienceMs = 4000

test('while a dyno has its request, which it finishes for nobody', () => {
  const { simulation, dynos, router, answered, send } = testApp(['keep'])
  for (const dyno of dynos) dyno.keptUntil = 1e9
  const request = send({ patienceMs })
  simulation.run(3999)
  expect(request.status).toBe(0)
  simulation.run(5000)
  expect(request).toMatchObject({ ...left, dyno: 'web.1', bytes: 0 })
  expect(dynos[0]?.disconnections).toEqual([request])
  expect(dynos[0]?.kept).toHaveLength(1)
  expect(router.open).toBe(0)
  const next = send()
  dynos[0]?.answer()
  expect(next.status).toBe(0)
  dynos[0]?.answer()
  expect(next.status).toBe(200)
  expect(dynos[0]?.reused).toEqual([false, false])
  expect(answered).toEqual([request, next])
})

test('not when it has its answer in time', () => {
  const { simulation, dynos, send } = testApp(['keep'])
  const request = send({ patienceMs })
  simulation.run(3999)
  dynos[0]?.answer()
  simulation.run(10_000)
  expect(request).toMatchObject({ code: '', status: 200, respondedAt: 3999 })
  expect(dynos[0]?.disconnections).toEqual([])
})

describe('before a dyno has its request', () => {
  test('while it is held', () => {
    const { simulation, pool, dynos, router, send } = testApp(['keep'])
    pool.change('starting')
    const request = send({ patienceMs })
    simulation.run(4000)
    expect(request).toMatchObject({ ...left, dyno: '' })
    expect(router.waiting).toBe(0)
    pool.change('up', dynos)
    expect(dynos[0]?.attempts).toBe(0)
  })

  test('while it pauses', () => {
    const { simulation, dynos, router, send } = testApp(['refuse'])
    send()
    const request = send({ patienceMs })
    simulation.run(200_000)
    expect(request).toMatchObject(left)
    expect(router.waiting).toBe(0)
    expect(dynos[0]?.attempts).toBe(1)
  })

  test('while its connection attempt is unanswered', () => {
    const { simulation, dynos, send } = testApp(['ignore', 'ignore'])
    const request = send({ patienceMs })
    simulation.run(200_000)
    expect(request).toMatchObject(left)
    expect(dynos.map(({ attempts }) => attempts).sort()).toEqual([0, 1])
    expect(dynos.flatMap(({ disconnections }) => disconnections)).toEqual([])
  })

  test('during the handshake', () => {
    const { simulation, dynos, send } = testApp(['keep'], { settings: { handshakeMs: 4001 } })
    const request = send({ patienceMs })
    simulation.run(200_000)
    expect(request).toMatchObject(left)
    expect(dynos[0]?.attempts).toBe(0)
  })
})

describe('in the middle of a response', () => {
  const link = { ...UNLIMITED_LINK, downloadBytesPerMs: 1 }

  test('that is streamed: the dyno learns of it with its next part', () => {
    const { simulation, dynos, send } = testApp(['keep'])
    const request = send({ patienceMs, link })
    simulation.run(1000)
    dynos[0]?.write(9000)
    simulation.run(4000)
    expect(request).toMatchObject({ ...left, bytes: 3000 })
    expect(dynos[0]?.disconnections).toEqual([request])
    expect(dynos[0]?.write(1)).toBe(-1)
  })

  test('on a line that is no divisor of its size: it has whole bytes', () => {
    const { simulation, send } = testApp(['answer'])
    const slow = { ...UNLIMITED_LINK, downloadBytesPerMs: 0.3331 }
    const request = send({ patienceMs, link: slow, endpoint: { responseBytes: 9001 } })
    simulation.run(100_000)
    expect(request).toMatchObject({ ...left, bytes: 1332 })
  })

  test('that the router has: the dyno is not told', () => {
    const { simulation, dynos, send } = testApp(['answer'])
    const request = send({ patienceMs, link, endpoint: { responseBytes: 9000 } })
    simulation.run(100_000)
    expect(request).toMatchObject({ ...left, bytes: 4000 })
    expect(dynos[0]?.disconnections).toEqual([])
  })

  test('on which the dyno is blocked: it is told', () => {
    const { simulation, dynos, send } = testApp(['answer'], {
      settings: { responseBufferBytes: 100 },
    })
    const request = send({ patienceMs, link, endpoint: { responseBytes: 9000 } })
    simulation.run(100_000)
    expect(request).toMatchObject({ ...left, bytes: 4000 })
    expect(dynos[0]?.disconnections).toEqual([request])
  })
})

test('one that waits for a dyno with a free place moves into the place of one that left', () => {
  const { simulation, send } = testApp(['keep'], { generation: 'bamboo-2010' })
  send({ patienceMs })
  const waiting = send()
  simulation.run(4000)
  expect(waiting).toMatchObject({ dyno: 'web.1', dispatchedAt: 4000 })
})
