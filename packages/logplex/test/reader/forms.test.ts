// Lines in the forms in which people have them.

import { describe, expect, test } from 'vitest'
import { createLogReader } from '../../src/index.js'
import { outline, read, utf16 } from './read.js'

const ROUTER = 'at=info method=GET path="/" host=www.example.com status=200 bytes=13'

describe('heroku logs', () => {
  test.each([
    ['2012-02-07T09:43:06+00:00 app[web.1]: hi', '2012-02-07T09:43:06.000Z app[web.1] hi'],
    ['2010-09-16T15:13:46-07:00 app[web.1]: hi', '2010-09-16T22:13:46.000Z app[web.1] hi'],
    [
      '2026-03-02T09:43:06.123456+00:00 heroku[router]: hi',
      '2026-03-02T09:43:06.123Z heroku[router] hi',
    ],
    ['2026-03-02T09:43:06.5Z app[api]: hi', '2026-03-02T09:43:06.500Z app[api] hi'],
    ['2026-03-02T09:43:06.123456789+0530 app[api]: hi', '2026-03-02T04:13:06.123Z app[api] hi'],
    [
      '2012-02-29T23:59:59+00:00 app[heroku-postgres]: a: b',
      '2012-02-29T23:59:59.000Z app[heroku-postgres] a: b',
    ],
    ['app[web.1]: hi', '- app[web.1] hi'],
    ['2026-03-02T09:43:06+00:00 app[web.1]:', '2026-03-02T09:43:06.000Z app[web.1] '],
    [
      '2026-03-02T09:43:06+00:00 app[web.1]:   indented',
      '2026-03-02T09:43:06.000Z app[web.1]   indented',
    ],
  ])('%s', (line, expected) => {
    expect(outline(line)).toEqual([expected])
  })

  test('microseconds are exact', () => {
    for (const fraction of ['123457', '123457999']) {
      const [line] = read([`2026-03-02T09:43:06.${fraction}+00:00 app[web.1]: hi`]).lines
      expect(line?.atMicros).toBe(Date.parse('2026-03-02T09:43:06Z') * 1000 + 123_457)
    }
  })

  test.each([
    '2026-13-02T09:43:06+00:00 app[web.1]: hi',
    '2026-03-02T25:43:06+00:00 app[web.1]: hi',
    '2026-03-02T09-43-06+00:00 app[web.1]: hi',
    'shop[web.1]: hi',
  ])('no header: %s', (line) => {
    const [, second] = read([`first\n${line}`]).lines
    expect(second).toMatchObject({ form: 'none', atMicros: null, text: line })
  })

  test('a time alone', () => {
    expect(outline('2026-03-02 09:43:06.123 UTC listening')).toEqual([
      '2026-03-02T09:43:06.123Z [] listening',
    ])
  })
})

