// In 2010 the plan of the logging add-on limited the lines of a minute.

import { describe, expect, test } from 'vitest'
import { createLogplex, type LogplexOptions } from '../../src/index.js'

class Clock {
  now = 0
  readonly epochMs = 0
}

const GOOD: LogplexOptions = {
  simulation: new Clock(),
  generation: 'bamboo-2010',
  host: 'www.example.com',
}

describe('500 lines a minute', () => {
  test('then one notice, then nothing until the next minute', () => {
    const simulation = new Clock()
    const logplex = createLogplex({ ...GOOD, simulation, linesPerMinute: 500 })
    for (let line = 1; line <= 1200; line += 1) {
      simulation.now = line * 100
      logplex.write('app', 'web.1', `line ${line}`)
    }
    const lines = logplex.recent({ lines: 1500 }).map((line) => line.slice(26))
    const numbered = (first: number): string[] =>
      Array.from({ length: 500 }, (_, index) => `app[web.1]: line ${first + index}`)
    const notice =
      'heroku[logplex]: You have exceeded 500 logs/min. Please upgrade your logging addon for higher throughput.'
    // Line 600 is the first of the second minute, line 1200 of the third.
    expect(lines).toEqual([
      ...numbered(1),
      notice,
      ...numbered(600),
      notice,
      'app[web.1]: line 1200',
    ])
    expect(logplex.refused).toBe(199 - 100 + 100)
    expect(logplex.lines + logplex.refused).toBe(1200 + 2)
  })

  test('lines of the platform and of requests count as well', () => {
    const logplex = createLogplex({ ...GOOD, linesPerMinute: 2 })
    logplex.write('heroku', 'web.1', 'State changed from starting to up')
    logplex.write('app', 'web.1', 'one\ntwo\nthree')
    expect(logplex.recent().map((line) => line.slice(26, 45))).toEqual([
      'heroku[web.1]: Stat',
      'app[web.1]: one',
      'heroku[logplex]: Yo',
    ])
  })
})

test.each<readonly [Partial<LogplexOptions>, string]>([
  [{ linesPerMinute: 0 }, 'linesPerMinute must be a whole number from 1 to 1000000, but was 0'],
  [
    { linesPerMinute: 500, generation: 'router-2.0' },
    'linesPerMinute is a limit of 2010, so generation must be bamboo-2010, but was router-2.0',
  ],
])('%j', (options, message) => {
  expect(() => createLogplex({ ...GOOD, ...options })).toThrow(message)
})
