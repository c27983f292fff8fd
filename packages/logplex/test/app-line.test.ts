// What the app itself logs about a request.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex, formatAppLine } from '../src/index.js'
import { finishedRequest } from './finished-request.js'
import { textOf } from './text-of.js'

const HOST = 'www.example.com'
const simulation = { now: 1083.25, epochMs: 0 }

describe('the line of the app', () => {
  test('tells method, path, format, status and duration', () => {
    const logplex = createLogplex({ simulation, generation: 'router-2.0', host: HOST })
    logplex.writeRequest('app', 'web.1', finishedRequest())
    expect(logplex.recent()).toEqual([
      '1970-01-01T00:00:01.083250+00:00 app[web.1]: method=GET path=/products format=html status=200 duration=63.25',
    ])
  })

  test('knows nothing of the 503 that the router has sent meanwhile', () => {
    const logplex = createLogplex({ simulation, generation: 'router-2.0', host: HOST })
    const request = finishedRequest({ code: 'H12', status: 503, finishedAt: 32_120.504 })
    logplex.writeRequest('app', 'web.1', request)
    expect(logplex.recent()[0]).toMatch(/ status=200 duration=31100\.50$/)
  })

  test('ends with the error when there was one', () => {
    const logplex = createLogplex({ simulation, generation: 'router-2.0', host: HOST })
    logplex.writeRequest('app', 'web.1', finishedRequest({ error: 'FATAL: role "shop"\nDETAIL' }))
    expect(logplex.recent()[0]).toMatch(
      / status=500 duration=63\.25 error="FATAL: role \\"shop\\"\\nDETAIL"$/,
    )
  })

  test('is split when the error is very long', () => {
    const logplex = createLogplex({ simulation, generation: 'router-2.0', host: HOST })
    const chunks: string[] = []
    const drain = logplex.firehose((chunk) => chunks.push(textOf(chunk)))
    logplex.writeRequest('app', 'web.1', finishedRequest({ error: 'x'.repeat(12_000) }))
    drain.close()
    expect(logplex.lines).toBe(2)
    const texts = chunks
      .join('')
      .split('\n')
      .map((line) => line.slice(line.indexOf(': ') + 2))
    expect(texts.map((text) => text.length)).toEqual([10_000, expect.any(Number), 0])
    expect(texts.join('')).toMatch(/^method=GET .* status=500 duration=63\.25 error="x{12000}"$/)
  })

  test('is not written when only the router writes lines per request', () => {
    const logplex = createLogplex({
      simulation,
      generation: 'router-2.0',
      host: HOST,
      requestLines: 'router',
    })
    logplex.writeRequest('app', 'web.1', finishedRequest())
    logplex.writeRequest('heroku', 'router', finishedRequest())
    logplex.write('app', 'web.1', 'Listening on 0.0.0.0:5000')
    expect(logplex.recent().map((line) => line.split(' ')[1])).toEqual([
      'heroku[router]:',
      'app[web.1]:',
    ])
    expect(logplex.lines).toBe(2)
  })
})

describe('formatAppLine alone', () => {
  const LINE = { method: 'GET', path: '/', status: 200, durationMs: 5, error: null }

  test.each([
    ['/', '/', 'html'],
    ['/orders/7.json', '/orders/7.json', 'json'],
    ['/orders/7.json?page=2.5', '/orders/7.json', 'json'],
    ['/v1.2/orders', '/v1.2/orders', 'html'],
    ['/orders.', '/orders.', 'html'],
    ['/a b', '/a%20b', 'html'],
  ])('path %s prints as %s, format %s', (path, printed, format) => {
    expect(formatAppLine({ ...LINE, path })).toBe(
      `method=GET path=${printed} format=${format} status=200 duration=5.00`,
    )
  })

  test('durations have two decimals, rounded', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (durationMs) => {
        const text = formatAppLine({ ...LINE, durationMs })
        const [, printed = ''] = /duration=(\d+\.\d\d)$/.exec(text) ?? []
        expect(Math.abs(Number(printed) - durationMs)).toBeLessThanOrEqual(0.005 + 1e-6)
      }),
    )
  })

  const anyCodePoint = fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code))

  test('any error survives as a JSON string on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCodePoint }), (error) => {
        const text = formatAppLine({ ...LINE, status: 500, error })
        expect(text).not.toContain('\n')
        expect(JSON.parse(text.slice(text.indexOf(' error=') + 7))).toBe(error)
      }),
    )
  })
})