describe('frames of drains', () => {
  const body = `<158>1 2012-10-11T03:47:20+00:00 host heroku router - ${ROUTER}`
  const tcp = `<158>1 2026-03-02T09:43:06.123456+00:00 d.0b1c2d3e heroku router - - ${ROUTER}\n`
  const frame = (message: string): string =>
    `${new TextEncoder().encode(message).length} ${message}`
  const https = '2012-10-11T03:47:20.000Z heroku[router] '
  const syslog = '2026-03-02T09:43:06.123Z heroku[router] '

  test('with and without a line feed between them', () => {
    const input = `${frame(body)}${frame(body)}\n${frame(tcp)}${frame(tcp)}\r\n${frame(body)}`
    expect(outline(input)).toEqual(
      [https, https, syslog, syslog, https].map((head) => head + ROUTER),
    )
    expect(read([input]).counts).toMatchObject({ wrongFrames: 0, blank: 1, forms: { syslog: 5 } })
  })

  test('lengths are bytes', () => {
    const message = '<190>1 2026-03-02T09:43:06Z host app web.1 - 😀 für 3 €, 😀 für alle'
    const text = '2026-03-02T09:43:06.000Z app[web.1] 😀 für 3 €, 😀 für alle'
    expect(outline(frame(message) + frame(message))).toEqual([text, text])
  })

  test.each([-9, -2, 1, 9, 400, 60_000])('a length that is wrong by %i', (error) => {
    const wrong = `${tcp.length + error} ${tcp}`
    expect(outline(wrong + wrong)).toEqual([syslog + ROUTER, syslog + ROUTER])
    expect(read([wrong + wrong]).counts.wrongFrames).toBeGreaterThan(0)
  })

  test.each(['\n', '\r', '\r\n'])('lengths that are all wrong, with %j between frames', (end) => {
    // A long text: to look for the end of each frame up to its length would take minutes.
    const line = `60000 <1>x${end}`
    const { lines, counts } = read([line.repeat(100_000)])
    expect(new Set(lines.map(({ text }) => text))).toEqual(new Set(['<1>x']))
    expect(counts).toMatchObject({ lines: 100_000, wrongFrames: 100_000, blank: 0 })
  })

  test('without a length', () => {
    expect(outline(`${body}\n${tcp}`)).toEqual([https + ROUTER, syslog + ROUTER])
  })

  test.each([
    ['structured data', '<190>1 2026-03-02T09:43:06Z d.0b app web.1 - [a@1 b="c\\"\\]" d="e"] hi'],
    ['of log-shuttle', '<190>1 2026-03-02T09:43:06Z host t.0b web.1 - [meta sequenceId="1"] hi'],
    ['early 2013', '<190>1 2026-03-02T09:43:06Z app web.1 d.0b - hi'],
    ['a mark before the text', '<190>1 2026-03-02T09:43:06Z shop app web.1 - - \ufeffhi'],
  ])('%s', (_, message) => {
    expect(outline(message)).toEqual(['2026-03-02T09:43:06.000Z app[web.1] hi'])
  })

  test('a text that starts like structured data', () => {
    const message = '<190>1 2026-03-02T09:43:06Z host app web.1 - [web.1] - hi'
    expect(outline(message)).toEqual(['2026-03-02T09:43:06.000Z app[web.1] [web.1] - hi'])
  })

  test('a text of an HTTPS drain that starts with a hyphen', () => {
    const message = '<190>1 2026-03-02T09:43:06Z host app web.1 - - hi'
    expect(outline(message)).toEqual(['2026-03-02T09:43:06.000Z app[web.1] - hi'])
  })

  test('a line ends where its frame ends, though the next one would complete its time', () => {
    const input = '23 <1>x\n2026-03-02T09:43:06 <1>abc'
    expect(outline(input)).toEqual(['- [] <1>x', '- [] 2026-03-02T09:43:0', '- [] <1>abc'])
  })

  test('a time that is missing', () => {
    expect(outline('<190>1 - host app web.1 - hi')).toEqual(['- app[web.1] hi'])
    expect(read(['<190>1 - host app web.1 - hi']).counts.undated).toBe(1)
  })
})

describe('Papertrail', () => {
  test.each([
    'Mar 02 09:43:06 shop heroku/router:  at=info',
    'Mar  2 09:43:06 shop heroku/router: at=info',
    'Mar 02 09:43:06 heroku/router:  at=info',
    'Mar 02 09:43:06 shop heroku/router at=info',
    '2026-03-02T09:43:06Z shop heroku/router: at=info',
    'Mar  2 09:43:06 d.0b1c2d3e heroku[router] at=info',
    '<158>Mar  2 09:43:06 shop heroku[router]: at=info',
    '7\t2026-03-02T09:43:06Z\t2026-03-02T09:43:07Z\t9\tshop\t192.0.2.1\tLocal3\tInfo\theroku/router\tat=info',
    '7\t2026-03-02 01:43:06 -0800\t\t9\tshop\t192.0.2.1\tLocal3\tInfo\theroku/router\tat=info',
  ])('%s', (line) => {
    expect(outline(line, 2026)).toEqual(['2026-03-02T09:43:06.000Z heroku[router] at=info'])
  })

  test('a year is that of the lines around it', () => {
    const input = [
      'Dec 31 23:59:59 app/web.1: a',
      '2025-12-31T23:59:59Z app[web.1]: b',
      'Dec 31 23:59:59 app/web.1: c',
      'Jan 01 00:00:00 app/web.1: d',
      'Dec 31 23:59:58 app/web.1: e',
      'Mar 20 00:00:00 app/web.1: f',
      'Jul 20 00:00:00 app/web.1: f',
      'Jan 10 00:00:00 app/web.1: g',
    ].join('\n')
    expect(outline(input).map((line) => line.slice(0, 4))).toEqual([
      '- ap',
      '2025',
      '2025',
      '2026',
      '2025',
      '2026',
      '2026',
      '2027',
    ])
    expect(outline(input, 2021)[0]).toBe('2021-12-31T23:59:59.000Z app[web.1] a')
  })
})

