// What an HTTPS drain does with an answer, and what it sends again.

import { describe, expect, test } from 'vitest'
import { type DrainBatch, simulatedConsumer } from '../../src/index.js'
import { drainedLog, scriptedLog, textsOf, writeLines } from './drained-log.js'

const HTTPS = 'https://user:secret@logs.example.com/drain'

function idsOf(batches: readonly DrainBatch[]): string[] {
  return batches.map((batch) => batch.headers?.['Logplex-Frame-Id'] ?? '')
}

test.each([200, 201, 204, 299])('%i: done', (status) => {
  const log = scriptedLog(
    HTTPS,
    () => 'open',
    () => status,
  )
  writeLines(log, 2, 1000)
  log.simulation.run(5000)
  expect(log.drain.statistics).toMatchObject({ delivered: 2, batches: 2, repeated: 0, failures: 0 })
  expect(new Set(idsOf(log.consumer.batches)).size).toBe(2)
})

test.each([400, 401, 404, 499])(
  '%i: the frame is dropped, and L10 tells with the next',
  (status) => {
    const log = scriptedLog(
      HTTPS,
      () => 'open',
      (batch) => (batch === 1 ? status : 204),
    )
    writeLines(log, 2, 1000)
    log.simulation.run(5000)
    expect(textsOf(log.consumer.batches)).toEqual([
      'line 1',
      'Error L10 (output buffer overflow): 1 messages dropped since 2013-04-17T19:04:47+00:00.',
      'line 2',
    ])
    expect(log.consumer.batches[1]?.headers).toMatchObject({ 'Logplex-Msg-Count': '2' })
    expect(log.consumer.connects).toEqual([1000])
    expect(log.drain.statistics).toMatchObject({
      delivered: 1,
      dropped: 1,
      reported: 1,
      repeated: 0,
    })
  },
)

test.each([301, 429, 500, 503])(
  '%i: tried again on a new connection, with the same frame id',
  (status) => {
    const log = scriptedLog(
      HTTPS,
      () => 'open',
      (batch) => (batch < 3 ? status : 204),
    )
    writeLines(log, 1, 1000)
    log.simulation.run(5000)
    expect(textsOf(log.consumer.batches)).toEqual(['line 1', 'line 1', 'line 1'])
    expect(new Set(idsOf(log.consumer.batches)).size).toBe(1)
    expect(log.consumer.connects.length).toBe(3)
    expect(log.drain.statistics).toMatchObject({
      delivered: 1,
      dropped: 0,
      repeated: 2,
      failures: 2,
    })
  },
)

test('after two further tries the frame is dropped; the next has its own', () => {
  const log = scriptedLog(
    HTTPS,
    () => 'open',
    (batch) => (batch <= 3 ? 500 : 204),
  )
  writeLines(log, 2, 1000)
  log.simulation.run(5000)
  expect(textsOf(log.consumer.batches)).toEqual([
    'line 1',
    'line 1',
    'line 1',
    'Error L10 (output buffer overflow): 1 messages dropped since 2013-04-17T19:04:47+00:00.',
    'line 2',
  ])
  expect(log.drain.statistics).toMatchObject({ delivered: 1, dropped: 1, reported: 1 })
})

test('an attempt to connect that fails takes no try', () => {
  const log = scriptedLog(
    HTTPS,
    (attempt) => (attempt <= 20 ? 'refused' : 'open'),
    () => 204,
  )
  writeLines(log, 1, 1000)
  log.simulation.run(200_000)
  expect(log.consumer.connects.length).toBe(21)
  expect(log.drain.statistics).toMatchObject({ delivered: 1, dropped: 0, failures: 20 })
})

test.each(['refused', null] as const)(
  'nor does one (%s) while a body waits to go again',
  (answer) => {
    const log = scriptedLog(
      HTTPS,
      (attempt) => (attempt === 1 || attempt === 6 ? 'open' : answer),
      (batch) => (batch === 1 ? 500 : 204),
    )
    writeLines(log, 1, 1000)
    log.simulation.run(60_000)
    expect(log.drain.statistics).toMatchObject({
      delivered: 1,
      dropped: 0,
      repeated: 1,
      failures: 5,
    })
  },
)

test('a consumer that answers after 5 s has the lines several times, under one frame id', () => {
  const batches: DrainBatch[] = []
  const log = drainedLog(HTTPS, (scheduler) =>
    simulatedConsumer({ scheduler, answerMs: 5500, receive: (batch) => batches.push(batch) }),
  )
  writeLines(log, 1, 1000)
  log.simulation.run(60_000)
  expect(textsOf(batches)).toEqual(['line 1', 'line 1', 'line 1'])
  expect(new Set(idsOf(batches)).size).toBe(1)
  expect(log.drain.statistics).toMatchObject({ delivered: 0, dropped: 1, repeated: 2 })
})

describe('lines that come while a request is under way', () => {
  test('go together with the next', () => {
    const batches: DrainBatch[] = []
    const log = drainedLog(HTTPS, (scheduler) =>
      simulatedConsumer({
        scheduler,
        connectMs: 0,
        answerMs: 100,
        receive: (batch) => batches.push(batch),
      }),
    )
    writeLines(log, 1000, 1)
    log.simulation.run(5000)
    expect(batches.map((batch) => batch.messages)).toEqual([1, ...Array(9).fill(100), 99])
  })
})
