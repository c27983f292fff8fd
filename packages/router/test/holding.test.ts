// While no dyno is up but one is to come, requests are held: up to 75 s, then H20.
import { describe, expect, test } from 'vitest'
import { chooseBy } from './choose-by.js'
import { testApp } from './test-app.js'
import { TestDyno } from './test-pool.js'

describe.each(['starting', 'idle'] as const)('while the app is %s', (status) => {
  test('a request is served as soon as a dyno is up', () => {
    const { simulation, pool, router, send } = testApp([])
    pool.change(status)
    const request = send()
    simulation.run(8000)
    expect(router.waiting).toBe(1)
    expect(request.status).toBe(0)
    const dyno = new TestDyno('web.1')
    pool.change('up', [dyno])
    expect(request).toMatchObject({ dyno: 'web.1', dispatchedAt: 8000, connectMs: 0 })
    expect(router.waiting).toBe(0)
    simulation.run(37_000)
    dyno.answer()
    simulation.run(300_000)
    expect(request).toMatchObject({ code: '', status: 200, respondedAt: 37_000 })
  })

  test('it gets an H20 after 75 s', () => {
    const { simulation, pool, router, send } = testApp([])
    pool.change(status)
    simulation.run(10)
    const request = send()
    simulation.run(75_009)
    expect(request.status).toBe(0)
    simulation.run(75_010)
    expect(request).toMatchObject({ code: 'H20', status: 503, dyno: '', respondedAt: 75_010 })
    expect(router).toMatchObject({ open: 0, waiting: 0 })
  })
})

test('the first request to a sleeping app wakes it, each one that comes meanwhile again', () => {
  const { pool, send } = testApp([])
  pool.change('idle')
  expect(pool.wakes).toBe(0)
  send()
  expect(pool.wakes).toBe(1)
  send()
  expect(pool.wakes).toBe(2)
})

test('a request that is held while the app falls asleep wakes it', () => {
  const { pool, send } = testApp([])
  pool.change('starting')
  send()
  pool.change('idle')
  expect(pool.wakes).toBe(1)
})

test('held requests go out in the order in which they came', () => {
  const { pool, answered, send } = testApp([])
  pool.change('starting')
  const requests = Array.from({ length: 20 }, send)
  expect(requests.map(({ routerQueueDepth }) => routerQueueDepth)).toEqual(
    requests.map((_, index) => index),
  )
  pool.change('up', [new TestDyno('web.1', 'answer'), new TestDyno('web.2', 'answer')])
  expect(answered).toEqual(requests)
})

test.each(['answer', 'refuse'] as const)(
  'a hundred thousand held requests go out without deep recursion to dynos that %s',
  (manner) => {
    const { pool, answered, send } = testApp([], {
      settings: { backlogPerDyno: 100_000, quarantineMs: 0 },
    })
    pool.change('starting')
    for (let count = 0; count < 100_000; count += 1) send()
    pool.change('up', [new TestDyno('web.1', manner)])
    expect(answered).toHaveLength(100_000)
  },
)

test('held requests whose dyno comes up and refuses all end, one way or another', () => {
  const { simulation, pool, router, answered, send } = testApp([])
  pool.change('starting')
  for (let count = 0; count < 10; count += 1) send()
  simulation.run(60_000)
  pool.change('up', [new TestDyno('web.1', 'refuse')])
  expect(answered.map(({ code }) => code)).toEqual(['H21'])
  expect(router.waiting).toBe(9)
  simulation.run(60_000 + 75_000)
  expect(router).toMatchObject({ open: 0, waiting: 0 })
  expect(new Set(answered.map(({ code }) => code))).toEqual(new Set(['H21', 'H34']))
})

test('requests that wait only because all dynos are busy get no H20', () => {
  const { simulation, pool, router, send } = testApp([], {
    settings: { activePerDyno: 1, firstByteMs: 1_000_000 },
  })
  pool.change('starting')
  const requests = [send(), send(), send()]
  const dyno = new TestDyno('web.1')
  pool.change('up', [dyno])
  simulation.run(100_000)
  expect(requests.map(({ status }) => status)).toEqual([0, 0, 0])
  expect(router.waiting).toBe(2)
  dyno.answer()
  dyno.answer()
  expect(requests.map(({ dispatchedAt }) => dispatchedAt)).toEqual([0, 100_000, 100_000])
})

test('their 75 s begin when the last dyno goes, held before or not', () => {
  const { simulation, pool, dynos, send } = testApp(['keep'], {
    settings: { activePerDyno: 1, firstByteMs: 1_000_000 },
  })
  pool.change('starting')
  const requests = [send(), send(), send()]
  pool.change('up', dynos)
  simulation.run(100_000)
  pool.change('starting')
  simulation.run(174_999)
  expect(requests.map(({ code }) => code)).toEqual(['', '', ''])
  simulation.run(175_000)
  expect(requests.map(({ code }) => code)).toEqual(['', 'H20', 'H20'])
})

test('requests that wait are counted over all instances', () => {
  const { pool, router, send } = testApp([], { settings: { instances: 4 } })
  pool.change('starting')
  for (let count = 0; count < 50; count += 1) send()
  expect(router).toMatchObject({ waiting: 50, open: 50 })
})

test('a request on a dyno that leaves the pool is answered by it all the same', () => {
  const { simulation, pool, dynos, router, send } = testApp(['keep'])
  const request = send()
  pool.change('starting')
  simulation.run(2000)
  dynos[0]?.answer()
  expect(request).toMatchObject({ code: '', status: 200, respondedAt: 2000 })
  expect(router.open).toBe(0)
})

test('a dyno that has left the pool gets nothing more when it is through', () => {
  const { pool, dynos, router, send } = testApp(['keep', 'keep'], {
    generation: 'bamboo-2010',
    policy: chooseBy(() => 0),
  })
  send()
  pool.change('up', dynos.slice(1))
  dynos[0]?.answer()
  send()
  send()
  expect(dynos.map(({ attempts }) => attempts)).toEqual([1, 1])
  expect(router.waiting).toBe(1)
})
