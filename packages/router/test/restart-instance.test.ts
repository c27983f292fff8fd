// H24: a router instance restarts, and whatever it had under way ends without a status.
import { UNLIMITED_LINK } from '@celadon/contracts'
import { describe, expect, test } from 'vitest'
import { chooseBy } from './choose-by.js'
import { testApp } from './test-app.js'

const forced = { code: 'H24', status: 0, respondedAt: 500 }

test('what a dyno has, what waits and what is downloaded ends; the dyno works on', () => {
  const { simulation, dynos, router, answered, send } = testApp(['keep'], {
    settings: { activePerDyno: 2 },
  })
  const link = { ...UNLIMITED_LINK, downloadBytesPerMs: 0.1 }
  const requests = [send({ link }), send(), send(), send()]
  dynos[0]?.answer()
  simulation.run(500)
  router.restartInstance(0)
  expect(answered).toEqual(requests)
  for (const request of requests) expect(request).toMatchObject(forced)
  expect(requests.map(({ bytes }) => bytes)).toEqual([50, 0, 0, 0])
  expect(router).toMatchObject({ open: 0, waiting: 0, arrived: 4, answered: 4 })
  expect(dynos[0]?.disconnections).toEqual(requests.slice(1, 3))
  dynos[0]?.answer()
  dynos[0]?.close()
  simulation.run(100_000)
  expect(answered).toHaveLength(4)
})

test('it forgets quarantine and connections', () => {
  const { simulation, dynos, router, send } = testApp(['refuse', 'answer'], {
    policy: chooseBy(() => 0),
  })
  for (const dyno of dynos) dyno.keptUntil = 1e9
  send()
  send()
  expect(dynos.map(({ attempts }) => attempts)).toEqual([1, 2])
  simulation.run(500)
  router.restartInstance(0)
  expect(dynos[1]?.ports[0]?.keptUntil).toBe(-1)
  send()
  expect(dynos.map(({ attempts }) => attempts)).toEqual([2, 3])
  expect(dynos[1]?.reused).toEqual([false, true, false])
})

test('the other instances go on', () => {
  const { router, send, simulation } = testApp(['keep'], { settings: { instances: 3 } })
  const requests = Array.from({ length: 100 }, () => send())
  simulation.run(500)
  router.restartInstance(1)
  for (const request of requests) expect(request.code).toBe(request.routerIndex === 1 ? 'H24' : '')
})

test('a client that comes back at once finds the new instance', () => {
  const { simulation, dynos, router, send } = testApp(['keep'], { settings: { activePerDyno: 1 } })
  const again: unknown[] = []
  const sender = { answered: () => again.push(send()) }
  send({ sender })
  send({ sender })
  simulation.run(500)
  router.restartInstance(0)
  expect(again).toHaveLength(2)
  expect(again).toMatchObject([{ dyno: 'web.1' }, { dyno: '' }])
  expect(dynos[0]?.kept).toHaveLength(2)
  expect(router).toMatchObject({ open: 2, waiting: 1 })
})

test('an instance that does not exist cannot restart', () => {
  const { router } = testApp(['keep'], { settings: { instances: 3 } })
  for (const index of [-1, 3, 0.5]) {
    expect(() => router.restartInstance(index)).toThrow(
      expect.objectContaining({
        code: 'ROUTER_INSTANCE_UNKNOWN',
        message: `There is no router instance ${index}: they are numbered from 0 to 2.`,
      }),
    )
  }
})

describe('news of the pool that were on their way', () => {
  test('do not reach the instance that is gone; the new one knows the present state', () => {
    const { simulation, pool, dynos, router, send } = testApp(['keep'], {
      settings: { viewDelayMs: 300 },
    })
    pool.change('crashed')
    router.restartInstance(0)
    expect(send().code).toBe('H10')
    pool.change('up', dynos)
    simulation.run(299)
    expect(send().code).toBe('H10')
    simulation.run(300)
    expect(send().code).toBe('')
  })
})
