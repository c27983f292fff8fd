// Request ids and client addresses depend on seed and request, and on nothing else.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex, type LogplexOptions } from '../src/index.js'
import { finishedRequest } from './finished-request.js'

/** Router lines of these requests, in order. */
function linesOf(ids: readonly number[], options: Partial<LogplexOptions> = {}): string[] {
  const logplex = createLogplex({
    simulation: { now: 0, epochMs: 0 },
    generation: 'router-2.0',
    host: 'www.example.com',
    ringLines: Math.max(ids.length, 1),
    ...options,
  })
  for (const id of ids) logplex.writeRequest('heroku', 'router', finishedRequest({ id }))
  return logplex.recent({ lines: ids.length })
}

function field(line: string, name: string): string {
  return new RegExp(` ${name}="?([^ "]*)`).exec(line)?.[1] ?? ''
}

const MANY = Array.from({ length: 50_000 }, (_, index) => index + 1)

describe('request ids', () => {
  test('have the form of a UUID of version 4', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.string(), (id, seed) => {
        const [line = ''] = linesOf([id], { seed })
        expect(field(line, 'request_id')).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        )
      }),
    )
  })

  test('differ, in their first half already', () => {
    const starts = linesOf(MANY).map((line) => field(line, 'request_id').slice(0, 8))
    expect(new Set(starts).size).toBe(MANY.length)
  })

  test('differ between seeds', () => {
    const [one = ''] = linesOf([7], { seed: '1' })
    const [two = ''] = linesOf([7], { seed: '2' })
    expect(field(one, 'request_id')).not.toBe(field(two, 'request_id'))
    expect(linesOf([7])).toEqual([one])
  })
})

describe('client addresses', () => {
  test('lie in the networks that are set aside for documentation, all about as often', () => {
    const counts = new Map<string, number>()
    for (const line of linesOf(MANY)) {
      const address = field(line, 'fwd')
      counts.set(address, (counts.get(address) ?? 0) + 1)
    }
    expect(counts.size).toBe(3 * 254)
    for (const address of counts.keys()) {
      expect(address).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/)
      const host = Number(address.split('.')[3])
      expect(host).toBeGreaterThanOrEqual(1)
      expect(host).toBeLessThanOrEqual(254)
    }
    // 65.6 each on average; five standard deviations to either side.
    for (const count of counts.values()) expect(Math.abs(count - 65.6)).toBeLessThan(5 * 8.1)
  })
})

describe('determinism', () => {
  test('the same seed and request give the same line, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.string(), (ids, seed) => {
        const alone = ids.flatMap((id) => linesOf([id], { seed }))
        expect(linesOf(ids, { seed })).toEqual(alone)
      }),
      { numRuns: 30 },
    )
  })

  test('a known line stays the same', () => {
    expect(linesOf([1], { seed: 'shop' })).toEqual([
      '1970-01-01T00:00:00.000000+00:00 heroku[router]: at=info method=GET path="/products" host=www.example.com request_id=1ea96724-1770-460c-944d-829ead1c31e2 fwd="198.51.100.78" dyno=web.1 connect=1ms service=82ms status=200 bytes=5613 protocol=http1.1 tls=true tls_version=tls1.3',
    ])
  })
})
