// While every dyno is in quarantine, a request pauses and tries again: after 1 s, 2 s, 4 s and so
// on, 75 s in all, attempts that time out included.
import { describe, expect, test } from 'vitest'
import { chooseBy } from './choose-by.js'
import { testApp } from './test-app.js'
import type { Manner } from './test-pool.js'

test('a request that pauses is served when it finds a dyno at the end of a pause', () => {
  const { simulation, dynos, router, send } = testApp(['refuse'])
  expect(send().code).toBe('H21')
  const pausing = send()
  expect(router.waiting).toBe(1)
  if (dynos[0] !== undefined) dynos[0].manner = 'answer'
  // Pauses end at 1, 3 and 7 s; the quarantine at 5 s.
  simulation.run(6999)
  expect(pausing).toMatchObject({ status: 0, dispatchedAt: -1 })
  simulation.run(7000)
  expect(pausing).toMatchObject({ status: 200, respondedAt: 7000, dispatchedAt: 7000 })
  expect(router.waiting).toBe(0)
})

test('a newer request does not wait for one that pauses', () => {
  const { simulation, dynos, send } = testApp(['refuse'])
  send()
  const pausing = send()
  if (dynos[0] !== undefined) dynos[0].manner = 'answer'
  simulation.run(5000)
  expect(send()).toMatchObject({ status: 200, respondedAt: 5000, routerQueueDepth: 1 })
  expect(pausing.status).toBe(0)
})

describe.each([
  ['router-2.0', 'H34'],
  ['common-runtime-2019', 'H99'],
  ['cedar-2012', 'H99'],
] as const)('%s', (generation, code) => {
  test(`gives up with ${code} after 75 s`, () => {
    const { simulation, send, router } = testApp(['refuse', 'refuse'], {
      generation,
      settings: { quarantineMs: 100_000 },
    })
    simulation.run(40)
    expect(send().code).toBe('H21')
    const pausing = send()
    simulation.run(75_039)
    expect(pausing.status).toBe(0)
    simulation.run(75_040)
    expect(pausing).toMatchObject({ code, status: 503, dyno: '', respondedAt: 75_040 })
    expect(router.open).toBe(0)
  })
})

test('an H12 in a pause takes nothing from the count of a dyno', () => {
  const seen: (readonly number[])[] = []
  const { simulation, dynos, send } = testApp(['keep', 'keep'], {
    settings: { quarantineMs: 40_000, firstByteFrom: 'arrival' },
    policy: chooseBy((candidates) => {
      seen.push(candidates.map(({ active }) => active))
      return 0
    }),
  })
  send()
  send()
  for (const dyno of dynos) dyno.manner = 'refuse'
  expect(send().code).toBe('H21')
  dynos[0]?.answer()
  const pausing = send()
  simulation.run(40_000)
  expect(pausing).toMatchObject({ code: 'H12', dyno: '', respondedAt: 30_000 })
  send()
  expect(seen).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [0, 0],
  ])
})

test('with quarantine of 5 s it takes traffic that keeps the dyno in quarantine', () => {
  const { simulation, send, answered } = testApp(['refuse'])
  const tick = (): void => {
    if (simulation.now < 200_000) simulation.schedule(500, tick, null)
    send()
  }
  tick()
  simulation.run()
  const codes = new Map<string, number>()
  for (const { code } of answered) codes.set(code, (codes.get(code) ?? 0) + 1)
  expect([...codes.keys()].sort()).toEqual(['H21', 'H34'])
  for (const { code, arrivedAt, respondedAt } of answered) {
    if (code === 'H34') expect(respondedAt - arrivedAt).toBe(75_000)
  }
})

test('attempts that time out use up the time as pauses do', () => {
  const { simulation, send } = testApp(new Array<Manner>(10).fill('ignore'), {
    settings: { holdMs: 12_000 },
  })
  const request = send()
  simulation.run(14_999)
  expect(request.status).toBe(0)
  simulation.run(15_000)
  expect(request).toMatchObject({ code: 'H19', connectMs: 15_000, respondedAt: 15_000 })
})
