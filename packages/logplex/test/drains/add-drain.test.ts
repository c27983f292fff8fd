// An app has up to five drains, each with a token and a URL that logplex understands.

import { createSimulation } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { createLogplex, type Logplex, simulatedConsumer } from '../../src/index.js'
import { accounted, scriptedLog, textsOf, writeLines } from './drained-log.js'

const SYSLOG = 'syslog://logs.example.com:514'

function logWithSeed(seed: string): { logplex: Logplex; add: (url?: string) => string } {
  const simulation = createSimulation()
  const logplex = createLogplex({ simulation, generation: 'router-2.0', host: 'example.com', seed })
  const add = (url = SYSLOG) =>
    logplex.addDrain({ url, consumer: simulatedConsumer({ scheduler: simulation }) }).token
  return { logplex, add }
}

describe('the url', () => {
  test.each([
    'syslog://logs.example.com:514',
    'syslog://logs.example.com',
    'syslog+tls://192.0.2.7:6514/',
    'https://logs.example.com',
    'https://user:pass@logs.example.com:8443/drain?token=x',
    'http://[2001:db8::1]:80/logs',
  ])('%s is taken', (url) => {
    expect(logWithSeed('1').add(url)).toMatch(/^d\./)
  })

  test.each([
    '',
    'logs.example.com:514',
    'ftp://logs.example.com',
    'syslog://',
    'syslog://logs.example.com:99999',
    'syslog://logs.example.com:0',
    'syslog://logs.example.com/path',
    'https://logs.example.com/a b',
    'toString://logs.example.com',
  ])('%j is refused, and the error says what would do', (url) => {
    expect(() => logWithSeed('1').add(url)).toThrow(
      expect.objectContaining({
        code: 'LOGPLEX_ARGUMENT_INVALID',
        message: expect.stringContaining(
          `https://user:password@host/path, but was ${JSON.stringify(url)}`,
        ),
      }),
    )
  })
})

test('tokens are UUIDs of their own, derived from the seed', () => {
  const [first, again, other] = ['1', '1', '2'].map((seed) => {
    const { add } = logWithSeed(seed)
    return [add(), add(), add()]
  })
  for (const token of [...(first ?? []), ...(other ?? [])]) {
    expect(token).toMatch(
      /^d\.[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  }
  expect(again).toEqual(first)
  expect(new Set([...(first ?? []), ...(other ?? [])]).size).toBe(6)
})

test('a sixth drain is refused until one is removed', () => {
  const { logplex, add } = logWithSeed('1')
  const tokens = [add(), add(), add(), add(), add()]
  expect(() => add()).toThrow(/at most 5 drains/)
  logplex.drains[2]?.remove()
  expect(tokens).not.toContain(add())
  expect(logplex.drains.length).toBe(5)
})

test('a clock alone is not enough', () => {
  const logplex = createLogplex({
    simulation: { now: 0, epochMs: 0 },
    generation: 'router-2.0',
    host: 'example.com',
  })
  const consumer = simulatedConsumer({ scheduler: createSimulation() })
  expect(() => logplex.addDrain({ url: SYSLOG, consumer })).toThrow(/createSimulation\(\)/)
})

test('a drain that was removed gets nothing more and leaves no event behind', () => {
  const log = scriptedLog(
    SYSLOG,
    () => 'open',
    (batch) => (batch === 1 ? 'taken' : null),
  )
  writeLines(log, 4, 1000)
  log.simulation.run(3500)
  log.drain.remove()
  log.drain.remove()
  expect(log.drain.statistics).toMatchObject({ taken: 3, delivered: 1, unconfirmed: 1, dropped: 1 })
  log.simulation.run()
  expect(log.simulation.now).toBe(4000)
  expect(textsOf(log.consumer.batches)).toEqual(['line 1', 'line 2'])
  expect(accounted(log.drain)).toBe(3)
})

test('a drain that was removed while it waits does not connect again', () => {
  const log = scriptedLog(
    SYSLOG,
    () => 'refused',
    () => 'taken',
  )
  log.logplex.write('app', 'web.1', 'hello')
  log.simulation.run(1000)
  log.drain.remove()
  log.simulation.run()
  expect(log.consumer.connects).toEqual([0])
  expect(log.drain.statistics).toMatchObject({ taken: 1, dropped: 1, waiting: 0 })
})

test('drains do not disturb each other', () => {
  const alone = scriptedLog(
    SYSLOG,
    () => 'open',
    () => 'taken',
  )
  const beside = scriptedLog(
    SYSLOG,
    () => 'open',
    () => 'taken',
  )
  const { simulation } = beside
  const dead = simulatedConsumer({ scheduler: simulation, outages: [{ fromMs: 0, toMs: 1e9 }] })
  beside.logplex.addDrain({ url: 'https://dead.example.com/', consumer: dead })
  for (const log of [alone, beside]) {
    writeLines(log, 3000, 7)
    log.simulation.run(60_000)
  }
  expect(beside.consumer.batches).toEqual(alone.consumer.batches)
  expect(beside.logplex.drains[1]?.statistics).toMatchObject({ taken: 3000, delivered: 0 })
})

test('times of a simulated consumer are checked', () => {
  const scheduler = createSimulation()
  expect(() => simulatedConsumer({ scheduler, connectMs: -1 })).toThrow(/connectMs/)
  expect(() => simulatedConsumer({ scheduler, messagesPerSecond: 0 })).toThrow(/above 0/)
  expect(() => simulatedConsumer({ scheduler, outages: [{ fromMs: 5, toMs: 1 }] })).toThrow(
    /order of time/,
  )
})
