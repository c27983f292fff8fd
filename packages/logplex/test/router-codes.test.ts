// The router's line for every code, word by word, in each generation; and that any line can be read
// back. The lines stand in test/router-lines/, one file per generation, checked against the samples
// of Heroku Dev Center, "Heroku Error Codes", and against public logs.

import {
  GENERATIONS,
  type Generation,
  H_CODES,
  type HCode,
  type HttpRequest,
  type RequestFault,
  type ResponseFault,
} from '@celadon/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex } from '../src/index.js'
import { finishedRequest, type RequestFacts, unroutedRequest } from './finished-request.js'

const CODES = Object.keys(H_CODES) as readonly HCode[]

const RESPONSE_FAULTS: readonly ResponseFault[] = [
  'invalid content length',
  'oversized cookie',
  'oversized header',
  'oversized status line',
]

/** What is on record of a request that ended with a code after a dyno was chosen. */
const ROUTED: Readonly<Partial<Record<HCode, RequestFacts>>> = {
  H12: { respondedAt: 31_001.2 },
  H13: { respondedAt: 1008.4 },
  H15: { respondedAt: 56_450.2, bytes: 18 },
  H17: { respondedAt: 1002.4 },
  H18: { bytes: 1648 },
  H19: { connectMs: 5001, respondedAt: 6001 },
  H21: { respondedAt: 1001.2 },
  H24: { respondedAt: 81_001.2, status: 0, bytes: 18 },
  H25: { faults: { responseFault: 'oversized cookie' }, respondedAt: 1003.4 },
  H27: { respondedAt: 1011.9 },
  H28: { respondedAt: 56_450.2, bytes: 18 },
}

function failed(code: HCode, facts: RequestFacts = {}): HttpRequest {
  const { status } = H_CODES[code]
  const routed = ROUTED[code]
  if (routed === undefined) return unroutedRequest({ code, status, ...facts })
  return finishedRequest({ code, status, bytes: 0, ...routed, ...facts })
}

function faulty(requestFault: RequestFault, facts: RequestFacts & { status: number }): HttpRequest {
  return unroutedRequest({ ...facts, faults: { requestFault } })
}

const REQUESTS: readonly (readonly [string, HttpRequest])[] = [
  ['answered', finishedRequest()],
  ['the app raised', finishedRequest({ status: 500, bytes: 1635, error: 'boom' })],
  ['redirect', finishedRequest({ method: 'POST', status: 302, bytes: 98 })],
  ['slow download', finishedRequest({ respondedAt: 43_001.2, bytes: 7_340_032 })],
  ['kept connection', finishedRequest({ connectMs: 0 })],
  ['WebSocket', finishedRequest({ status: 101, respondedAt: 117_055.2, bytes: 14_105 })],
  ['oversized request line', faulty('oversized request line', { status: 400 })],
  ...CODES.filter((code) => code !== 'H25' && code !== 'H26').map(
    (code) => [code, failed(code)] as const,
  ),
  ...RESPONSE_FAULTS.map(
    (fault) => ['H25', failed('H25', { faults: { responseFault: fault } })] as const,
  ),
  ['H26', faulty('unsupported expect header value', { code: 'H26', status: 417 })],
  ['H26', faulty('bad header', { code: 'H26', status: 400 })],
  [
    'H26',
    finishedRequest({
      code: 'H26',
      status: 400,
      bytes: 0,
      respondedAt: 1001.4,
      faults: { requestFault: 'bad chunk' },
    }),
  ],
]

function messageOf(request: HttpRequest, generation: Generation): string {
  const logplex = createLogplex({
    simulation: { now: request.respondedAt, epochMs: 0 },
    generation,
    host: 'www.example.com',
  })
  logplex.writeRequest('heroku', 'router', request)
  const [line = ''] = logplex.recent()
  return line.slice(line.indexOf(': ') + 2)
}

test.each(GENERATIONS)('every code in %s', async (generation) => {
  const lines = REQUESTS.map(([name, request]) => `${name}: ${messageOf(request, generation)}\n`)
  await expect(lines.join('')).toMatchFileSnapshot(`router-lines/${generation}.txt`)
})

/** What a reader of logs gets from a line; an empty time is missing. */
interface Fields {
  readonly code?: string
  readonly queue?: string
  readonly wait?: string
  readonly connect?: string
  readonly service?: string
}

