// Who knows a token writes into the log by frames, as logplex's HTTP input takes them.

import { createSimulation } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex, encodeSyslogFrame, type Logplex } from '../../src/index.js'
import { line } from '../frames/arbitrary-line.js'
import { scriptedLog, textsOf } from './drained-log.js'

function emptyLog(): Logplex {
  const simulation = createSimulation({ epochMs: Date.UTC(2026, 2, 2) })
  return createLogplex({ simulation, generation: 'router-2.0', host: 'www.example.com' })
}

function frame(token: string, text: string): Uint8Array {
  const message = `<134>1 2026-03-02T09:43:06.5+00:00 h ${token} heroku-redis - - ${text}\n`
  const bytes = new TextEncoder().encode(message)
  return new TextEncoder().encode(`${bytes.length} ${message}`)
}

function body(...frames: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(frames))
}

test('lines are under the source of their token, with their own time', () => {
  const logplex = emptyLog()
  const { app, heroku } = logplex.tokens
  const answer = logplex.post(body(frame(app, 'source=REDIS'), frame(heroku, 'naïve 👍')))
  expect(answer).toEqual({ status: 204, taken: 2, unknownTokens: 0, problem: null })
  expect(logplex.recent()).toEqual([
    '2026-03-02T09:43:06.500000+00:00 app[heroku-redis]: source=REDIS',
    '2026-03-02T09:43:06.500000+00:00 heroku[heroku-redis]: naïve 👍',
  ])
})

test('what nobody has the token of is left out and counted', () => {
  const logplex = emptyLog()
  const stranger = `t.${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`
  const known = frame(logplex.tokens.app, 'hello')
  expect(logplex.post(body(frame(stranger, 'x'), known, frame('app', 'y')))).toMatchObject({
    status: 204,
    taken: 1,
    unknownTokens: 2,
  })
  expect(logplex.lines).toBe(1)
})

describe('a body with a malformed message is refused as a whole', () => {
  test.each([
    ['no length', (good: Uint8Array) => body(good, new TextEncoder().encode('hello'))],
    ['an end too early', (good: Uint8Array) => good.subarray(0, good.length - 1)],
    ['a bad header', (good: Uint8Array) => body(new TextEncoder().encode('5 hello'), good)],
  ])('%s', (_, spoil) => {
    const logplex = emptyLog()
    const answer = logplex.post(spoil(frame(logplex.tokens.app, 'hello')))
    expect(answer).toMatchObject({
      status: 400,
      taken: 0,
      problem: expect.stringMatching(/^at byte \d+, /),
    })
    expect(logplex.lines).toBe(0)
  })

  test('more than 10,240 bytes', () => {
    const logplex = emptyLog()
    expect(logplex.post(frame(logplex.tokens.app, 'x'.repeat(10_240)))).toMatchObject({
      status: 400,
    })
    expect(logplex.post(frame(logplex.tokens.app, 'x'.repeat(10_000)))).toMatchObject({
      status: 204,
    })
  })
})

test('tokens are UUIDs, one for each source, derived from the seed', () => {
  const { app, heroku } = emptyLog().tokens
  for (const token of [app, heroku])
    expect(token).toMatch(/^t\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(app).not.toBe(heroku)
  expect(emptyLog().tokens).toEqual({ app, heroku })
})

test('what was posted goes to the drains', () => {
  const log = scriptedLog(
    'syslog://logs.example.com',
    () => 'open',
    () => 'taken',
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const before = log.consumer.batches.length
      const { tokens } = log.logplex
      const frames = lines.map((each) => {
        const written = Buffer.from(encodeSyslogFrame(each, 'h')).toString()
        const message = written.slice(written.indexOf(' ') + 1)
        const posted = message.replace(` h ${each.source} `, ` h ${tokens[each.source]} `)
        return Buffer.from(`${Buffer.byteLength(posted)} ${posted}`)
      })
      expect(log.logplex.post(body(...frames)).taken).toBe(lines.length)
      log.simulation.run(log.simulation.now + 100)
      const texts = lines.map((each) => Buffer.from(each.text).toString())
      expect(textsOf(log.consumer.batches.slice(before))).toEqual(texts)
    }),
  )
})
