// What an instance knows of the dynos may be old, and may be only a part.
import { exponential } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { testApp } from './test-app.js'
import { TestDyno } from './test-pool.js'

test('without a delay all instances know of a change before one of them acts on it', () => {
  const { pool, dynos, router, send } = testApp(['keep', 'keep'], {
    settings: { instances: 8, activePerDyno: 1 },
  })
  // Clients that get an answer send more at once, to any instance.
  const sender = { answered: () => void Array.from({ length: 40 }, () => send()) }
  for (let count = 0; count < 10; count += 1) send({ sender })
  const attempts = dynos.map((dyno) => dyno.attempts)
  expect(router.waiting).toBeGreaterThan(0)
  pool.change('up', [new TestDyno('web.3', 'answer'), new TestDyno('web.4', 'answer')])
  expect(router.answered).toBeGreaterThan(40)
  expect(dynos.map((dyno) => dyno.attempts)).toEqual(attempts)
})

test('what is known of a dyno outlasts that of its neighbours, wherever it is in the order', () => {
  const { pool, dynos, router, send } = testApp(['keep', 'keep', 'keep', 'keep'], {
    settings: { activePerDyno: 1 },
  })
  for (let count = 0; count < 4; count += 1) send()
  const [one, two, three, four] = dynos as [TestDyno, TestDyno, TestDyno, TestDyno]
  const orders = [
    [new TestDyno('web.5', 'keep'), two, three, new TestDyno('web.6', 'keep')],
    [three, two],
    [three, two],
    [two, new TestDyno('web.7', 'keep'), three],
  ]
  for (const backends of orders) {
    const attempts = [two.attempts, three.attempts]
    pool.change('up', backends)
    // Each new dyno gets one request; those that are at their limit get none.
    for (let count = 0; count < 3; count += 1) send()
    expect([two.attempts, three.attempts]).toEqual(attempts)
  }
  expect([one.attempts, four.attempts]).toEqual([1, 1])
  expect(router.waiting).toBe(12 - 3)
})

test('news of the same dynos changes nothing: one dyno is one attempt', () => {
  const { pool, dynos, send } = testApp(['refuse'])
  pool.change('up', [...dynos])
  expect(send().code).toBe('H21')
})

describe('a delay', () => {
  test('an instance goes on as before until it has heard of a change', () => {
    const { simulation, pool, dynos, send } = testApp(['keep'], { settings: { viewDelayMs: 300 } })
    simulation.run(1000)
    const [dyno] = dynos
    pool.change('crashed')
    simulation.run(1299)
    expect(send()).toMatchObject({ dyno: 'web.1', code: '' })
    simulation.run(1300)
    expect(send().code).toBe('H10')
    pool.change('up', dynos)
    expect(send().code).toBe('H10')
    simulation.run(1600)
    expect(send()).toMatchObject({ dyno: 'web.1', code: '' })
    expect(dyno?.attempts).toBe(2)
  })

  test('a dyno that is gone refuses, and the next one is tried', () => {
    const { simulation, pool, dynos, send } = testApp(['refuse', 'answer'], {
      settings: { viewDelayMs: 300 },
    })
    pool.change('up', dynos.slice(1))
    for (let count = 0; count < 20; count += 1) expect(send().status).toBe(200)
    expect(dynos[0]?.attempts).toBe(1)
    simulation.run(10_000)
    for (let count = 0; count < 20; count += 1) expect(send().status).toBe(200)
    expect(dynos[0]?.attempts).toBe(1)
  })

  test('a restart of the only dyno is a time of H21 and H20 instead of waiting', () => {
    const { simulation, pool, dynos, send } = testApp(['refuse'], {
      settings: { viewDelayMs: 500 },
    })
    pool.change('starting')
    expect(send().code).toBe('H21')
    simulation.run(500)
    const held = send()
    const next = new TestDyno('web.1', 'answer')
    simulation.run(8000)
    pool.change('up', [next])
    simulation.run(8499)
    expect(held.status).toBe(0)
    simulation.run(8500)
    expect(held).toMatchObject({ status: 200, respondedAt: 8500 })
    expect(dynos[0]?.attempts).toBe(1)
  })

  test('each instance draws its own, and a change that was overtaken is no news', () => {
    const { simulation, pool, send } = testApp(['answer'], {
      settings: { instances: 40, viewDelayMs: exponential({ mean: 1000 }) },
    })
    const codes = (): Set<string> => new Set(Array.from({ length: 400 }, () => send().code))
    pool.change('none')
    simulation.run(700)
    expect(codes()).toEqual(new Set(['', 'H14']))
    for (let count = 0; count < 30; count += 1) {
      pool.change('crashed')
      pool.change('blank')
    }
    simulation.run(30_000)
    expect(codes()).toEqual(new Set(['H81']))
  })

  test('a wake-up goes to the pool itself', () => {
    const { simulation, pool, send } = testApp(['keep'], { settings: { viewDelayMs: 300 } })
    pool.change('idle')
    simulation.run(300)
    send()
    expect(pool.wakes).toBe(1)
  })
})

describe('a part of the dynos', () => {
  const manners = new Array(40).fill('answer')

  test('is always the same for an instance, another one for each, and a share as asked for', () => {
    const { dynos, answered, pool, send } = testApp(manners, {
      settings: { instances: 25, knownShare: 0.3 },
    })
    const known = new Map<number, Set<string>>()
    const play = (requests: number): void => {
      for (let count = 0; count < requests; count += 1) send()
      for (const { routerIndex, dyno } of answered) {
        known.set(routerIndex, (known.get(routerIndex) ?? new Set()).add(dyno))
      }
    }
    play(10_000)
    const sizes = [...known.values()].map(({ size }) => size)
    const pairs = sizes.reduce((sum, size) => sum + size, 0)
    // Binomial with 1000 pairs: 3.29 standard deviations on both sides are 99.9 %.
    expect(Math.abs(pairs - 300)).toBeLessThan(3.29 * Math.sqrt(1000 * 0.3 * 0.7))
    expect(new Set([...known.values()].map((names) => [...names].sort().join())).size).toBe(25)
    pool.change('starting')
    pool.change('up', dynos)
    play(10_000)
    expect([...known.values()].map(({ size }) => size)).toEqual(sizes)
  })

  test('is at least one', () => {
    const { dynos, send } = testApp(manners, { settings: { instances: 8, knownShare: 1e-9 } })
    for (let count = 0; count < 200; count += 1) expect(send().status).toBe(200)
    const used = dynos.filter(({ attempts }) => attempts > 0).length
    expect(used).toBeGreaterThan(1)
    expect(used).toBeLessThanOrEqual(8)
  })

  test('bounds the attempts to connect', () => {
    const { dynos, send } = testApp(new Array(40).fill('refuse'), {
      settings: { knownShare: 1e-9 },
    })
    expect(send().code).toBe('H21')
    expect(dynos.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(1)
  })
})
