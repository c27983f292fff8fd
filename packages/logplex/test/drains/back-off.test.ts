// When a drain tries again, to the millisecond.

import { describe, expect, test } from 'vitest'
import { scriptedLog, textsOf, writeLines } from './drained-log.js'

const SYSLOG = 'syslog://logs.example.com:514'
const HTTPS = 'https://logs.example.com/'

describe('syslog', () => {
  test('the first line connects at once', () => {
    const log = scriptedLog(
      SYSLOG,
      () => 'open',
      () => 'taken',
    )
    const { consumer } = log
    log.simulation.schedule(5000, () => log.logplex.write('app', 'web.1', 'hello'), null)
    log.simulation.run(10_000)
    expect(consumer.connects).toEqual([5000])
    expect(consumer.times).toEqual([5000])
  })

  test('2^failures seconds, at most 300', () => {
    const log = scriptedLog(
      SYSLOG,
      () => 'refused',
      () => 'taken',
    )
    const { consumer } = log
    log.logplex.write('app', 'web.1', 'hello')
    log.simulation.run(1_500_000)
    const waits = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((seconds) => seconds * 1000)
    expect(gaps(consumer.connects)).toEqual(waits)
  })

  test('an attempt without an answer ends after 4 s', () => {
    const log = scriptedLog(
      SYSLOG,
      () => null,
      () => 'taken',
    )
    const { consumer } = log
    log.logplex.write('app', 'web.1', 'hello')
    log.simulation.run(21_999)
    expect(consumer.connects).toEqual([0, 6000, 14_000])
    expect(consumer.closes).toEqual([4000, 10_000, 18_000])
  })

  test('a batch without an answer ends after 4 s, is not sent again, and the next goes on', () => {
    const log = scriptedLog(
      SYSLOG,
      () => 'open',
      (batch) => (batch === 2 ? null : 'taken'),
    )
    const { consumer } = log
    writeLines(log, 4, 1000)
    log.simulation.run(60_000)
    // The second batch leaves at 2000 and times out at 6000; one failure makes a wait of 2 s.
    expect(consumer.connects).toEqual([1000, 8000])
    expect(consumer.times).toEqual([1000, 2000, 8000])
    expect(textsOf(consumer.batches)).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
    expect(log.drain.statistics).toMatchObject({ delivered: 3, unconfirmed: 1, failures: 1 })
  })

  test('success sets the count of failures back', () => {
    const log = scriptedLog(
      SYSLOG,
      (attempt) => (attempt <= 3 ? 'refused' : 'open'),
      (batch) => (batch === 2 ? 'broken' : 'taken'),
    )
    const { consumer } = log
    log.logplex.write('app', 'web.1', 'one')
    log.simulation.schedule(100_000, () => log.logplex.write('app', 'web.1', 'two'), null)
    log.simulation.run(110_000)
    expect(consumer.connects).toEqual([0, 2000, 6000, 14_000, 102_000])
  })
})

describe('https', () => {
  /** The factors of 10 ms that the formula can give after so many tries. */
  function slots(tries: number): number[] {
    const most = Math.min(10, tries)
    return Array.from({ length: most }, (_, index) => Math.trunc((2 ** (index + 1) - 1) / 2))
  }

  test('the first attempt repeats at once; then 10 ms times a drawn slot, in all of its values', () => {
    const seen = new Map<number, Set<number>>()
    for (let seed = 0; seed < 300; seed += 1) {
      const log = scriptedLog(
        HTTPS,
        () => 'refused',
        () => 200,
        String(seed),
      )
      const { consumer } = log
      log.logplex.write('app', 'web.1', 'hello')
      log.simulation.run(20_000)
      for (const [tries, wait] of gaps(consumer.connects).entries()) {
        const known = seen.get(Math.min(tries, 10)) ?? new Set()
        seen.set(Math.min(tries, 10), known.add(wait))
      }
    }
    expect([...(seen.get(0) ?? [])]).toEqual([0])
    for (const tries of [1, 2, 3, 5, 10]) {
      const waits = [...(seen.get(tries) ?? [])].sort((a, b) => a - b)
      expect(waits).toEqual(slots(tries).map((slot) => slot * 10))
    }
  })

  test('an attempt ends after 3 s, a request after 5 s', () => {
    const log = scriptedLog(
      HTTPS,
      (attempt) => (attempt === 1 ? null : 'open'),
      (batch) => (batch === 1 ? null : 200),
    )
    const { consumer } = log
    log.logplex.write('app', 'web.1', 'hello')
    log.simulation.run(20_000)
    expect(consumer.connects).toEqual([0, 3000, 8000])
    expect(consumer.times).toEqual([3000, 8000])
    expect(log.drain.statistics).toMatchObject({ delivered: 1, repeated: 1, failures: 2 })
  })
})

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0))
}
