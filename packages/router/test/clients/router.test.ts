// Clients in front of a real router: its errors and their own patience are what they see.
import { constant, createSimulation, exponential, RateProfile } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { closedLoop, createRouter, hedging, openLoop, retrying } from '../../src/index.js'
import { FifoDyno } from '../fifo-dyno.js'
import { TestDyno, TestPool } from '../test-pool.js'
import { testMix } from './test-mix.js'

test('clients of all kinds share a router, and every request is accounted for', () => {
  const simulation = createSimulation({ seed: 'all kinds' })
  const dynos = [1, 2, 3].map((number) => new FifoDyno(`web.${number}`, simulation))
  const router = createRouter({ simulation, pool: new TestPool(dynos) })
  const mix = testMix(simulation, exponential({ mean: 40 }))
  const { pool } = mix
  const hedge = hedging({ simulation, pool, target: router, afterMs: 100 })
  const retry = retrying({ simulation, pool, target: hedge, backOff: { firstMs: 50 } })
  const thinkMs = exponential({ mean: 500 })
  const loop = closedLoop({ simulation, users: 10, thinkMs, mix, target: retry })
  const arrivals = new RateProfile([{ atMs: 0, perSecond: 30 }])
  const open = openLoop({ simulation, arrivals, mix, target: router })
  loop.start()
  open.start()
  simulation.run(60_000)
  expect(router.arrived).toBe(hedge.statistics.attempts + open.sent)
  expect(hedge.statistics.asks).toBe(retry.statistics.attempts)
  expect(retry.statistics).toMatchObject({ asks: loop.statistics.asks, failed: 0 })
  expect(hedge.wasted).toBeGreaterThan(100)
  loop.setUsers(0)
  open.stop()
  simulation.run()
  expect(router.open).toBe(0)
  expect(loop.statistics.open).toBe(0)
})

test('an H12 is tried again while the dyno works on', () => {
  const simulation = createSimulation()
  const dyno = new TestDyno('web.1', 'keep')
  const settings = { handshakeMs: 0 }
  const router = createRouter({ simulation, pool: new TestPool([dyno]), settings })
  const mix = testMix(simulation)
  const retry = retrying({ simulation, pool: mix.pool, target: router, backOff: { firstMs: 1000 } })
  retry.handle(mix.next())
  simulation.run(31_000)
  dyno.answer()
  expect(retry.statistics).toMatchObject({ attempts: 2, open: 1 })
  dyno.answer()
  expect(retry.statistics).toMatchObject({ succeeded: 1, failed: 0 })
  expect(retry.statistics.latency.max).toBe(31_000)
  // The answer to nobody does not confuse anybody, and its request is free again.
  expect(mix.pool.created).toBe(2)
})

test('a client that leaves after its patience tries again, and then gives up', () => {
  const simulation = createSimulation()
  const dyno = new TestDyno('web.1', 'keep')
  const codes: string[] = []
  const router = createRouter({
    simulation,
    pool: new TestPool([dyno]),
    onResponse: ({ code }) => codes.push(code),
  })
  const mix = testMix(simulation, constant(1), { patienceMs: constant(8000) })
  const backOff = { firstMs: 2000 }
  const retry = retrying({ simulation, pool: mix.pool, target: router, attemptsMax: 2, backOff })
  retry.handle(mix.next())
  simulation.run(20_000)
  expect(codes).toEqual(['H27', 'H27'])
  expect(retry.statistics).toMatchObject({ attempts: 2, succeeded: 0, failed: 1 })
  expect(retry.statistics.latency.max).toBe(18_000)
})
