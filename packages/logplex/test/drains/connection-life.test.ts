// A connection ends when it is idle, when it is old, when the consumer hangs up, and with a bad
// certificate it does not begin.

import { createSimulation } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import {
  type BatchAnswer,
  createLogplex,
  type DrainCall,
  type DrainConsumer,
  simulatedConsumer,
} from '../../src/index.js'
import { drainedLog, scriptedLog, textsOf, writeLines } from './drained-log.js'

const SYSLOG = 'syslog://logs.example.com:514'
const TLS = 'syslog+tls://logs.example.com:6514'
const HTTPS = 'https://user:secret@logs.example.com/drain'
const HOUR_MS = 3_600_000

describe.each([
  [SYSLOG, 240_000],
  [HTTPS, 144_000],
])('%s', (url, idleMs) => {
  test('an idle connection is closed, up to 15 s late, and opened for the next line', () => {
    const closes = new Set<number>()
    for (let seed = 0; seed < 50; seed += 1) {
      const log = scriptedLog(
        url,
        () => 'open',
        () => 200,
        String(seed),
      )
      log.logplex.write('app', 'web.1', 'one')
      log.simulation.schedule(400_000, () => log.logplex.write('app', 'web.1', 'two'), null)
      log.simulation.run(399_999)
      const [closed = 0] = log.consumer.closes
      expect(closed).toBeGreaterThan(idleMs)
      expect(closed).toBeLessThanOrEqual(idleMs + 15_000)
      closes.add(closed)
      log.simulation.run(400_000)
      expect(log.consumer.connects).toEqual([0, 400_000])
      expect(log.drain.statistics).toMatchObject({ delivered: 2, connections: 2, failures: 0 })
    }
    expect(closes.size).toBeGreaterThan(40)
  })

  test('a connection in use is closed after 5 hours', () => {
    const log = scriptedLog(
      url,
      () => 'open',
      () => 200,
    )
    writeLines(log, 6 * 60, 60_000)
    log.simulation.run(5 * HOUR_MS)
    expect(log.consumer.closes).toEqual([])
    log.simulation.run(6 * HOUR_MS)
    expect(log.consumer.closes.length).toBe(1)
    expect(log.consumer.connects.length).toBe(2)
    expect(log.drain.statistics).toMatchObject({ delivered: 360, unconfirmed: 0, dropped: 0 })
  })
})

test('a connection that is always sending is closed after 5 hours too, between two batches', () => {
  const log = drainedLog(HTTPS, (scheduler) => simulatedConsumer({ scheduler, answerMs: 2000 }))
  writeLines(log, 5.5 * 3600, 1000)
  log.simulation.run(5 * HOUR_MS)
  expect(log.drain.statistics.connections).toBe(1)
  log.simulation.run(5.6 * HOUR_MS)
  const { connections, delivered, repeated } = log.drain.statistics
  expect({ connections, delivered, repeated }).toEqual({
    connections: 2,
    delivered: 5.5 * 3600,
    repeated: 0,
  })
})

test('after a connection grew old, a syslog drain in use waits 30 s and an HTTPS drain does not', () => {
  const waits = [SYSLOG, HTTPS].map((url) => {
    const log = scriptedLog(
      url,
      () => 'open',
      () => 200,
    )
    writeLines(log, 5.5 * 3600, 1000)
    log.simulation.run(5.5 * HOUR_MS)
    const [closed = 0] = log.consumer.closes
    return (log.consumer.connects[1] ?? 0) - closed
  })
  expect(waits[0]).toBeGreaterThanOrEqual(30_000)
  expect(waits[0]).toBeLessThanOrEqual(31_000)
  expect(waits[1]).toBeLessThanOrEqual(1000)
})

