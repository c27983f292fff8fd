// Router lines as `formatRouterLine` takes them, at random.

import { type Generation, H_CODES, type HCode } from '@celadon/contracts'
import fc from 'fast-check'
import type { RouterLine } from '../../src/index.js'

const CODES = Object.keys(H_CODES) as HCode[]
const H25_FAULTS = [
  'invalid content length',
  'oversized cookie',
  'oversized header',
  'oversized status line',
] as const
const H26_FAULTS = ['unsupported expect header value', 'bad header', 'bad chunk'] as const

const amount = fc.option(fc.nat({ max: 10_000_000 }), { nil: null })
const word = fc.stringMatching(/^[A-Za-z0-9._:-]{0,20}$/)
/** Paths as they stand in a line: printable ASCII without space, quote and backslash. */
const path = fc.oneof(
  fc.webPath().map((text) => `/${text}`),
  fc.stringMatching(/^\/[!#-[\]-~]{0,40}$/),
  fc.constantFrom('/', '/?a=b&status=500', '/search?q=x=y%20dyno=web.9', '/%E2%82%AC', '//'),
)

/** Any line that `router-2.0` can print; `null` becomes an empty field. */
export const routerLines: fc.Arbitrary<RouterLine> = fc
  .record({
    code: fc.oneof(
      fc.constant('' as const),
      fc.constantFrom(...CODES),
      fc.constantFrom('H16' as const, 'H70' as const),
    ),
    fault: fc.nat({ max: 3 }),
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PROPFIND'),
    path,
    host: fc.oneof(fc.domain(), fc.constantFrom('', 'shop-1a2b3c.herokuapp.com', '192.0.2.1:8080')),
    requestId: fc.oneof(fc.uuid(), word),
    fwd: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('', '192.0.2.1, 198.51.100.7')),
    dyno: fc.constantFrom('', 'web.1', 'web.112', 'web-7d9f.4'),
    queue: amount,
    waitMs: amount,
    connectMs: amount,
    serviceMs: amount,
    status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: null }),
    bytes: amount,
  })
  .map((line) => ({ ...line, fault: faultOf(line.code, line.fault) }))
  .map((line) => (line.code === 'H70' ? { ...line, description: 'Access denied' } : line))

function faultOf(code: RouterLine['code'], choice: number): RouterLine['fault'] {
  if (code === 'H25') return H25_FAULTS[choice] ?? null
  return code === 'H26' ? (H26_FAULTS[choice] ?? null) : null
}

/** What of a line a generation prints, as it reads it: the rest is empty or `null`. */
export function printed(line: RouterLine, generation: Generation): RouterLine {
  if (generation === 'router-2.0') {
    const known = line.host.endsWith('.herokuapp.com') ? 'unknown' : 'tls1.3'
    const tls = { protocol: 'http1.1', tls: true, tlsVersion: known }
    return { ...line, queue: null, waitMs: null, ...tls }
  }
  if (generation === 'common-runtime-2019') {
    return { ...line, queue: null, waitMs: null, protocol: 'https' }
  }
  const early = {
    ...line,
    requestId: '',
    queue: line.code === 'H12' ? null : line.queue,
    waitMs: line.code === 'H12' ? null : line.waitMs,
    status: line.code === 'H27' ? H_CODES.H18.status : line.status,
  }
  if (generation === 'cedar-2012') return early
  const code = line.code === 'H27' ? 'H18' : line.code
  const fault = line.code === 'H26' ? null : line.fault
  return { ...early, code, fault, connectMs: null, fwd: '' }
}