describe('JSON', () => {
  test.each([
    { dt: '2026-03-02T09:43:06Z', message: 'hi', syslog: { appname: 'app', procid: 'web.1' } },
    { dt: '2026-03-02 09:43:06.000 UTC', message: 'hi', heroku: { source: 'app', dyno: 'web.1' } },
    { generated_at: '2026-03-02T01:43:06-08:00', program: 'app/web.1', message: 'hi' },
    { timestamp: 1772444586, msg: 'hi\n', source: 'app', process: 'web.1' },
    { timestamp: 1772444586000, msg: '\u001b[36mhi', source: 'app', process: 'web.1' },
    { dt: 1772444586000000, message: '2026-03-02T09:43:06Z app[web.1]: hi' },
    { dt: 1772444586000000000, message: '<190>1 2026-03-02T09:43:06Z host app web.1 - hi' },
  ])('%j', (record) => {
    expect(outline(JSON.stringify(record))).toEqual(['2026-03-02T09:43:06.000Z app[web.1] hi'])
  })

  test.each(['1e400', '1e300', '-5'])('no time: %s', (time) => {
    const line = `{"time":${time},"source":"app","process":"web.1","message":"hi"}`
    expect(outline(line)).toEqual(['- app[web.1] hi'])
  })

  test.each(['{}', '{"a":1}', '{"message":"hi"}', '{"message":', '{'])('no record: %s', (line) => {
    expect(outline(line)).toEqual([`- [] ${line}`])
  })
})

test('quoted lines, and lines with spaces before them', () => {
  const input =
    '> 2026-03-02T09:43:06Z app[web.1]: a\n    2026-03-02T09:43:06Z app[web.1]: b\n> > c'
  expect(outline(input)).toEqual([
    '2026-03-02T09:43:06.000Z app[web.1] a',
    '2026-03-02T09:43:06.000Z app[web.1] b',
    '- [] > > c',
  ])
})

test('colours go', () => {
  const input =
    '\u001b[36m2026-03-02T09:43:06Z app[web.1]:\u001b[0m a\u001b]0;t\u0007b\n2026-03-02T09:43:07Z app[web.1]: c'
  expect(outline(input)).toEqual([
    '2026-03-02T09:43:06.000Z app[web.1] ab',
    '2026-03-02T09:43:07.000Z app[web.1] c',
  ])
})

test('colours that have lost their escape characters go', () => {
  const input = '[36m2013-03-02T09:43:06+00:00 app[web.1]:[0m a\n[1;31mb[0m\n'
  expect(outline(input)).toEqual(['2013-03-02T09:43:06.000Z app[web.1] a', '- [] [1;31mb[0m'])
})

test.each(['INFO root: hi', 'GET text/html 200', '- shop - hi'])(
  "a program's own time: %s",
  (text) => {
    expect(outline(`2026-03-02 09:43:06,000 ${text}`)).toEqual([
      `2026-03-02T09:43:06.000Z [] ${text}`,
    ])
  },
)

