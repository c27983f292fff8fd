// Router lines of every era, read: what the writer writes, and what real routers wrote.

import { readdirSync, readFileSync } from 'node:fs'
import { GENERATIONS } from '@celadon/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRouterLine, parseRouterLine, type RouterLine } from '../../src/index.js'
import { printed, routerLines } from './router-lines.js'

describe.each(GENERATIONS)('in %s', (generation) => {
  test('a line that is written and read is the same line', () => {
    fc.assert(
      fc.property(routerLines, (line) => {
        expect(parseRouterLine(formatRouterLine(line, generation))).toEqual(
          printed(line, generation),
        )
      }),
    )
  })

  test('a text that is read and written is the same text', () => {
    const folder = new URL('../router-lines/', import.meta.url)
    const name = `${generation}.txt`
    expect(readdirSync(folder)).toContain(name)
    for (const row of readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n')) {
      const text = row.slice(row.indexOf(': ') + 2)
      const line = parseRouterLine(text)
      expect(line === null ? null : formatRouterLine(line, generation)).toBe(text)
    }
  })

  test('a line that is cut off anywhere has no wrong number, and all fields before the cut', () => {
    fc.assert(
      fc.property(routerLines, fc.nat(), (line, at) => {
        const text = formatRouterLine(line, generation)
        const whole = printed(line, generation)
        const cut = parseRouterLine(text.slice(0, at % text.length))
        if (cut === null) return
        // What ends in digits may still have lost some: no line tells where its bytes end.
        for (const field of ['queue', 'waitMs', 'connectMs', 'serviceMs', 'status'] as const) {
          expect([null, whole[field]]).toContain(cut[field])
        }
        for (const field of ['method', 'host', 'requestId', 'fwd', 'dyno'] as const) {
          expect(['', whole[field]]).toContain(cut[field])
        }
        expect(cut.path).toBe(whole.path)
      }),
    )
  })
})

test('fields may come in any order', () => {
  fc.assert(
    fc.property(
      routerLines.chain((line) => {
        const text = formatRouterLine({ ...line, fwd: '192.0.2.1' }, 'router-2.0')
        const fields = text.match(/[a-z_]+=(?:"[^"]*"|[^ ]*)/g) ?? []
        return fc.record({
          text: fc.constant(text),
          // A bare field at the end may be cut off, so a complete one stands there.
          mixed: fc.shuffledSubarray(fields, { minLength: fields.length }),
        })
      }),
      ({ text, mixed }) => {
        expect(parseRouterLine(`${mixed.join(' ')} at=info`)).toEqual(parseRouterLine(text))
      },
    ),
  )
})

test('any text is read or is none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      parseRouterLine(text)
      parseRouterLine(`at=info method=GET path="${text}`)
      parseRouterLine(`Error H12 (Request timeout) -> GET ${text}`)
    }),
    { numRuns: 500 },
  )
})

const EMPTY: RouterLine = {
  code: '',
  fault: null,
  method: 'GET',
  path: '/',
  host: 'www.example.com',
  requestId: '',
  fwd: '',
  dyno: '',
  queue: null,
  waitMs: null,
  connectMs: null,
  serviceMs: null,
  status: null,
  bytes: null,
}

describe('lines of other forms', () => {
  const samples: Readonly<Record<string, readonly [string, Partial<RouterLine>]>> = {
    'October 2010, without a status': [
      'GET www.example.com/ dyno=web.1 queue=0 wait=0ms service=7ms bytes=215',
      { dyno: 'web.1', queue: 0, waitMs: 0, serviceMs: 7, bytes: 215 },
    ],
    'the oldest errors, with web=': [
      'Error H12 (Request timeout) -> GET www.example.com/slow web=web.1 queue=0 wait=0ms service=0ms bytes=0',
      { code: 'H12', path: '/slow', dyno: 'web.1', queue: 0, waitMs: 0, serviceMs: 0, bytes: 0 },
    ],
    'March 2013, quoted fwd and bare path': [
      'at=info method=GET path=/ host=www.example.com fwd="192.0.2.9" dyno=web.11 connect=1ms service=11ms status=200 bytes=5613',
      { fwd: '192.0.2.9', dyno: 'web.11', connectMs: 1, serviceMs: 11, status: 200, bytes: 5613 },
    ],
    'a private space': [
      'at=info method=GET path="/" host=www.example.com request_id=a fwd="192.0.2.9" dyno=web.1 connect=1ms service=18ms status=200 bytes=13 tls_version=tls1.1 protocol=https',
      {
        requestId: 'a',
        fwd: '192.0.2.9',
        dyno: 'web.1',
        connectMs: 1,
        serviceMs: 18,
        status: 200,
        bytes: 13,
        tlsVersion: 'tls1.1',
        protocol: 'https',
      },
    ],
    'an H25 of 2014, times without ms': [
      'at=error code=H25 desc="HTTP restriction: oversized header" method=GET path="/" host=www.example.com fwd="192.0.2.9" dyno=web.1 connect=1 service=1 status=502 bytes=537',
      {
        code: 'H25',
        fault: 'oversized header',
        fwd: '192.0.2.9',
        dyno: 'web.1',
        connectMs: 1,
        serviceMs: 1,
        status: 502,
        bytes: 537,
      },
    ],
    'a client that left, January 2015': [
      'sock=client at=warning code=H18 desc="Request Interrupted" method=GET path="/" host=www.example.com dyno=web.1 status=499 bytes=0',
      { code: 'H27', dyno: 'web.1', status: 499, bytes: 0 },
    ],
    'a code that is not in the table': [
      'at=error code=H70 desc="Access to bamboo HTTP endpoint denied" method=GET path="/" host=www.example.com status=503 bytes=',
      { code: 'H70', description: 'Access to bamboo HTTP endpoint denied', status: 503 },
    ],
    'another description': [
      'at=info code=H82 desc="Free app running time quota exhausted" method=GET path="/" host=www.example.com status=503 bytes=',
      { code: 'H82', description: 'Free app running time quota exhausted', status: 503 },
    ],
    'an H31 with the agent at its end': [
      'at=error code=H31 desc="Misdirected Request" method=GET path="/" host=www.example.com fwd=192.0.2.9 dyno= connect= service= status=421 bytes= protocol=http2.0 agent="Mozilla/5.0 (X11) a=b"',
      { code: 'H31', fwd: '192.0.2.9', status: 421, protocol: 'http2.0' },
    ],
    'Router 2.0, spaces and quotes in a path': [
      'at=info method=GET path="/a b "c" dyno" host=www.example.com dyno=web.1 status=200 bytes=1',
      { path: '/a b "c" dyno', dyno: 'web.1', status: 200, bytes: 1 },
    ],
  }

  test.each(Object.keys(samples))('%s', (name) => {
    const [text = '', fields] = samples[name] ?? []
    expect(parseRouterLine(text)).toEqual({ ...EMPTY, ...fields })
  })

  test.each([
    '',
    'at=info',
    'Started GET "/" for 192.0.2.1 at 2012-02-07 09:43:06 +0000',
    'method=GET status=200',
    'Error R14 (Memory quota exceeded)',
    'Error H12 (Request timeout)',
    'at=info method=GET path="/cut',
  ])('no router line: %s', (text) => {
    expect(parseRouterLine(text)).toBeNull()
  })
})