describe('a consumer that hangs up', () => {
  test('while a batch is under way: syslog does not send it again, HTTPS does', () => {
    const sent = [SYSLOG, HTTPS].map((url) => {
      const log = scriptedLog(
        url,
        () => 'open',
        (batch) => (batch === 1 ? null : 200),
      )
      writeLines(log, 2, 1000)
      log.simulation.schedule(1500, () => log.consumer.line?.hangUp(), null)
      log.simulation.run(20_000)
      return { texts: textsOf(log.consumer.batches), ...log.drain.statistics }
    })
    expect(sent[0]).toMatchObject({ texts: ['line 1', 'line 2'], delivered: 1, unconfirmed: 1 })
    expect(sent[1]).toMatchObject({
      texts: ['line 1', 'line 1', 'line 2'],
      delivered: 2,
      repeated: 1,
    })
  })

  test('while nothing is sent: syslog connects again after 2 s, HTTPS with the next line', () => {
    const connects = [SYSLOG, HTTPS].map((url) => {
      const log = scriptedLog(
        url,
        () => 'open',
        () => 200,
      )
      writeLines(log, 2, 10_000)
      log.simulation.schedule(15_000, () => log.consumer.line?.hangUp(), null)
      log.simulation.run(30_000)
      expect(log.drain.statistics.delivered).toBe(2)
      return log.consumer.connects
    })
    expect(connects).toEqual([
      [10_000, 17_000],
      [10_000, 20_000],
    ])
  })

  test('because it goes down, before the connection stands: that is refused', () => {
    const log = drainedLog(SYSLOG, (scheduler) =>
      simulatedConsumer({ scheduler, connectMs: 1000, outages: [{ fromMs: 500, toMs: 2000 }] }),
    )
    log.logplex.write('app', 'web.1', 'hello')
    log.simulation.run(1500)
    expect(log.drain.statistics).toMatchObject({ connections: 0, failures: 1, waiting: 1 })
    log.simulation.run(10_000)
    expect(log.drain.statistics).toMatchObject({ connections: 1, failures: 1, delivered: 1 })
  })

  test('because it goes down, while nothing is sent: that is noticed at once', () => {
    const log = drainedLog(SYSLOG, (scheduler) =>
      simulatedConsumer({ scheduler, outages: [{ fromMs: 5000, toMs: 6000 }] }),
    )
    log.logplex.write('app', 'web.1', 'hello')
    log.simulation.run(5000)
    expect(log.drain.statistics).toMatchObject({ connections: 1, failures: 1, delivered: 1 })
  })

  test('late, on a connection that is gone: nobody hears', () => {
    const log = scriptedLog(
      SYSLOG,
      () => 'open',
      () => 'taken',
    )
    writeLines(log, 2, 10_000)
    log.simulation.run(10_000)
    const first = log.consumer.line
    log.simulation.schedule(1000, () => first?.hangUp(), null)
    log.simulation.schedule(5000, () => first?.hangUp(), null)
    log.simulation.run(30_000)
    expect(log.drain.statistics).toMatchObject({ connections: 2, failures: 1 })
  })
})

test('an answer that comes late, or a second one, is not heard', () => {
  const simulation = createSimulation()
  const logplex = createLogplex({ simulation, generation: 'router-2.0', host: 'example.com' })
  const calls: DrainCall<BatchAnswer>[] = []
  const consumer: DrainConsumer = {
    connect: (call) => {
      call.answer('open')
      call.answer('refused')
    },
    receive: (_, call) => {
      calls.push(call)
    },
  }
  const drain = logplex.addDrain({ url: HTTPS, consumer })
  logplex.write('app', 'web.1', 'hello')
  // The first request times out after 5 s and goes again at once.
  simulation.schedule(6000, () => calls[0]?.answer(204), null)
  simulation.schedule(6000, () => calls[0]?.answer(400), null)
  simulation.run(7000)
  expect(drain.statistics).toMatchObject({ delivered: 0, sending: 1, batches: 2, failures: 1 })
  simulation.schedule(0, () => calls[1]?.answer(204), null)
  simulation.run(8000)
  expect(drain.statistics).toMatchObject({ delivered: 1, sending: 0, dropped: 0, failures: 1 })
})

describe('a bad certificate', () => {
  const text = (uri: string) =>
    `Error L14 (certificate validation): error="bad certificate" uri="${uri}"`

  test.each([
    [TLS, 'syslog+tls://logs.example.com:6514/'],
    [HTTPS, 'https://logs.example.com/drain'],
  ])('%s: L14 in the log of the app, once for each attempt', (url, uri) => {
    const log = scriptedLog(
      url,
      () => 'bad certificate',
      () => 200,
    )
    log.logplex.write('app', 'web.1', 'hello')
    log.simulation.run(60_000)
    const lines = log.logplex.recent({ lines: 1500, source: 'heroku', process: 'logplex' })
    expect(lines.length).toBeGreaterThan(4)
    expect(lines.length).toBe(log.consumer.connects.length)
    for (const line of lines) expect(line).toMatch(/^\S+ heroku\[logplex\]: Error L14 /)
    expect(lines[0]?.endsWith(text(uri))).toBe(true)
  })

  test('the lines come once the certificate is good', () => {
    const log = scriptedLog(
      TLS,
      (attempt) => (attempt === 1 ? 'bad certificate' : 'open'),
      () => 'taken',
    )
    log.logplex.write('app', 'web.1', 'hello')
    log.simulation.run(60_000)
    expect(textsOf(log.consumer.batches)).toEqual([
      'hello',
      text('syslog+tls://logs.example.com:6514/'),
    ])
  })
})
