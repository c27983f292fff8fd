// The newest lines stay readable, as with `heroku logs -n LINES --source SOURCE --ps PROCESS`.

import type { LogSource } from '@celadon/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex, type Logplex } from '../src/index.js'
import { finishedRequest } from './finished-request.js'

function logplexWith(count: number, ringLines?: number): Logplex {
  const logplex = createLogplex({
    simulation: { now: 0, epochMs: 0 },
    generation: 'router-2.0',
    host: 'www.example.com',
    ...(ringLines === undefined ? {} : { ringLines }),
  })
  for (let line = 1; line <= count; line += 1) logplex.write('app', 'web.1', `line ${line}`)
  return logplex
}

function texts(lines: readonly string[]): string[] {
  return lines.map((line) => line.slice(line.indexOf(': ') + 2))
}

function numbered(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `line ${first + index}`)
}

describe('how many', () => {
  test('100 lines unless told otherwise, oldest first', () => {
    expect(texts(logplexWith(250).recent())).toEqual(numbered(151, 250))
  })

  test('1500 lines are kept', () => {
    const logplex = logplexWith(4000)
    expect(texts(logplex.recent({ lines: 1500 }))).toEqual(numbered(2501, 4000))
    expect(texts(logplex.recent({ lines: 5000 }))).toEqual(numbered(2501, 4000))
    expect(logplex.lines).toBe(4000)
  })

  test('none, when none are asked for or written', () => {
    expect(logplexWith(10).recent({ lines: 0 })).toEqual([])
    expect(logplexWith(0).recent()).toEqual([])
  })

  test('fewer than asked for, when fewer were written', () => {
    expect(texts(logplexWith(3).recent({ lines: 50 }))).toEqual(numbered(1, 3))
  })

  test('a ring of any size keeps its newest lines', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 30 }),
        (ringLines, count, lines) => {
          const kept = Math.min(ringLines, count, lines)
          const logplex = logplexWith(count, ringLines)
          expect(texts(logplex.recent({ lines }))).toEqual(numbered(count - kept + 1, count))
        },
      ),
    )
  })
})

describe('which', () => {
  const written: readonly (readonly [LogSource, string])[] = [
    ['app', 'web.1'],
    ['app', 'web.10'],
    ['heroku', 'web.1'],
    ['app', 'webhook.1'],
    ['heroku', 'router'],
    ['app', 'api'],
  ]

  function origins(options: { source?: LogSource; process?: string; lines?: number }): string[] {
    const logplex = logplexWith(0)
    for (const [source, process] of written) logplex.write(source, process, 'hello')
    return logplex.recent(options).map((line) => line.split(' ')[1] ?? '')
  }

  test('a type of process stands for all of its dynos', () => {
    expect(origins({ process: 'web' })).toEqual(['app[web.1]:', 'app[web.10]:', 'heroku[web.1]:'])
  })

  test('a dyno stands for itself', () => {
    expect(origins({ process: 'web.1' })).toEqual(['app[web.1]:', 'heroku[web.1]:'])
    expect(origins({ process: 'router' })).toEqual(['heroku[router]:'])
    expect(origins({ process: 'worker' })).toEqual([])
  })

  test('source and process hold together', () => {
    expect(origins({ source: 'app', process: 'web' })).toEqual(['app[web.1]:', 'app[web.10]:'])
    expect(origins({ source: 'heroku' })).toEqual(['heroku[web.1]:', 'heroku[router]:'])
  })

  test('lines are counted after the choice', () => {
    expect(origins({ source: 'app', lines: 2 })).toEqual(['app[webhook.1]:', 'app[api]:'])
  })
})

describe('lines about requests', () => {
  test('tell what the request was when it was written', () => {
    const logplex = logplexWith(0)
    const request = finishedRequest({ id: 1, dyno: 'web.1', status: 200 })
    logplex.writeRequest('heroku', 'router', request)
    const before = logplex.recent()
    request.begin(2, { method: 'POST', path: '/cart', responseBytes: 1 }, null)
    request.work.error = 'boom'
    request.dyno = 'web.9'
    request.status = 503
    expect(logplex.recent()).toEqual(before)
    expect(before[0]).toContain(' path="/products" ')
  })

  test('rows that held one kind of line take the other', () => {
    const logplex = logplexWith(0, 2)
    const request = finishedRequest()
    for (let round = 0; round < 3; round += 1) {
      logplex.write('app', 'web.1', 'text')
      logplex.writeRequest('app', 'web.2', request)
      logplex.writeRequest('heroku', 'router', request)
    }
    logplex.write('app', 'web.1', '')
    const lines = logplex.recent()
    expect(lines[0]).toMatch(/heroku\[router\]: at=info /)
    expect(lines[1]).toMatch(/app\[web\.1\]: $/)
  })
})
