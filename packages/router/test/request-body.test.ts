// The body of a request travels at the speed of its client while a dyno has the request already.
import { UNLIMITED_LINK } from '@celadon/contracts'
import { describe, expect, test } from 'vitest'
import { testApp } from './test-app.js'

const endpoint = { requestBytes: 20_000 }
/** 20,000 bytes take 10 s. */
const slow = { ...UNLIMITED_LINK, uploadBytesPerMs: 2 }

test('the dyno hears at once when it will have all of the request', () => {
  const { simulation, dynos, send } = testApp(['keep'])
  simulation.run(500)
  send({ endpoint, link: slow })
  send({ endpoint })
  send()
  expect(dynos[0]?.kept.map(({ request }) => request.bodyAt)).toEqual([10_500, 500, 500])
})

test('the body starts on the connection that is made, not on an attempt before it', () => {
  const { simulation, dynos, send } = testApp(['ignore', 'ignore'])
  const request = send({ endpoint, link: slow })
  for (const dyno of dynos) dyno.manner = 'keep'
  expect(request.bodyAt).toBe(-1)
  simulation.run(5000)
  expect(request.bodyAt).toBe(15_000)
})

describe('the 30 s of an H12', () => {
  test.each([
    ['router-2.0', 40_000],
    ['common-runtime-2019', 40_000],
    ['cedar-2012', 30_000],
    ['bamboo-2010', 30_000],
  ] as const)('%s: end at %i ms for a body of 10 s', (generation, endMs) => {
    const { simulation, send } = testApp(['keep'], { generation })
    const request = send({ endpoint, link: slow })
    simulation.run(endMs - 1)
    expect(request.status).toBe(0)
    simulation.run(endMs)
    expect(request).toMatchObject({ code: 'H12', respondedAt: endMs })
  })

  test('start with the connection when a body takes no time', () => {
    const { simulation, send } = testApp(['keep'])
    const requests = [send({ endpoint }), send({ endpoint: { requestBytes: 0 }, link: slow })]
    simulation.run(30_000)
    for (const request of requests) expect(request).toMatchObject({ code: 'H12' })
  })

  test('do not start after the answer', () => {
    const { simulation, dynos, router, send } = testApp(['keep'])
    const early = send({ endpoint, link: slow })
    simulation.run(2000)
    dynos[0]?.answer(413)
    expect(early).toMatchObject({ status: 413, code: '', respondedAt: 2000 })
    const [reused] = [send()]
    simulation.run(31_999)
    expect(reused.status).toBe(0)
    simulation.run(100_000)
    expect(router.open).toBe(0)
    expect(early.code).toBe('')
  })
})

test('a connection whose request was answered early is not used again', () => {
  const { simulation, dynos, send } = testApp(['keep'])
  for (const dyno of dynos) dyno.keptUntil = 1e9
  send({ endpoint, link: slow })
  simulation.run(9999)
  dynos[0]?.answer()
  send({ endpoint, link: slow })
  simulation.run(19_999)
  dynos[0]?.answer()
  send()
  expect(dynos[0]?.reused).toEqual([false, false, true])
})

describe('H28: a client falls silent in its body', () => {
  test('55 s after its last byte', () => {
    const { simulation, dynos, router, send } = testApp(['keep'])
    const request = send({ endpoint, link: slow, stalls: true })
    expect(request.bodyAt).toBe(Number.POSITIVE_INFINITY)
    simulation.run(59_999)
    expect(request.status).toBe(0)
    simulation.run(60_000)
    expect(request).toMatchObject({ code: 'H28', status: 499, respondedAt: 60_000, bytes: 0 })
    expect(dynos[0]?.disconnections).toEqual([request])
    expect(router.open).toBe(0)
  })

  test('not when the dyno does not wait for the body', () => {
    const { simulation, dynos, send } = testApp(['keep'])
    const request = send({ endpoint, link: slow, stalls: true })
    simulation.run(50_000)
    dynos[0]?.answer(408)
    simulation.run(100_000)
    expect(request).toMatchObject({ code: '', status: 408, respondedAt: 50_000 })
  })

  test('an H12 where the 30 s start with the connection', () => {
    const { simulation, send } = testApp(['keep'], { generation: 'cedar-2012' })
    const request = send({ endpoint, link: slow, stalls: true })
    simulation.run(100_000)
    expect(request).toMatchObject({ code: 'H12', respondedAt: 30_000 })
  })

  test('never without a body', () => {
    const { simulation, send } = testApp(['keep'])
    const request = send({ stalls: true })
    simulation.run(100_000)
    expect(request).toMatchObject({ code: 'H12', respondedAt: 30_000 })
  })
})

test('bamboo refuses bodies of more than 30 MB', () => {
  const { dynos, send } = testApp(['keep'], { generation: 'bamboo-2010' })
  const limit = 30 * 1_048_576
  const refused = send({ endpoint: { requestBytes: limit + 1 } })
  expect(refused).toMatchObject({ status: 413, code: '', dyno: '' })
  expect(dynos[0]?.attempts).toBe(0)
  send({ endpoint: { requestBytes: limit } })
  expect(dynos[0]?.attempts).toBe(1)
})
