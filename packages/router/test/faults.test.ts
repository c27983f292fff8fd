// Requests and responses that break a rule. The router answers, whatever the dyno says.
import type { RequestFault, ResponseFault } from '@celadon/contracts'
import { describe, expect, test } from 'vitest'
import { testApp } from './test-app.js'

describe('a request with', () => {
  test.each<readonly [RequestFault, number, string]>([
    ['oversized request line', 400, ''],
    ['oversized header line', 400, ''],
    ['too many headers', 400, ''],
    ['unsupported expect header value', 417, 'H26'],
    ['bad header', 400, 'H26'],
    ['bad chunk', 400, 'H26'],
  ])('%s: status %i and code "%s"; no code with Router 2.0', (requestFault, status, code) => {
    for (const generation of ['cedar-2012', 'common-runtime-2019', 'router-2.0'] as const) {
      const { dynos, router, send } = testApp(['keep'], { generation })
      const request = send({ endpoint: { requestFault } })
      const expected = generation === 'router-2.0' ? '' : code
      expect(request).toMatchObject({ status, code: expected, dyno: '', respondedAt: 0 })
      expect(dynos[0]?.attempts).toBe(0)
      expect(router.open).toBe(0)
    }
  })

  test('a fault is refused in maintenance as well', () => {
    const { router, send } = testApp([])
    router.maintenance = true
    expect(send({ endpoint: { requestFault: 'bad header' } }).status).toBe(400)
  })
})

describe('a response with', () => {
  const faults: readonly (readonly [ResponseFault, string, number])[] = [
    ['poorly formatted', 'H17', 503],
    ['invalid content length', 'H25', 502],
    ['oversized cookie', 'H25', 502],
    ['oversized header', 'H25', 502],
    ['oversized status line', 'H25', 502],
  ]

  test.each(faults)(
    '%s: %s, and the connection is not used again',
    (responseFault, code, status) => {
      const { simulation, dynos, send } = testApp(['keep'])
      for (const dyno of dynos) dyno.keptUntil = 1e9
      const request = send({ endpoint: { responseFault } })
      simulation.run(70)
      dynos[0]?.answer()
      expect(request).toMatchObject({ code, status, bytes: 0, dyno: 'web.1', respondedAt: 70 })
      expect(dynos[0]?.disconnections).toEqual([])
      send()
      expect(dynos[0]?.reused).toEqual([false, false])
    },
  )

  test.each(faults)('%s in its first part: %s at once', (responseFault, code, status) => {
    const { simulation, dynos, send } = testApp(['keep'])
    const request = send({ endpoint: { responseFault } })
    simulation.run(70)
    expect(dynos[0]?.write(10)).toBe(-1)
    expect(request).toMatchObject({ code, status, bytes: 0, respondedAt: 70 })
    expect(dynos[0]?.disconnections).toEqual([request])
    dynos[0]?.answer()
    expect(request).toMatchObject({ code, respondedAt: 70 })
  })
})