describe('several lines that belong together', () => {
  test('lines without a header, and stack traces of one process', () => {
    const input = [
      'from a paste',
      '2026-03-02T09:43:06Z app[web.1]: NoMethodError (undefined method):',
      "2026-03-02T09:43:06Z app[web.1]:   app/models/shop.rb:12:in `open'",
      "2026-03-02T09:43:06Z app[web.1]: lib/a.rb:1:in `b'",
      '2026-03-02T09:43:06Z app[web.2]: \tat com.example.Shop.open(Shop.java:12)',
      '2026-03-02T09:43:06Z app[web.2]: \tat com.example.Shop.main(Shop.java:1)',
      '',
      'Traceback (most recent call last):',
      '  File "shop.py", line 1, in <module>',
      '2026-03-02T09:43:06Z app[web.2]: done',
    ].join('\n')
    const { lines, counts } = read([input])
    expect(lines.map(({ continues }) => (continues ? '+' : '-')).join('')).toBe('--++-+++-')
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10])
    expect(counts).toMatchObject({ continued: 5, blank: 1, lines: 9 })
  })
})

describe('what is cut off', () => {
  test.each([
    ['6+00:00 heroku[router]: hi', 'heroku', 'router'],
    ['roku[router]: hi', 'heroku', 'router'],
    ['p[web.1]: hi', 'app', 'web.1'],
  ])('the start of the first line: %s', (line, source, process) => {
    const { lines, counts } = read([`${line}\n`])
    expect(lines).toMatchObject([{ source, process, text: 'hi', atMicros: null }])
    expect(counts.truncated).toBe(1)
  })

  test.each(['error[E0308]: mismatched types', 'shop[web.1]: hi'])(
    'a first line that is whole: %s',
    (line) => {
      const { lines, counts } = read([`${line}\n`])
      expect(lines).toMatchObject([{ form: 'none', text: line }])
      expect(counts.truncated).toBe(0)
    },
  )

  test.each([
    '2026-03-02T09:43:06+00:00 heroku[router]: at=info method=GET path="/" status=20',
    '2026-03-02T09:43:06+00:00 heroku[rou',
    '2026-03-02T09:4',
  ])('the end of the last line: %s', (line) => {
    expect(read([line]).counts.truncated).toBe(1)
    expect(read([`${line}\n`]).counts.truncated).toBe(0)
  })

  test('lines over 65,536 characters are cut', () => {
    const head = '2026-03-02T09:43:06Z app[web.1]: '
    const { lines, counts } = read([`${head}${'x'.repeat(150_000)}\n${head}y`])
    expect(lines.map(({ text, continues }) => [text.length, continues])).toEqual([
      [65_536 - head.length, false],
      [65_536, true],
      [150_000 - 131_072 + head.length, true],
      [1, false],
    ])
    expect(counts.overlong).toBe(2)
  })
})

test('a router message without a header is understood', () => {
  const { lines, counts } = read([`${ROUTER}\n`])
  expect(lines).toMatchObject([{ form: 'none', message: { type: 'request' }, continues: false }])
  expect(counts.understood).toBe(1)
})

test('times that are out of order are counted', () => {
  const input = ['06', '08', '07', '07', '08', '09']
    .map((second) => `2026-03-02T09:43:${second}Z app[web.1]: hi\n`)
    .join('')
  expect(read([input]).counts.outOfOrder).toBe(2)
})

test('several inputs, one after the other, each with an encoding of its own', () => {
  const lines: string[] = []
  const reader = createLogReader({
    onLine: ({ process, text }) => lines.push(`${process} ${text}`),
  })
  const text = '\ufeff2026-03-02T09:43:06Z app[web.1]: €'
  const bytes = new TextEncoder().encode(text)
  for (const piece of [text, utf16(text, false), bytes, utf16(text, true), text]) {
    reader.push(piece)
    reader.end()
  }
  expect(lines).toEqual(Array(5).fill('web.1 €'))
  expect(reader.counts).toMatchObject({ lines: 5, undecodable: 0, bytes: 35 + 70 + 39 + 70 + 35 })
})
