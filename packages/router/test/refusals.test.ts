// Requests that the router turns away at once, without asking a dyno.
import { describe, expect, test } from 'vitest'
import { testApp } from './test-app.js'

describe.each([
  ['H14', 'none'],
  ['H10', 'crashed'],
  ['H81', 'blank'],
  ['H82', 'exhausted'],
] as const)('%s', (code, status) => {
  test(`is the answer while the pool is ${status}`, () => {
    const { simulation, pool, router, send } = testApp([])
    pool.change(status)
    simulation.run(500)
    const refused = { code, status: code === 'H81' ? 502 : 503 }
    expect(send()).toMatchObject({ ...refused, bytes: 0, respondedAt: 500, dyno: '' })
    expect(router).toMatchObject({ arrived: 1, answered: 1, waiting: 0 })
  })

  test('comes at once to requests that wait when it begins', () => {
    const { simulation, pool, send } = testApp([])
    pool.change('starting')
    const waiting = [send(), send()]
    simulation.run(3000)
    pool.change(status)
    for (const request of waiting) expect(request).toMatchObject({ code, respondedAt: 3000 })
    simulation.run(200_000)
    for (const request of waiting) expect(request).toMatchObject({ code, respondedAt: 3000 })
  })

  test('comes at the end of a pause to a request that pauses', () => {
    const { simulation, pool, dynos, router, send } = testApp(['refuse'])
    send()
    const pausing = send()
    expect(router.waiting).toBe(1)
    pool.change(status)
    simulation.run(999)
    expect(pausing.status).toBe(0)
    simulation.run(1000)
    expect(pausing).toMatchObject({ code, respondedAt: 1000 })
    expect(dynos[0]?.attempts).toBe(1)
  })
})

describe('H11', () => {
  test.each([
    ['router-2.0', 200],
    ['common-runtime-2019', 50],
    ['cedar-2012', 50],
    ['bamboo-2010', 50],
  ] as const)('%s: begins with %i open requests per dyno', (generation, perDyno) => {
    const { simulation, router, dynos, send } = testApp(['keep', 'keep'], { generation })
    const within = Array.from({ length: 2 * perDyno }, send)
    expect(within.every(({ status }) => status === 0)).toBe(true)
    expect(send()).toMatchObject({ code: 'H11', status: 503, respondedAt: 0, dyno: '' })
    expect(router.open).toBe(2 * perDyno)
    dynos[0]?.answer()
    expect(send().status).toBe(0)
    expect(send().code).toBe('H11')
    simulation.run(40_000)
    expect(router.open).toBe(0)
    expect(within.filter(({ code }) => code === 'H12').length).toBeGreaterThan(0)
    expect(within.some(({ code }) => code === 'H11')).toBe(false)
  })

  test('is counted by each instance on its own', () => {
    const { router, send } = testApp(['keep'], { settings: { instances: 4, backlogPerDyno: 3 } })
    const requests = Array.from({ length: 200 }, send)
    // 200 requests fill all four; the first H11 comes before, since chance favours one of them.
    expect(router.open).toBe(12)
    const firstRefused = requests.findIndex(({ code }) => code === 'H11')
    expect(firstRefused).toBeGreaterThanOrEqual(3)
    expect(firstRefused).toBeLessThan(12)
  })

  test('counts dynos that ought to run, whether or not they are up', () => {
    const { pool, dynos, send } = testApp(['keep'], { settings: { backlogPerDyno: 1 } })
    pool.quantity = 3
    expect([send(), send(), send(), send()].map(({ code }) => code)).toEqual(['', '', '', 'H11'])
    expect(dynos[0]?.kept).toHaveLength(3)
  })
})

describe('H22', () => {
  test('an instance has as many open requests as it can have connections', () => {
    const { dynos, router, send } = testApp(['keep'], { settings: { connectionsMax: 3 } })
    const within = [send(), send(), send()]
    expect(send()).toMatchObject({ code: 'H22', status: 503, respondedAt: 0, dyno: '' })
    expect(router.open).toBe(3)
    dynos[0]?.answer()
    expect(send().code).toBe('')
    expect(send().code).toBe('H22')
    expect(within.map(({ code }) => code)).toEqual(['', '', ''])
  })

  test('comes before every other refusal', () => {
    const { pool, router, send } = testApp(['keep'], {
      settings: { connectionsMax: 1, backlogPerDyno: 1 },
    })
    send()
    router.maintenance = true
    expect(send({ endpoint: { requestFault: 'bad header' } }).code).toBe('H22')
    pool.change('crashed')
    expect(send().code).toBe('H22')
  })
})

test('H83 is the answer in a brown-out, but for maintenance', () => {
  const { pool, router, send } = testApp(['keep'])
  router.brownOut = true
  expect(send()).toMatchObject({ code: 'H83', status: 503, respondedAt: 0, dyno: '' })
  pool.change('crashed')
  expect(send().code).toBe('H83')
  router.maintenance = true
  expect(send().code).toBe('H80')
  router.maintenance = false
  router.brownOut = false
  expect(send().code).toBe('H10')
})

test('H80 is the answer in maintenance; what is under way goes on', () => {
  const { dynos, router, send } = testApp(['keep'])
  const before = send()
  router.maintenance = true
  expect(send()).toMatchObject({ code: 'H80', status: 503, respondedAt: 0, dyno: '' })
  dynos[0]?.answer()
  expect(before).toMatchObject({ code: '', status: 200 })
  router.maintenance = false
  expect(send().status).toBe(0)
})

test('in maintenance H80 comes before every other refusal', () => {
  const { pool, router, send } = testApp([])
  router.maintenance = true
  for (const status of ['none', 'crashed', 'idle'] as const) {
    pool.change(status)
    expect(send().code).toBe('H80')
  }
  expect(pool.wakes).toBe(0)
})
