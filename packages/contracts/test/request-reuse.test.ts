import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Endpoint, HttpRequest } from '../src/index.js'

const ENDPOINT: Endpoint = { method: 'GET', path: '/products', responseBytes: 4096 }

test('a request goes back to its creator when the last holder releases it, and only then', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (retains) => {
      let returned = 0
      const request = new HttpRequest()
      request.begin(1, ENDPOINT, () => {
        returned += 1
      })
      let holders = 0
      for (const retain of retains) {
        if (retain || holders === 0) {
          request.retain()
          holders += 1
        } else {
          request.release()
          holders -= 1
          if (holders === 0) break
        }
        expect(returned).toBe(0)
      }
      for (; holders > 0; holders -= 1) request.release()
      expect(returned).toBe(retains.length === 0 ? 0 : 1)
    }),
  )
})

test('a request that begins again carries nothing of what it was before', () => {
  const used = new HttpRequest()
  used.begin(1, ENDPOINT, () => {})
  used.retain()
  Object.assign(used, {
    arrivedAt: 1,
    dispatchedAt: 2,
    connectMs: 3,
    routerQueueDepth: 4,
    dyno: 'web.5',
    respondedAt: 6,
    status: 503,
    code: 'H12',
    bytes: 7,
    startedAt: 8,
    finishedAt: 9,
  })
  used.work.error = 'RuntimeError'
  used.begin(2, ENDPOINT, null)
  const fresh = new HttpRequest()
  fresh.begin(2, ENDPOINT, null)
  expect(used).toEqual(fresh)
})

test('a request without a creator can be released too', () => {
  const request = new HttpRequest()
  request.begin(1, ENDPOINT, null)
  request.retain()
  expect(() => request.release()).not.toThrow()
})
