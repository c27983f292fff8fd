// Responses that are written in parts, and clients that read them slowly.
import { UNLIMITED_LINK } from '@celadon/contracts'
import { describe, expect, test } from 'vitest'
import { testApp } from './test-app.js'

const MB = 1_048_576

function link(downloadBytesPerMs: number): { readonly link: typeof UNLIMITED_LINK } {
  return { link: { ...UNLIMITED_LINK, downloadBytesPerMs } }
}

describe('a response in parts', () => {
  test('is one answer: status of the first part, bytes of all, time of the last', () => {
    const { simulation, dynos, answered, send } = testApp(['keep'])
    const request = send()
    simulation.run(1000)
    expect(dynos[0]?.write(10, 206)).toBe(0)
    expect(request).toMatchObject({ status: 0, firstByteAt: 1000, respondedAt: -1 })
    simulation.run(2000)
    dynos[0]?.write(20)
    simulation.run(3000)
    dynos[0]?.answer(500)
    expect(request).toMatchObject({ status: 206, code: '', bytes: 130, respondedAt: 3000 })
    expect(answered).toEqual([request])
  })

  test('has no H12 once it has begun', () => {
    const { simulation, dynos, send } = testApp(['keep'])
    const request = send()
    simulation.run(29_999)
    dynos[0]?.write(1)
    simulation.run(84_000)
    dynos[0]?.answer()
    expect(request).toMatchObject({ status: 200, code: '', respondedAt: 84_000 })
  })

  test('H15: the dyno is silent for 55 s; every byte renews them', () => {
    const { simulation, dynos, send } = testApp(['keep'])
    const request = send()
    for (const atMs of [1000, 56_000 - 1, 80_000, 134_999]) {
      simulation.run(atMs)
      dynos[0]?.write(6)
    }
    simulation.run(189_998)
    expect(request.status).toBe(0)
    simulation.run(189_999)
    expect(request).toMatchObject({ code: 'H15', status: 503, bytes: 24, respondedAt: 189_999 })
    expect(dynos[0]?.disconnections).toEqual([request])
    expect(dynos[0]?.write(6)).toBe(-1)
    dynos[0]?.answer()
    expect(request).toMatchObject({ code: 'H15', bytes: 24 })
  })

  test('H18: the dyno closes in the middle', () => {
    const { simulation, dynos, router, send } = testApp(['keep'])
    const request = send()
    simulation.run(700)
    dynos[0]?.write(11)
    simulation.run(900)
    dynos[0]?.close()
    expect(request).toMatchObject({ code: 'H18', status: 503, bytes: 11, respondedAt: 900 })
    expect(dynos[0]?.disconnections).toEqual([])
    expect(router.open).toBe(0)
  })
})

describe('a client that reads slowly', () => {
  test('has its answer with the last byte; the dyno is through before', () => {
    const { simulation, dynos, router, send } = testApp(['answer'])
    for (const dyno of dynos) dyno.keptUntil = 1e9
    simulation.run(50)
    const request = send({ endpoint: { responseBytes: 5000 }, ...link(2) })
    expect(request).toMatchObject({ status: 0, firstByteAt: 50, respondedAt: -1 })
    expect(router.open).toBe(1)
    // The connection carries the next request while the first one is still downloaded.
    expect(send()).toMatchObject({ status: 200, respondedAt: 50 })
    expect(dynos[0]?.reused).toEqual([false, true])
    simulation.run(2549)
    expect(request.status).toBe(0)
    simulation.run(2550)
    expect(request).toMatchObject({ status: 200, bytes: 5000, respondedAt: 2550 })
    expect(router.open).toBe(0)
  })

  test('does not keep the dyno from its next request where it has one at a time', () => {
    const { dynos, send, simulation } = testApp(['keep'], { settings: { activePerDyno: 1 } })
    send(link(0.01))
    const waiting = send()
    expect(waiting.dyno).toBe('')
    simulation.run(10)
    dynos[0]?.answer()
    expect(waiting.dyno).toBe('web.1')
  })

  test('blocks the dyno when more is left than the buffer of 1 MB takes', () => {
    const { simulation, dynos, send } = testApp(['keep'], { settings: { activePerDyno: 1 } })
    for (const dyno of dynos) dyno.keptUntil = 1e9
    const request = send({ endpoint: { responseBytes: 3 * MB }, ...link(MB / 1000) })
    const waiting = send()
    const port = dynos[0]?.ports[0]
    expect(port?.respond(request, 200, 3 * MB)).toBe(2000)
    simulation.run(2999)
    expect(request.status).toBe(0)
    expect(waiting.dyno).toBe('')
    simulation.run(3000)
    expect(request).toMatchObject({ status: 200, bytes: 3 * MB, respondedAt: 3000 })
    expect(waiting.dyno).toBe('web.1')
  })

  test('blocks a dyno that streams as the buffer fills, and each part adds to it', () => {
    const { simulation, dynos, send } = testApp(['keep'], {
      settings: { responseBufferBytes: 1000 },
    })
    const request = send(link(1))
    expect(dynos[0]?.write(600)).toBe(0)
    expect(dynos[0]?.write(600)).toBe(200)
    simulation.run(1200)
    expect(dynos[0]?.write(1000)).toBe(0)
    simulation.run(1700)
    // 500 bytes are left, 100 come.
    dynos[0]?.answer()
    simulation.run(2299)
    expect(request.status).toBe(0)
    simulation.run(2300)
    expect(request).toMatchObject({ status: 200, bytes: 2300, respondedAt: 2300 })
  })

  test('a dyno that is blocked is not silent', () => {
    const { simulation, dynos, send } = testApp(['keep'], {
      settings: { responseBufferBytes: 1000 },
    })
    const request = send(link(0.1))
    // The last byte leaves the dyno after 100 s.
    expect(dynos[0]?.write(11_000)).toBe(100_000)
    simulation.run(154_999)
    expect(request.status).toBe(0)
    simulation.run(155_000)
    expect(request).toMatchObject({ code: 'H15', respondedAt: 155_000, bytes: 11_000 })
  })

  test('has what was downloaded when the response breaks off', () => {
    const { simulation, dynos, send } = testApp(['keep'])
    const request = send(link(1))
    dynos[0]?.write(1000)
    simulation.run(400)
    dynos[0]?.close()
    expect(request).toMatchObject({ code: 'H18', bytes: 400 })
  })
})
