// `heroku logs --tail`: the newest lines, then each new one, until the session ends.

import { createSimulation } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { createLogplex, type Logplex, promptReader, type TailLine } from '../../src/index.js'

class Clock {
  now = 0
  readonly epochMs = 0
}

function newLogplex(clock = new Clock()): Logplex {
  return createLogplex({ simulation: clock, generation: 'router-2.0', host: 'www.example.com' })
}

function write(logplex: Logplex, first: number, last: number): void {
  for (let line = first; line <= last; line += 1) logplex.write('app', 'web.1', `line ${line}`)
}

class Received {
  readonly lines: TailLine[] = []
  readonly reader = promptReader((line) => this.lines.push(line))

  get texts(): string[] {
    return this.lines.map(({ text }) => text.slice(text.indexOf(': ') + 2))
  }
}

describe('what a reader gets', () => {
  test('the newest lines, then each new one at once', () => {
    const logplex = newLogplex()
    write(logplex, 1, 20)
    const received = new Received()
    const session = logplex.tail({ lines: 2 })
    write(logplex, 21, 22)
    expect(session.connect(received.reader)).toBe('open')
    expect(received.texts).toEqual(['line 21', 'line 22'])
    write(logplex, 23, 24)
    expect(received.texts).toEqual(['line 21', 'line 22', 'line 23', 'line 24'])
    expect(received.lines.map(({ id }) => id)).toEqual([21, 22, 23, 24])
    expect(received.lines.map(({ text }) => text)).toEqual(logplex.recent({ lines: 4 }))
    expect(session.lastId).toBe(24)
  })

  test('100 lines of the history unless told otherwise, and 1500 at most', () => {
    const logplex = newLogplex()
    write(logplex, 1, 2000)
    const received = [new Received(), new Received()] as const
    logplex.tail().connect(received[0].reader)
    logplex.tail({ lines: 5000 }).connect(received[1].reader)
    expect(received.map(({ lines }) => lines.length)).toEqual([100, 1500])
  })

  test('only lines that it wants, of the history as of those that come', () => {
    const logplex = newLogplex()
    const received = new Received()
    for (const round of [1, 2]) {
      logplex.write('app', 'web.1', `wanted ${round}`)
      logplex.write('app', 'worker.1', `other ${round}`)
      logplex.write('heroku', 'web.1', `other ${round}`)
      if (round === 1) logplex.tail({ source: 'app', process: 'web' }).connect(received.reader)
    }
    expect(received.texts).toEqual(['wanted 1', 'wanted 2'])
  })

  test('nothing after it has left', () => {
    const logplex = newLogplex()
    const received = new Received()
    const session = logplex.tail()
    session.connect(received.reader)
    write(logplex, 1, 1)
    session.disconnect()
    write(logplex, 2, 2)
    session.ready()
    expect(received.texts).toEqual(['line 1'])
    expect(session.status).toBe('left')
    expect(session.statistics).toMatchObject({ taken: 1, delivered: 1, abandoned: 0 })
  })

  test('what waited when it left is abandoned', () => {
    const logplex = newLogplex()
    const session = logplex.tail()
    session.connect({ take: () => {} })
    write(logplex, 1, 5)
    session.disconnect()
    write(logplex, 6, 7)
    expect(session.statistics).toMatchObject({ taken: 5, delivered: 1, abandoned: 4, waiting: 0 })
  })

  test('a reader may leave while it takes a line', () => {
    const logplex = newLogplex()
    const session = logplex.tail()
    const taken: string[] = []
    session.connect({
      take: (lines, { disconnect }) => {
        taken.push(...lines.map(({ text }) => text))
        disconnect.call(session)
      },
    })
    write(logplex, 1, 3)
    expect(taken).toHaveLength(1)
  })
})

describe('how long', () => {
  test('a session waits 360 s for its reader', () => {
    const clock = new Clock()
    const logplex = newLogplex(clock)
    write(logplex, 1, 1)
    const [early, late] = [logplex.tail(), logplex.tail()]
    clock.now = 359_999
    expect(early.connect(new Received().reader)).toBe('open')
    clock.now = 360_000
    const received = new Received()
    expect(late.connect(received.reader)).toBe('expired')
    write(logplex, 2, 2)
    expect(received.lines).toEqual([])
  })

  test('a connection lasts an hour, whether or not lines come', () => {
    const clock = new Clock()
    const logplex = newLogplex(clock)
    const received = new Received()
    const sessions = [logplex.tail(), logplex.tail()] as const
    clock.now = 1000
    for (const session of sessions) session.connect(received.reader)
    clock.now = 1000 + 3_599_999
    write(logplex, 1, 1)
    expect(received.lines).toHaveLength(2)
    clock.now += 1
    expect(sessions.map(({ status }) => status)).toEqual(['timed-out', 'timed-out'])
    sessions[1].disconnect()
    write(logplex, 2, 2)
    expect(received.lines).toHaveLength(2)
    expect(sessions.map(({ status }) => status)).toEqual(['timed-out', 'timed-out'])
    expect(sessions[0].statistics).toMatchObject({ taken: 1, delivered: 1, abandoned: 0 })
  })

  test('a session has one connection', () => {
    const session = newLogplex().tail()
    session.connect(new Received().reader)
    expect(() => session.connect(new Received().reader)).toThrow(
      'a tail session has one connection, but this one is open; create another to go on',
    )
    session.disconnect()
    expect(() => session.connect(new Received().reader)).toThrow('is left')
  })
})

describe('what is refused', () => {
  test('an app that logs too much shows its history and an L20, then ends', () => {
    const logplex = newLogplex()
    write(logplex, 1, 2)
    const before = new Received()
    logplex.tail().connect(before.reader)
    logplex.tailsForbidden = true
    const received = new Received()
    const session = logplex.tail()
    expect(session.connect(received.reader)).toBe('forbidden')
    write(logplex, 3, 3)
    expect(received.texts).toEqual([
      'line 1',
      'line 2',
      'Error L20 (Tail sessions forbidden) Tail sessions for this app are forbidden due to log volume.',
    ])
    expect(before.texts).toEqual(['line 1', 'line 2', 'line 3'])
  })

  test('the tail goes on while the history cannot be read', () => {
    const logplex = newLogplex()
    write(logplex, 1, 2)
    logplex.history = 'unavailable'
    const received = new Received()
    logplex.tail().connect(received.reader)
    write(logplex, 3, 3)
    expect(received.texts).toEqual(['Error L15 (Tail buffer temporarily unavailable)', 'line 3'])
  })

  test('a number of a line that was not written yet', () => {
    const logplex = newLogplex()
    write(logplex, 1, 2)
    expect(() => logplex.tail().connect(new Received().reader, 3)).toThrow(
      'after must be a whole number from 0 to 2, but was 3',
    )
    expect(() => logplex.tail({ lines: -1 })).toThrow('lines must be a whole number')
  })
})

test('a session is part of a snapshot', () => {
  const simulation = createSimulation()
  const logplex = createLogplex({
    simulation,
    generation: 'router-2.0',
    host: 'www.example.com',
  })
  const session = logplex.tail()
  session.connect({ take: () => {} })
  write(logplex, 1, 2000)
  const before = session.statistics
  const snapshot = simulation.snapshot(logplex, session)
  write(logplex, 2001, 5000)
  session.ready()
  session.disconnect()
  snapshot.restore()
  expect(session.statistics).toEqual(before)
  expect(session.status).toBe('open')
  expect(logplex.lines).toBe(2000)
  write(logplex, 2001, 2001)
  expect(session.statistics).toMatchObject({ taken: 2001, waiting: 1024 })
})
