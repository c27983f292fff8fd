// Frames are what a strict receiver of RFC 5424 and RFC 6587 takes.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeHttpsFrame, encodeSyslogFrame, type LogLine } from '../../src/index.js'
import { textOf } from '../text-of.js'
import { oddLine } from './arbitrary-line.js'

const TOKEN = 'd.9173ea1f-6f14-4976-9cf0-7cd0dafdcdbc'
// 2012-11-30T06:45:29Z
const AT_MICROS = 1_354_257_929_000_000

function line(parts: Partial<LogLine>): LogLine {
  return { atMicros: AT_MICROS, source: 'app', process: 'web.3', text: 'hello', ...parts }
}

function priorityOf(parts: Partial<LogLine>): number {
  const [, priority] = /^\d+ <(\d+)>1 /.exec(textOf(encodeHttpsFrame(line(parts)))) ?? []
  return Number(priority)
}

test('a frame as syslog drains send it', () => {
  const sent = line({ source: 'heroku', process: 'router', text: 'at=info method=GET' })
  const message = `<158>1 2012-11-30T06:45:29.000000+00:00 ${TOKEN} heroku router - - at=info method=GET\n`
  expect(textOf(encodeSyslogFrame(sent, TOKEN))).toBe(`${message.length} ${message}`)
})

test('a frame as HTTPS drains send it: no structured data', () => {
  const sent = line({ source: 'heroku', process: 'web.3', text: 'State changed to up' })
  expect(textOf(encodeHttpsFrame(sent, 'cedar-2012'))).toBe(
    '72 <45>1 2012-11-30T06:45:29+00:00 host heroku web.3 - State changed to up\n',
  )
})

test('the length counts bytes, not characters', () => {
  const frame = textOf(encodeHttpsFrame(line({ text: 'naïve 👍' }), 'cedar-2012'))
  const bytes = new TextEncoder().encode(frame.slice(frame.indexOf(' ') + 1)).length
  expect(Number.parseInt(frame, 10)).toBe(bytes)
  expect(bytes).toBe(frame.slice(frame.indexOf(' ') + 1).length + 1 + 2)
})

test('half a surrogate pair becomes U+FFFD', () => {
  expect(textOf(encodeHttpsFrame(line({ text: 'a\ud83db' })))).toContain(' a\ufffdb\n')
  expect(textOf(encodeSyslogFrame(line({ text: '\udc4d' }), TOKEN))).toContain(' \ufffd\n')
})

describe('priority', () => {
  test.each([
    [190, { source: 'app', process: 'web.1' }],
    [190, { source: 'app', process: 'run.4821' }],
    [158, { source: 'heroku', process: 'router' }],
    [45, { source: 'heroku', process: 'web.1' }],
    [134, { source: 'heroku', process: 'web.1', text: 'source=web.1 sample#load=0' }],
    [45, { source: 'heroku', process: 'api' }],
    [134, { source: 'app', process: 'heroku-postgres' }],
    [172, { source: 'app', process: 'log-shuttle' }],
    [172, { source: 'heroku', process: 'logplex' }],
  ] as const)('%i for %o', (priority, parts) => {
    expect(priorityOf(parts)).toBe(priority)
  })
})

test('the header stays valid, whatever the process is called', () => {
  fc.assert(
    fc.property(oddLine, (sent) => {
      const frame = textOf(encodeSyslogFrame(sent, TOKEN))
      expect(frame).toMatch(/^\d+ <\d{1,3}>1 \S+ d\.[0-9a-f-]{36} (app|heroku) [!-~]{1,128} - - /)
    }),
  )
})
