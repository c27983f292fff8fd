import { expect, test } from 'vitest'
import type { Candidate } from '../src/index.js'
import { chooseBy } from './choose-by.js'
import { testApp } from './test-app.js'

test('a policy sees the dynos in the order of the pool, and decides', () => {
  const asked: (readonly Candidate[])[] = []
  const { dynos, send } = testApp(['keep', 'keep', 'keep'], {
    policy: chooseBy((candidates) => {
      asked.push(candidates.map((candidate) => ({ ...candidate })))
      return 1
    }),
  })
  send()
  send()
  const names = dynos.map(({ name }) => name)
  expect(asked.map((candidates) => candidates.map(({ name }) => name))).toEqual([names, names])
  expect(asked.map((candidates) => candidates.map(({ active }) => active))).toEqual([
    [0, 0, 0],
    [0, 1, 0],
  ])
  expect(dynos.map(({ attempts }) => attempts)).toEqual([0, 2, 0])
})

test('its settings lie between those of the generation and the departures', () => {
  const { router } = testApp([], {
    generation: 'cedar-2012',
    policy: { ...chooseBy(() => 0), settings: { holdMs: 5, quarantineMs: 6 } },
    settings: { quarantineMs: 7 },
  })
  expect(router.settings).toMatchObject({ holdMs: 5, quarantineMs: 7, connectTimeoutMs: 5000 })
})

test('it hears which request of which instance it chooses for', () => {
  const asked: number[][] = []
  const { answered, send } = testApp(['answer', 'answer'], {
    settings: { instances: 3 },
    policy: {
      name: 'listener',
      create: () => ({
        choose(_candidates, { id }, instance) {
          asked.push([id, instance])
          return 0
        },
      }),
    },
  })
  for (let count = 0; count < 30; count += 1) send()
  expect(asked).toEqual(answered.map(({ id, routerIndex }) => [id, routerIndex]))
  expect(new Set(answered.map(({ routerIndex }) => routerIndex))).toEqual(new Set([0, 1, 2]))
})

test('it is asked only about dynos that may get a request', () => {
  const asked: string[] = []
  const { pool, dynos, send } = testApp(['keep', 'refuse', 'keep', 'keep'], {
    settings: { activePerDyno: 1 },
    policy: chooseBy((candidates) => {
      asked.push(candidates.map(({ name }) => name).join(' '))
      return 0
    }),
  })
  send()
  send()
  send()
  pool.change('up', dynos.slice(1))
  dynos[2]?.answer()
  send()
  expect(asked).toEqual(['web.1 web.2 web.3 web.4', 'web.2 web.3 web.4', 'web.3 web.4'])
  expect(dynos.map(({ attempts }) => attempts)).toEqual([1, 1, 2, 1])
})
