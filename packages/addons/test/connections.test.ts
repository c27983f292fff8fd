import { BatchMeans, covers } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { ConnectionLimit, memcachier, postgres, redis } from '../src/index.js'
import { bench } from './bench.js'

test('beyond its limit each database refuses in its own words', () => {
  const refusal = (...[model, plan]: [ReturnType<typeof postgres | typeof redis>, string]) => {
    const { attached } = bench<{ readonly usdPerMonth: number; readonly connections: number }>(
      model,
      { plan },
    )
    for (let count = 0; count < attached.plan.connections; count += 1) {
      expect(attached.connect()).toBeNull()
    }
    return attached.connect()
  }
  const slots =
    'FATAL: remaining connection slots are reserved for non-replication superuser connections'
  expect(refusal(postgres(), 'essential-0')).toMatch(
    /^FATAL: too many connections for role "u[0-9a-f]{13}"$/,
  )
  expect(refusal(postgres(), 'standard-0')).toBe(slots)
  expect(refusal(postgres(), 'premium-0')).toBe(slots)
  expect(refusal(redis(), 'mini')).toBe('ERR max number of clients reached')
})

test('the role that is refused is the one of DATABASE_URL', () => {
  const { attached } = bench(postgres(), { plan: 'essential-0' })
  for (let count = 0; count < 20; count += 1) attached.connect()
  const { DATABASE_URL = '' } = attached.configVars
  const role = /postgres:\/\/(\w+):/.exec(DATABASE_URL)?.[1]
  expect(attached.connect()).toContain(`"${role}"`)
})

test('connections that come at random and are refused at the limit follow the Erlang B formula', () => {
  const { simulation, attached } = bench(postgres(), { plan: 'essential-0', seed: 'erlang b' })
  const limit = attached.plan.connections
  const offered = 18
  const holdMs = 1000
  const stream = simulation.stream('connections')
  const refusals = new BatchMeans()
  const close = (): void => attached.disconnect(1)
  for (let count = 1; count <= 200_000; count += 1) {
    simulation.run(simulation.now + stream.exponential(holdMs / offered))
    const taken = attached.connect() === null
    if (taken) simulation.schedule(stream.exponential(holdMs), close, null)
    refusals.record(taken ? 0 : 1)
  }
  let theory = 1
  for (let count = 1; count <= limit; count += 1) {
    theory = (offered * theory) / (count + offered * theory)
  }
  const refused = refusals.interval(0.999)
  expect(covers(refused, theory)).toBe(true)
  // A limit of one more would refuse so much less that it would be noticed.
  const oneMore = (offered * theory) / (limit + 1 + offered * theory)
  expect(theory - oneMore).toBeGreaterThan(refused.halfWidth)
})

test('the gauge counts what is open', () => {
  const { attached } = bench(redis())
  const { connections } = attached.gauges
  attached.connect()
  attached.connect()
  attached.disconnect()
  expect(connections?.()).toBe(1)
  attached.disconnect(0)
  expect(connections?.()).toBe(1)
})

test('closing what is not open is an error', () => {
  const connections = new ConnectionLimit(5, 'full')
  connections.connect()
  for (const count of [2, -1, 0.5]) {
    expect(() => connections.disconnect(count)).toThrow(
      expect.objectContaining({ code: 'ADDONS_NOT_CONNECTED' }),
    )
  }
  expect(connections.open).toBe(1)
})

test('an add-on without a limit accepts everybody', () => {
  const { attached } = bench(memcachier())
  expect(attached.connect()).toBeNull()
  attached.disconnect(1)
})
