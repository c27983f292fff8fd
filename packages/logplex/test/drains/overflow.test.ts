// What a drain cannot hold is counted, and told before the next line.

import { describe, expect, test } from 'vitest'
import { type DrainBatch, simulatedConsumer } from '../../src/index.js'
import {
  drainedLog,
  framesOf,
  numbersOf,
  reportedBy,
  scriptedLog,
  textsOf,
  writeLines,
} from './drained-log.js'

const SYSLOG = 'syslog://logs.example.com:514'
const HTTPS = 'https://logs.example.com/'

describe.each([SYSLOG, HTTPS])('%s', (url) => {
  test('the newest 1024 stay; L10 comes first and says how many and since when', () => {
    const batches: DrainBatch[] = []
    const log = drainedLog(url, (scheduler) =>
      simulatedConsumer({
        scheduler,
        outages: [{ fromMs: 0, toMs: 30_500 }],
        receive: (batch) => batches.push(batch),
      }),
    )
    writeLines(log, 1524, 10)
    log.simulation.run(20_000)
    expect(log.drain.statistics).toMatchObject({ taken: 1524, waiting: 1024, dropped: 500 })
    log.simulation.run(90_000)
    const texts = textsOf(batches)
    // Line 1025, the first to displace another, is written after 10.25 s.
    expect(texts[0]).toBe(
      'Error L10 (output buffer overflow): 500 messages dropped since 2013-04-17T19:04:56+00:00.',
    )
    expect(texts.length).toBe(1025)
    expect(numbersOf(texts)).toEqual(Array.from({ length: 1024 }, (_, index) => 501 + index))
    expect(framesOf(batches[0] ?? failed())[0]).toMatchObject({
      priority: 172,
      source: 'heroku',
      process: 'logplex',
      messageId: '-',
    })
    expect(log.drain.statistics).toMatchObject({ delivered: 1024, dropped: 500, reported: 500 })
  })

  test('nothing is reported where nothing was lost', () => {
    const log = scriptedLog(
      url,
      () => 'open',
      () => 200,
    )
    writeLines(log, 5000, 1)
    log.simulation.run(10_000)
    expect(reportedBy(textsOf(log.consumer.batches))).toBe(0)
    expect(log.drain.statistics).toMatchObject({ taken: 5000, delivered: 5000, reported: 0 })
  })

  test('batches stay below their target', () => {
    const log = scriptedLog(
      url,
      () => 'open',
      () => 200,
    )
    writeLines(log, 900, 0, 'x'.repeat(400))
    log.simulation.run(10_000)
    const { batches } = log.consumer
    const target = url === SYSLOG ? 4096 : 102_400
    const frame = (batches[0]?.bytes.length ?? 0) / (batches[0]?.messages ?? 1)
    for (const batch of batches.slice(0, -1)) {
      expect(batch.bytes.length).toBeLessThan(target)
      expect(batch.bytes.length).toBeGreaterThan(target - 2 * frame)
      expect(framesOf(batch).length).toBe(batch.messages)
    }
  })
})

test('a message that is longer than a batch goes alone, or last', () => {
  const log = scriptedLog(
    SYSLOG,
    () => 'open',
    () => 'taken',
  )
  writeLines(log, 3, 0, 'x'.repeat(6000))
  log.logplex.write('app', 'web.1', 'short')
  log.simulation.run(1000)
  expect(log.consumer.batches.map((batch) => batch.messages)).toEqual([2, 1, 1])
})

describe('a consumer with a fixed speed', () => {
  const RUN_MS = 400_000
  const SPEED = 100

  test.each([50, 99, 101, 150, 400])('fed %i lines a second works off min(speed, load)', (load) => {
    const batches: DrainBatch[] = []
    const log = drainedLog(SYSLOG, (scheduler) =>
      simulatedConsumer({
        scheduler,
        connectMs: 0,
        answerMs: 0,
        messagesPerSecond: SPEED,
        receive: (batch) => batches.push(batch),
      }),
    )
    const count = (RUN_MS / 1000) * load
    writeLines(log, count, 1000 / load)
    log.simulation.run(RUN_MS)
    const { taken, delivered, dropped, waiting, sending } = log.drain.statistics
    expect(taken).toBe(count)
    const reports = batches.reduce((sum, batch) => sum + batch.messages, 0) - delivered
    if (load < SPEED) {
      expect({ dropped, reports }).toEqual({ dropped: 0, reports: 0 })
      return
    }
    // It is busy from the first line on; a batch is not counted before its end. A report of loss is
    // work too.
    const capacity = (SPEED * (RUN_MS - 1000 / load)) / 1000
    expect(delivered + reports).toBeLessThanOrEqual(capacity)
    expect(delivered + reports + sending + 1).toBeGreaterThanOrEqual(capacity)
    expect(dropped).toBe(Math.max(0, count - delivered - sending - waiting))
    if (dropped > 0) expect(waiting).toBeGreaterThan(1024 - sending - load)
  })
})

describe('a long outage', () => {
  test('over syslog, the buffer shrinks to 10 after more than 10 failures', () => {
    const log = scriptedLog(
      SYSLOG,
      () => 'refused',
      () => 'taken',
    )
    writeLines(log, 6000, 500)
    // Waits of 2, 4 ... 256, 300 and 300 s: the eleventh attempt fails after 1110 s.
    log.simulation.run(1_100_000)
    expect(log.drain.statistics.waiting).toBe(1024)
    log.simulation.run(1_112_000)
    expect(log.drain.statistics).toMatchObject({ waiting: 10, failures: 11 })
    log.simulation.run(2_000_000)
    expect(log.drain.statistics.waiting).toBe(10)
  })

  test('over syslog, the buffer has its size again once the connection stands', () => {
    const log = scriptedLog(
      SYSLOG,
      (attempt) => (attempt <= 11 ? 'refused' : 'open'),
      () => 'taken',
    )
    writeLines(log, 2400, 500)
    log.simulation.run(1_500_000)
    const { dropped } = log.drain.statistics
    expect(dropped).toBe(2390)
    writeLines(log, 1000, 0)
    log.simulation.run(1_600_000)
    expect(log.drain.statistics).toMatchObject({ delivered: 1010, dropped })
  })

  test('over HTTPS, the buffer shrinks to 10 after 5 minutes without success', () => {
    const batches: DrainBatch[] = []
    const log = drainedLog(HTTPS, (scheduler) =>
      simulatedConsumer({
        scheduler,
        outages: [{ fromMs: 10_000, toMs: 400_000 }],
        receive: (batch) => batches.push(batch),
      }),
    )
    writeLines(log, 1000, 1000)
    log.simulation.run(300_000)
    expect(log.drain.statistics.waiting).toBeGreaterThan(280)
    log.simulation.run(330_000)
    expect(log.drain.statistics.waiting).toBe(10)
    log.simulation.run(1_001_000)
    const { delivered, dropped, reported } = log.drain.statistics
    expect(reported).toBe(dropped)
    expect(delivered + dropped).toBe(1000)
  })
})

function failed(): never {
  throw new Error('there is no batch')
}
