// H12: the client gets its 503 after exactly 30 s; the dyno is not told and goes on working.
import { describe, expect, test } from 'vitest'
import { chooseBy } from './choose-by.js'
import { type TestApp, testApp } from './test-app.js'

test('a dyno that is silent for 30 s costs an H12, not a millisecond earlier', () => {
  const { simulation, router, send } = testApp(['keep'])
  simulation.run(1234)
  const request = send()
  simulation.run(31_233.999)
  expect(request.status).toBe(0)
  simulation.run(31_234)
  expect(request).toMatchObject({ code: 'H12', status: 503, bytes: 0, respondedAt: 31_234 })
  expect(request).toMatchObject({ dyno: 'web.1', dispatchedAt: 1234, connectMs: 0 })
  expect(router).toMatchObject({ arrived: 1, answered: 1, open: 0 })
})

test('an answer just before is in time, one after 30 s is too late', () => {
  const { simulation, dynos, send } = testApp(['keep', 'keep'])
  const [early, late] = [send(), send()]
  const dynoOf = ({ dyno }: { dyno: string }) => dynos.find(({ name }) => name === dyno)
  simulation.run(29_999.999)
  dynoOf(early)?.answer(500)
  simulation.run(30_000)
  dynoOf(late)?.answer()
  expect(early).toMatchObject({ code: '', status: 500, bytes: 100, respondedAt: 29_999.999 })
  expect(late).toMatchObject({ code: 'H12', status: 503, bytes: 0, respondedAt: 30_000 })
})

test('a late answer or a late close is ignored, and the dyno gets new requests meanwhile', () => {
  const { simulation, dynos, router, answered, send } = testApp(['keep'])
  const [first, second] = [send(), send()]
  simulation.run(40_000)
  const third = send()
  expect(dynos[0]?.kept).toHaveLength(3)
  dynos[0]?.answer()
  dynos[0]?.close()
  for (const request of [first, second]) {
    expect(request).toMatchObject({ code: 'H12', respondedAt: 30_000, bytes: 0 })
  }
  expect(third.status).toBe(0)
  dynos[0]?.answer()
  expect(third).toMatchObject({ code: '', status: 200, respondedAt: 40_000 })
  expect(answered).toEqual([first, second, third])
  expect(router.open).toBe(0)
})

describe('the late answer leaves later requests alone', () => {
  function expectLaterServed({ dynos, router, send }: TestApp): void {
    for (const dyno of dynos) while (dyno.answer());
    const later = [send(), send(), send()]
    expect(router.open).toBe(3)
    for (const dyno of dynos) while (dyno.answer());
    expect(later.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(router.open).toBe(0)
  }

  test('when the request took two attempts', () => {
    const app = testApp(['ignore', 'ignore'])
    const request = app.send()
    for (const dyno of app.dynos) dyno.manner = 'keep'
    app.simulation.run(35_000)
    expect(request).toMatchObject({ code: 'H12', connectMs: 5000, respondedAt: 35_000 })
    expectLaterServed(app)
  })

  test('when it had paused', () => {
    const app = testApp(['refuse'])
    app.send()
    const request = app.send()
    for (const dyno of app.dynos) dyno.manner = 'keep'
    app.simulation.run(37_000)
    expect(request).toMatchObject({ code: 'H12', dispatchedAt: 7000, respondedAt: 37_000 })
    expectLaterServed(app)
  })

  test('when one before it had its H12 in a pause', () => {
    const app = testApp(['refuse'], {
      settings: { firstByteFrom: 'arrival', quarantineMs: 40_000 },
    })
    app.send()
    const before = app.send()
    app.simulation.run(40_000)
    expect(before).toMatchObject({ code: 'H12', dyno: '', respondedAt: 30_000 })
    for (const dyno of app.dynos) dyno.manner = 'keep'
    const request = app.send()
    app.simulation.run(70_000)
    expect(request).toMatchObject({ code: 'H12', dyno: 'web.1', respondedAt: 70_000 })
    expectLaterServed(app)
  })
})

test('a dyno that works for nobody does not count as busy', () => {
  const seen: number[] = []
  const { simulation, dynos, send } = testApp(['keep', 'keep'], {
    policy: chooseBy((candidates) => {
      seen.push(...candidates.map(({ active }) => active))
      return 0
    }),
  })
  send()
  send()
  simulation.run(30_000)
  send()
  for (let count = 0; count < 3; count += 1) dynos[0]?.answer()
  send()
  expect(seen).toEqual([0, 0, 1, 0, 0, 0, 0, 0])
})

describe('on bamboo, where the time runs from the arrival', () => {
  test('the wait in the router counts', () => {
    const { simulation, dynos, router, send } = testApp(['keep'], { generation: 'bamboo-2010' })
    send()
    simulation.run(10_000)
    const waiting = send()
    expect(router.waiting).toBe(1)
    simulation.run(30_000)
    expect(waiting).toMatchObject({ dispatchedAt: 30_000, dyno: 'web.1' })
    const stuck = send()
    simulation.run(40_000)
    expect(waiting).toMatchObject({ code: 'H12', respondedAt: 40_000 })
    expect(stuck.dispatchedAt).toBe(40_000)
    expect(dynos[0]?.kept).toHaveLength(3)
    expect(router.waiting).toBe(0)
  })

  test('one that waits for a dyno to come up gets it before the 75 s of an H20', () => {
    const { simulation, pool, router, send } = testApp([], { generation: 'bamboo-2010' })
    pool.change('starting')
    const first = send()
    simulation.run(20_000)
    const second = send()
    simulation.run(200_000)
    expect(first).toMatchObject({ code: 'H12', dyno: '', dispatchedAt: -1, respondedAt: 30_000 })
    expect(second).toMatchObject({ code: 'H12', respondedAt: 50_000 })
    expect(router.waiting).toBe(0)
  })

  test('one whose connection attempt goes unanswered does not come back', () => {
    const { simulation, dynos, router, send } = testApp(['ignore', 'ignore'], {
      generation: 'bamboo-2010',
      settings: { firstByteMs: 7000 },
    })
    const request = send()
    simulation.run(60_000)
    expect(request).toMatchObject({ code: 'H12', respondedAt: 7000 })
    expect(dynos.map(({ attempts }) => attempts)).toEqual([1, 1])
    expect(router.open).toBe(0)
  })
})
