// What a router logs about a request, word by word, in each generation of the platform.

import { GENERATIONS, type Generation, H_CODES, type HttpRequest } from '@celadon/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex, formatRouterLine, type RouterLine } from '../src/index.js'
import { finishedRequest, unroutedRequest } from './finished-request.js'

const HOST = 'www.example.com'

/** The message of a router's line, without timestamp and source. */
function message(request: HttpRequest, generation: Generation, host: string = HOST): string {
  const simulation = { now: 1083.5, epochMs: 0 }
  const logplex = createLogplex({ simulation, generation, host })
  logplex.writeRequest('heroku', 'router', request)
  const [line = ''] = logplex.recent()
  return line.slice(line.indexOf(': ') + 2)
}

/** Replaces what depends on the seed: request id and address. */
function masked(text: string): string {
  return text
    .replace(/request_id=[0-9a-f-]{36} /, 'request_id=ID ')
    .replace(/fwd="?[0-9.]+"? /, (field) => field.replace(/[0-9.]+/, 'IP'))
}

const FORMATS: Readonly<Record<string, Readonly<Record<Generation, string>>>> = {
  ok: {
    'bamboo-2010':
      'GET www.example.com/products dyno=web.1 queue=3 wait=12ms service=70ms status=200 bytes=5613',
    'cedar-2012':
      'at=info method=GET path=/products host=www.example.com fwd=IP dyno=web.1 queue=3 wait=12ms connect=1ms service=70ms status=200 bytes=5613',
    'common-runtime-2019':
      'at=info method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno=web.1 connect=1ms service=70ms status=200 bytes=5613 protocol=https',
    'router-2.0':
      'at=info method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno=web.1 connect=1ms service=70ms status=200 bytes=5613 protocol=http1.1 tls=true tls_version=tls1.3',
  },
  timeout: {
    'bamboo-2010':
      'Error H12 (Request timeout) -> GET www.example.com/products dyno=web.2 queue= wait= service=30000ms status=503 bytes=0',
    'cedar-2012':
      'at=error code=H12 desc="Request timeout" method=GET path=/products host=www.example.com fwd=IP dyno=web.2 queue= wait= connect=0ms service=30000ms status=503 bytes=0',
    'common-runtime-2019':
      'at=error code=H12 desc="Request timeout" method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno=web.2 connect=0ms service=30000ms status=503 bytes=0 protocol=https',
    'router-2.0':
      'at=error code=H12 desc="Request timeout" method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno=web.2 connect=0ms service=30000ms status=503 bytes=0 protocol=http1.1 tls=true tls_version=tls1.3',
  },
  crashed: {
    'bamboo-2010':
      'Error H10 (App crashed) -> GET www.example.com/products dyno= queue= wait= service= status=503 bytes=',
    'cedar-2012':
      'at=error code=H10 desc="App crashed" method=GET path=/products host=www.example.com fwd=IP dyno= queue= wait= connect= service= status=503 bytes=',
    'common-runtime-2019':
      'at=error code=H10 desc="App crashed" method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno= connect= service= status=503 bytes= protocol=https',
    'router-2.0':
      'at=error code=H10 desc="App crashed" method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno= connect= service= status=503 bytes= protocol=http1.1 tls=true tls_version=tls1.3',
  },
  'client gone': {
    'bamboo-2010':
      'Error H18 (Request Interrupted) -> GET www.example.com/products dyno=web.1 queue=0 wait=0ms service=82ms status=503 bytes=0',
    'cedar-2012':
      'at=error code=H18 desc="Request Interrupted" method=GET path=/products host=www.example.com fwd=IP dyno=web.1 queue=0 wait=0ms connect=1ms service=82ms status=503 bytes=0 sock=client',
    'common-runtime-2019':
      'sock=client at=warning code=H27 desc="Client Request Interrupted" method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno=web.1 connect=1ms service=82ms status=499 bytes=0 protocol=https',
    'router-2.0':
      'sock=client at=warning code=H27 desc="Client Request Interrupted" method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno=web.1 connect=1ms service=82ms status=499 bytes=0 protocol=http1.1 tls=true tls_version=tls1.3',
  },
  'dyno gone': {
    'bamboo-2010':
      'Error H18 (Request Interrupted) -> GET www.example.com/products dyno=web.1 queue=0 wait=0ms service=82ms status=503 bytes=0',
    'cedar-2012':
      'at=error code=H18 desc="Request Interrupted" method=GET path=/products host=www.example.com fwd=IP dyno=web.1 queue=0 wait=0ms connect=1ms service=82ms status=503 bytes=0 sock=backend',
    'common-runtime-2019':
      'sock=backend at=error code=H18 desc="Server Request Interrupted" method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno=web.1 connect=1ms service=82ms status=503 bytes=0 protocol=https',
    'router-2.0':
      'sock=backend at=error code=H18 desc="Server Request Interrupted" method=GET path="/products" host=www.example.com request_id=ID fwd="IP" dyno=web.1 connect=1ms service=82ms status=503 bytes=0 protocol=http1.1 tls=true tls_version=tls1.3',
  },
}

