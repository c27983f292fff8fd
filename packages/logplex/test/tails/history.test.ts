// What `heroku logs` can look back to: the newest lines, until a week after the last one.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex, type Logplex } from '../../src/index.js'

const WEEK_MS = 7 * 24 * 3_600_000

class Clock {
  now = 0
  readonly epochMs = 0
}

function newLogplex(ringLines = 1500): [Clock, Logplex] {
  const simulation = new Clock()
  const host = 'www.example.com'
  return [simulation, createLogplex({ simulation, generation: 'cedar-2012', host, ringLines })]
}

function texts(logplex: Logplex): string[] {
  return logplex.recent({ lines: 1500 }).map((line) => line.slice(line.indexOf(': ') + 2))
}

describe('a week', () => {
  test('after the last line, all are gone, and stay gone', () => {
    const [clock, logplex] = newLogplex()
    logplex.write('app', 'web.1', 'one')
    clock.now = 1000
    logplex.write('app', 'web.1', 'two')
    clock.now = 1000 + WEEK_MS - 1
    expect(texts(logplex)).toEqual(['one', 'two'])
    clock.now = 1000 + WEEK_MS
    expect(texts(logplex)).toEqual([])
    logplex.write('app', 'web.1', 'three')
    expect(texts(logplex)).toEqual(['three'])
  })

  test('a line now and then keeps older ones alive', () => {
    const [clock, logplex] = newLogplex()
    for (let line = 0; line < 5; line += 1) {
      clock.now = line * (WEEK_MS - 1)
      logplex.write('app', 'web.1', `line ${line}`)
    }
    expect(texts(logplex)).toHaveLength(5)
  })

  test('whatever the pauses, the history is what followed the last one of a week', () => {
    const pause = fc.oneof(
      fc.nat({ max: 1000 }),
      fc.integer({ min: WEEK_MS - 2, max: WEEK_MS + 2 }),
    )
    fc.assert(
      fc.property(
        fc.array(pause, { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        (pauses, most) => {
          const [clock, logplex] = newLogplex(most)
          let expected: string[] = []
          for (const [index, pauseMs] of pauses.entries()) {
            clock.now += pauseMs
            if (pauseMs >= WEEK_MS) expected = []
            expect(texts(logplex)).toEqual(expected)
            logplex.write('app', 'web.1', `line ${index}`)
            expected = [...expected, `line ${index}`].slice(-most)
          }
          expect(texts(logplex)).toEqual(expected)
        },
      ),
    )
  })
})

describe('an app that logs too much', () => {
  test('has no history, and is told so', () => {
    const [, logplex] = newLogplex()
    logplex.write('app', 'web.1', 'one')
    expect(logplex.historyWarning).toBeNull()
    logplex.history = 'discarded'
    logplex.write('app', 'web.1', 'two')
    expect(texts(logplex)).toEqual([])
    expect(logplex.historyWarning).toBe('Warning: log history discarded due to excessive volume.')
    logplex.history = 'kept'
    logplex.write('app', 'web.1', 'three')
    expect(texts(logplex)).toEqual(['three'])
    expect(logplex.historyWarning).toBeNull()
  })
})

test('while the history cannot be read there is an L15, and afterwards all lines', () => {
  const [, logplex] = newLogplex()
  logplex.write('app', 'web.1', 'one')
  logplex.history = 'unavailable'
  logplex.write('app', 'web.1', 'two')
  expect(logplex.recent({ source: 'app' })).toEqual([
    '1970-01-01T00:00:00+00:00 heroku[logplex]: Error L15 (Tail buffer temporarily unavailable)',
  ])
  expect(logplex.historyWarning).toBeNull()
  logplex.history = 'kept'
  expect(texts(logplex)).toEqual(['one', 'two'])
})
