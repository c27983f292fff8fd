import { type HCode, HttpRequest, Session } from '@celadon/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRequestTable } from '../../src/index.js'
import { Chunks } from './read-table.js'

const EPOCH_MS = Date.parse('2026-03-02T00:00:00Z')
const WEB_SOCKET = { lengthMs: 1000, clientEveryMs: 100, dynoEveryMs: 100 }

/** Quarters of a millisecond: sums of them are exact. */
const quarters = fc.nat(400_000).map((count) => count / 4)

/** A request as a row of the table tells it, before anything became of it. */
const asked = fc.record({
  id: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  arrivedAt: quarters,
  method: fc.constantFrom('GET', 'POST'),
  path: fc.oneof(fc.constantFrom('/', '/cart'), fc.webPath(), fc.string({ unit: 'grapheme' })),
  requestBytes: fc.option(fc.nat(), { nil: undefined }),
  session: fc.option(fc.integer({ min: 1, max: 1000 })),
  router: fc.option(fc.nat(20)),
  websocket: fc.boolean(),
  total: quarters,
})

/** How far it came: each part is null where it did not. */
const became = fc.oneof(
  fc.record({
    type: fc.constant('refused' as const),
    code: fc.constantFrom<HCode | ''>('H10', 'H11', ''),
    status: fc.constantFrom(503, 400),
  }),
  fc.record({
    type: fc.constant('unconnected' as const),
    code: fc.constantFrom<HCode>('H19', 'H21'),
    wait: quarters,
    connect: quarters,
  }),
  fc.record({
    type: fc.constant('timed out' as const),
    code: fc.constantFrom<HCode>('H12', 'H27', 'H24'),
    status: fc.constantFrom(503, 499, 0),
    wait: quarters,
    connect: quarters,
    queue: fc.option(quarters),
  }),
  fc.record({
    type: fc.constant('answered' as const),
    status: fc.constantFrom(200, 302, 404, 500),
    // A client that leaves while it downloads has an H27, but its dyno may be through with it.
    code: fc.constantFrom<HCode | ''>('', 'H27'),
    bytes: fc.oneof(fc.nat(), fc.constant(2 ** 40)),
    error: fc.option(fc.string({ unit: 'grapheme' })),
    wait: quarters,
    connect: quarters,
    queue: quarters,
    service: quarters,
    firstByte: quarters,
  }),
)

type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never
type Became = typeof became extends fc.Arbitrary<infer Value> ? Value : never

/** The record as the model would have left it. */
function requestOf(facts: Asked, fate: Became): HttpRequest {
  const request = new HttpRequest()
  const { id, method, path, requestBytes, arrivedAt } = facts
  const size = requestBytes === undefined ? {} : { requestBytes }
  request.begin(id, { method, path, responseBytes: 0, ...size }, null)
  request.session = facts.session === null ? null : new Session(facts.session)
  request.webSocket = facts.websocket ? WEB_SOCKET : null
  request.routerIndex = facts.router ?? -1
  request.arrivedAt = arrivedAt
  request.respondedAt = arrivedAt + facts.total
  request.status = fate.type === 'unconnected' ? 503 : fate.status
  request.code = fate.code
  if (fate.type === 'refused') return request
  request.dyno = 'web.1'
  request.dispatchedAt = arrivedAt + fate.wait
  request.connectMs = fate.connect
  if (fate.type === 'unconnected' || fate.queue === null) return request
  request.startedAt = arrivedAt + fate.queue
  if (fate.type === 'timed out') return request
  request.finishedAt = request.startedAt + fate.service
  request.firstByteAt = arrivedAt + fate.firstByte
  request.bytes = fate.bytes
  request.work.error = fate.error
  return request
}

/** The row that the doc comment of `createRequestTable` promises. */
function rowOf(facts: Asked, fate: Became): Record<string, unknown> {
  const dispatched = fate.type === 'refused' ? null : fate
  const connected = fate.type === 'answered' || fate.type === 'timed out' ? fate : null
  const answered = fate.type === 'answered' ? fate : null
  const status = fate.type === 'unconnected' ? 503 : fate.status
  return {
    id: facts.id,
    arrived_at: BigInt(EPOCH_MS * 1000 + facts.arrivedAt * 1000),
    method: facts.method,
    path: facts.path,
    status: status === 0 ? null : status,
    code: fate.code === '' ? null : fate.code,
    dyno: dispatched === null ? null : 'web.1',
    router: facts.router,
    session: facts.session,
    bytes: BigInt(answered?.bytes ?? 0),
    request_bytes: BigInt(facts.requestBytes ?? 0),
    total_ms: facts.total,
    router_wait_ms: dispatched?.wait ?? null,
    connect_ms: dispatched?.connect ?? null,
    first_byte_ms: answered?.firstByte ?? null,
    router_service_ms: connected ? facts.total - connected.wait - connected.connect : null,
    queue_ms: connected?.queue ?? null,
    service_ms: answered?.service ?? null,
    websocket: facts.websocket,
    abandoned: fate.type === 'timed out',
    error: answered?.error ?? null,
  }
}

const requests = fc.array(fc.tuple(asked, became), { maxLength: 40 })
const rowGroupSize = fc.integer({ min: 1, max: 50 })

function written(rows: readonly (readonly [Asked, Became])[], size: number): Chunks {
  const chunks = new Chunks()
  const table = createRequestTable(chunks.write, { epochMs: EPOCH_MS, rowGroupSize: size })
  for (const [facts, fate] of rows) table.append(requestOf(facts, fate))
  table.close()
  return chunks
}

test('a row tells what became of a request, and null of what did not', async () => {
  await fc.assert(
    fc.asyncProperty(requests, rowGroupSize, async (rows, size) => {
      expect(await written(rows, size).rows()).toEqual(rows.map(([a, b]) => rowOf(a, b)))
    }),
  )
})

test('the same requests give the same bytes', () => {
  fc.assert(
    fc.property(requests, rowGroupSize, (rows, size) => {
      expect(written(rows, size).file()).toEqual(written(rows, size).file())
    }),
  )
})

test('a request may be used again as soon as it is appended', async () => {
  const chunks = new Chunks()
  const table = createRequestTable(chunks.write, { epochMs: EPOCH_MS })
  const request = new HttpRequest()
  for (let id = 1; id <= 3; id += 1) {
    request.begin(id, { method: 'GET', path: `/${id}`, responseBytes: 0 }, null)
    request.arrivedAt = id
    request.respondedAt = id + 1
    table.append(request)
  }
  table.close()
  expect((await chunks.rows()).map(({ id, path }) => [id, path])).toEqual([
    [1, '/1'],
    [2, '/2'],
    [3, '/3'],
  ])
})