const REQUESTS: Readonly<Record<string, HttpRequest>> = {
  ok: finishedRequest({ dispatchedAt: 1012, routerQueueDepth: 3 }),
  timeout: finishedRequest({
    dyno: 'web.2',
    connectMs: 0,
    respondedAt: 31_000,
    code: 'H12',
    status: 503,
    bytes: 0,
  }),
  crashed: unroutedRequest({ code: 'H10', status: 503 }),
  'client gone': finishedRequest({ code: 'H27', status: 499, bytes: 0 }),
  'dyno gone': finishedRequest({ code: 'H18', status: 503, bytes: 0 }),
}

describe.each(GENERATIONS)('in %s', (generation) => {
  test.each(Object.keys(FORMATS))('the line of a request: %s', (name) => {
    const request = REQUESTS[name] ?? finishedRequest()
    expect(masked(message(request, generation))).toBe(FORMATS[name]?.[generation])
  })
})

describe('fields', () => {
  test('level and description of every code come from the table', () => {
    for (const [code, { level, description, status }] of Object.entries(H_CODES)) {
      const request = unroutedRequest({ code: code as keyof typeof H_CODES, status })
      const text = message(request, 'router-2.0').replace(/^sock=\w+ /, '')
      expect(text).toMatch(`at=${level} code=${code} desc="${description}" method=`)
      expect(text).toContain(` status=${status} `)
    }
  })

  test('a failed connection tells how long it took, and nothing of a response', () => {
    const timeout = finishedRequest({
      code: 'H19',
      status: 503,
      connectMs: 5001,
      respondedAt: 6001,
      bytes: 0,
    })
    expect(message(timeout, 'router-2.0')).toContain(
      ' dyno=web.1 connect=5001ms service= status=503 bytes= ',
    )
    const refused = finishedRequest({ code: 'H21', status: 503, bytes: 0 })
    expect(message(refused, 'router-2.0')).toContain(
      ' dyno=web.1 connect=1ms service= status=503 bytes= ',
    )
  })

  test('connect is rounded and service cut off', () => {
    const request = finishedRequest({ connectMs: 1.6, respondedAt: 1083.5 })
    expect(message(request, 'router-2.0')).toContain(' connect=2ms service=81ms ')
  })

  test('service does not lose a millisecond to the rounding of float64 times', () => {
    const early = { arrivedAt: 0.1, dispatchedAt: 0.1, connectMs: 0, respondedAt: 0.1 + 36 }
    const day = 86_400_000.3
    const late = { arrivedAt: day, dispatchedAt: day, connectMs: 0.1, respondedAt: day + 30_000.1 }
    expect(message(finishedRequest(early), 'router-2.0')).toContain(' service=36ms ')
    expect(message(finishedRequest(late), 'router-2.0')).toContain(' service=30000ms ')
  })

  test('the TLS version is unknown on herokuapp.com, as in the real log', () => {
    expect(message(finishedRequest(), 'router-2.0', 'shop-1a2b3c.herokuapp.com')).toMatch(
      / host=shop-1a2b3c\.herokuapp\.com .* tls=true tls_version=unknown$/,
    )
  })

  test('an unanswered request has no status', () => {
    expect(message(finishedRequest({ status: 0 }), 'router-2.0')).toContain(' status= bytes=')
  })
})

describe('formatRouterLine alone', () => {
  const LINE: RouterLine = {
    code: '',
    fault: null,
    method: 'POST',
    path: '/cart',
    host: HOST,
    requestId: '8601b555-6a83-4c12-8269-97c8e32cdb22',
    fwd: '203.0.113.9',
    dyno: 'web.7',
    queue: 0,
    waitMs: 0,
    connectMs: 0,
    serviceMs: 18,
    status: 302,
    bytes: 98,
  }

  test('prints what it is given', () => {
    expect(formatRouterLine(LINE, 'common-runtime-2019')).toBe(
      'at=info method=POST path="/cart" host=www.example.com request_id=8601b555-6a83-4c12-8269-97c8e32cdb22 fwd="203.0.113.9" dyno=web.7 connect=0ms service=18ms status=302 bytes=98 protocol=https',
    )
  })

  test('percent-encodes what no client sends as it is', () => {
    const path = '/a b"c\\d\n\t\u0000é\u2028😀\ud800?q=<1>&x=%20#\u007f'
    const encoded = '/a%20b%22c%5Cd%0A%09%00%C3%A9%E2%80%A8%F0%9F%98%80%EF%BF%BD?q=<1>&x=%20#%7F'
    expect(formatRouterLine({ ...LINE, path }, 'common-runtime-2019')).toContain(
      ` path="${encoded}" `,
    )
    expect(formatRouterLine({ ...LINE, path }, 'cedar-2012')).toContain(` path=${encoded} `)
    expect(formatRouterLine({ ...LINE, path }, 'bamboo-2010')).toContain(
      `POST www.example.com${encoded} dyno=`,
    )
  })

  test('no path breaks a line or its fields', () => {
    const anyCodePoint = fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code))
    const path = fc.string({ unit: anyCodePoint }).map((text) => `/${text}`)
    fc.assert(
      fc.property(path, fc.constantFrom(...GENERATIONS), (anyPath, generation) => {
        const text = formatRouterLine({ ...LINE, path: anyPath }, generation)
        expect(text).toMatch(/^[\x20-\x7e]*$/)
        const plain = formatRouterLine({ ...LINE, path: '/' }, generation)
        expect(text.split(' ').length).toBe(plain.split(' ').length)
        expect(text.split('"').length).toBe(plain.split('"').length)
      }),
    )
  })
})
