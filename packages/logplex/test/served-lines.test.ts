// Lines of requests that went well are written by a short way; it leads to the same text.

import { GENERATIONS, HttpRequest } from '@celadon/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createLogplex,
  formatAppLine,
  formatRouterLine,
  formatTimestamp,
  type Logplex,
} from '../src/index.js'
import { textOf } from './text-of.js'

const EPOCH_MS = 1_772_444_586_000
const HOST = 'shop-1a2b3c.herokuapp.com'

const path = fc.oneof(
  fc.webPath(),
  fc.string({ unit: 'grapheme' }).map((text) => `/${text}`),
  fc.constantFrom('/900000001', '/?a=900000006&b=900000005', '/\x01\x02', '/900000000.25'),
)
const milliseconds = fc.double({ min: 0, max: 60_000, noNaN: true })
const served = fc.record({
  id: fc.nat(),
  method: fc.constantFrom('GET', 'POST', 'DELETE'),
  path,
  dyno: fc.constantFrom('web.1', 'web.12', 'worker.1'),
  status: fc.constantFrom(200, 204, 301, 404, 500),
  bytes: fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 31, 2 ** 40)),
  queue: fc.nat({ max: 200 }),
  arrivedAt: milliseconds,
  waitMs: milliseconds,
  connectMs: milliseconds,
  serviceMs: milliseconds,
})

type Served = typeof served extends fc.Arbitrary<infer Value> ? Value : never

function requestOf(facts: Served): HttpRequest {
  const { id, method, path, bytes, arrivedAt, connectMs } = facts
  const request = new HttpRequest()
  request.begin(id, { method, path, responseBytes: bytes }, null)
  const dispatchedAt = arrivedAt + facts.waitMs
  const startedAt = dispatchedAt + connectMs
  const respondedAt = startedAt + facts.serviceMs
  Object.assign(request, { arrivedAt, dispatchedAt, connectMs, startedAt, respondedAt })
  Object.assign(request, { finishedAt: respondedAt, routerQueueDepth: facts.queue })
  return Object.assign(request, { dyno: facts.dyno, status: facts.status, bytes })
}

/** Milliseconds as the router counts them: whole ones, of microseconds. */
function whole(ms: number): number {
  return Math.floor(Math.round(ms * 1000) / 1000)
}

function log(logplex: Logplex, write: () => void): string[] {
  const chunks: string[] = []
  const firehose = logplex.firehose((chunk) => chunks.push(textOf(chunk)))
  write()
  firehose.close()
  return chunks.join('').split('\n').slice(0, -1)
}

describe.each(GENERATIONS)('a line of %s', (generation) => {
  test('of the router is what its format gives', () => {
    fc.assert(
      fc.property(fc.array(served, { minLength: 1 }), milliseconds, (all, now) => {
        const simulation = { now, epochMs: EPOCH_MS }
        const logplex = createLogplex({ simulation, generation, host: HOST })
        const lines = log(logplex, () => {
          for (const facts of all) logplex.writeRequest('heroku', 'router', requestOf(facts))
        })
        const expected = all.map((facts, index) => {
          const { arrivedAt, dispatchedAt, connectMs, respondedAt } = requestOf(facts)
          const { method, path, dyno, queue, status, bytes } = facts
          const text = formatRouterLine(
            {
              code: '',
              fault: null,
              host: HOST,
              requestId: /request_id=(\S+)/.exec(lines[index] ?? '')?.[1] ?? '',
              fwd: /fwd="?([0-9.]+)/.exec(lines[index] ?? '')?.[1] ?? '',
              waitMs: whole(dispatchedAt - arrivedAt),
              connectMs: Math.round(connectMs),
              serviceMs: whole(respondedAt - dispatchedAt - connectMs),
              ...{ method, path, dyno, queue, status, bytes },
            },
            generation,
          )
          const time = formatTimestamp(Math.round(now * 1000) + EPOCH_MS * 1000, generation)
          return `${time} heroku[router]: ${text}`
        })
        expect(lines).toEqual(expected)
      }),
    )
  })

  test('of the app is what its format gives', () => {
    fc.assert(
      fc.property(fc.array(served, { minLength: 1 }), (all) => {
        const simulation = { now: 0, epochMs: EPOCH_MS }
        const logplex = createLogplex({ simulation, generation, host: HOST })
        const lines = log(logplex, () => {
          for (const facts of all) logplex.writeRequest('app', facts.dyno, requestOf(facts))
        })
        const expected = all.map((facts) => {
          const { startedAt, finishedAt } = requestOf(facts)
          const { method, path } = facts
          const durationMs = finishedAt - startedAt
          const text = formatAppLine({ method, path, status: 200, durationMs, error: null })
          return `${formatTimestamp(EPOCH_MS * 1000, generation)} app[${facts.dyno}]: ${text}`
        })
        expect(lines).toEqual(expected)
      }),
    )
  })
})

test('the templates of endpoints do not grow without limit', () => {
  const simulation = { now: 0, epochMs: EPOCH_MS }
  const logplex = createLogplex({ simulation, generation: 'router-2.0', host: HOST })
  const lines = log(logplex, () => {
    for (let page = 0; page < 3000; page += 1) {
      const request = new HttpRequest()
      request.begin(page, { method: 'GET', path: `/${page % 1500}`, responseBytes: 0 }, null)
      logplex.writeRequest(
        'heroku',
        'router',
        Object.assign(request, { dyno: 'web.1', status: 200 }),
      )
    }
  })
  expect(lines.map((line) => /path="\/(\d+)"/.exec(line)?.[1])).toEqual(
    Array.from({ length: 3000 }, (_, page) => String(page % 1500)),
  )
})