/** How a reader of logs would take a line apart. */
const PATTERNS: Readonly<Record<Generation, RegExp>> = {
  'bamboo-2010':
    /^(?:(?:Error )?(?<code>H\d\d) \([^)]+\) -> )?(?<method>[A-Z]+) [^/ ]+(?<path>\/\S*) dyno=(?<dyno>\S*) queue=(?<queue>\d*) wait=(?:(?<wait>\d+)ms)? service=(?:(?<service>\d+)ms)? status=(?<status>\d*) bytes=(?<bytes>\d*)$/,
  'cedar-2012':
    /^at=\w+(?: code=(?<code>H\d\d) desc="[^"]+"(?: cause="[^"]+")?)? method=(?<method>[A-Z]+) path=(?<path>\/\S*) host=\S+ fwd=\S+ dyno=(?<dyno>\S*) queue=(?<queue>\d*) wait=(?:(?<wait>\d+)ms)? connect=(?:(?<connect>\d+)ms)? service=(?:(?<service>\d+)ms)? status=(?<status>\d*) bytes=(?<bytes>\d*)(?: sock=\w+)?$/,
  'common-runtime-2019':
    /^(?:sock=\w+ )?at=\w+(?: code=(?<code>H\d\d) desc="[^"]+"(?: cause="[^"]+")?)? method=(?<method>[A-Z]+) path="(?<path>\/[^"]*)" host=\S+ request_id=[0-9a-f-]{36} fwd="[^"]*" dyno=(?<dyno>\S*) connect=(?:(?<connect>\d+)ms)? service=(?:(?<service>\d+)ms)? status=(?<status>\d*) bytes=(?<bytes>\d*) protocol=https$/,
  'router-2.0':
    /^(?:sock=\w+ )?at=\w+(?: code=(?<code>H\d\d) desc="[^"]+"(?: cause="[^"]+")?)? method=(?<method>[A-Z]+) path="(?<path>\/[^"]*)" host=\S+ request_id=[0-9a-f-]{36} fwd="[^"]*" dyno=(?<dyno>\S*) connect=(?:(?<connect>\d+)ms)? service=(?:(?<service>\d+)ms)? status=(?<status>\d*) bytes=(?<bytes>\d*) protocol=http1\.1 tls=true tls_version=tls1\.3$/,
}

const anyTime = fc.double({ min: 0, max: 1e9, noNaN: true })
const anyDuration = fc.double({ min: 0, max: 1e6, noNaN: true })
const anyRequest = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'DELETE'),
    path: fc.webPath().map((path) => `/${path}`),
    code: fc.constantFrom<HCode | ''>('', ...CODES),
    dyno: fc.constantFrom('', 'web.1', 'web.100'),
    status: fc.constantFrom(0, 101, 200, 302, 404, 499, 503),
    bytes: fc.nat(),
    routerQueueDepth: fc.nat({ max: 5000 }),
    arrivedAt: anyTime,
    waitMs: anyDuration,
    connectMs: anyDuration,
    serviceMs: anyDuration,
  })
  .map(({ waitMs, serviceMs, ...facts }) => {
    const dispatchedAt = facts.arrivedAt + waitMs
    const respondedAt = dispatchedAt + facts.connectMs + serviceMs
    return finishedRequest({ ...facts, dispatchedAt, respondedAt })
  })

describe.each(GENERATIONS)('reading %s back', (generation) => {
  const early = generation === 'bamboo-2010' || generation === 'cedar-2012'

  test('gives what is on record of any request', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const { code, dyno, endpoint, status, bytes } = request
        const fields: Fields =
          PATTERNS[generation].exec(messageOf(request, generation))?.groups ?? {}
        const connected = dyno !== '' && code !== 'H19' && code !== 'H21'
        const asEarly = early && code === 'H27'
        expect(fields).toMatchObject({
          method: endpoint.method,
          path: endpoint.path,
          dyno,
          status: asEarly ? '503' : status === 0 ? '' : String(status),
          bytes: connected ? String(bytes) : '',
        })
        expect(fields.code ?? '').toBe(asEarly ? 'H18' : code)

        const serviceMs = request.respondedAt - request.dispatchedAt - request.connectMs
        expectWithin(fields.service, connected ? serviceMs : null)
        if (generation !== 'bamboo-2010') {
          expectWithin(fields.connect, dyno === '' ? null : request.connectMs)
        }
        if (early) {
          const waited = dyno !== '' && code !== 'H12'
          expectWithin(fields.wait, waited ? request.dispatchedAt - request.arrivedAt : null)
          expect(fields.queue).toBe(waited ? String(request.routerQueueDepth) : '')
        }
      }),
    )
  })
})

/** A field in whole milliseconds is less than one off; `null`: it is empty. */
function expectWithin(field: string | undefined, ms: number | null): void {
  if (ms === null) expect(field).toBeUndefined()
  else expect(Math.abs(Number(field) - ms)).toBeLessThanOrEqual(1)
}
