import { expect, test } from 'vitest'
import { testApp } from './test-app.js'

test('H13: the dyno closes the connection before it wrote anything', () => {
  const { simulation, dynos, router, answered, send } = testApp(['keep'])
  const request = send()
  simulation.run(800)
  dynos[0]?.close()
  expect(request).toMatchObject({ code: 'H13', status: 503, bytes: 0, respondedAt: 800 })
  expect(request.dyno).toBe('web.1')
  simulation.run(100_000)
  expect(answered).toEqual([request])
  expect(router.open).toBe(0)
})

test('a closed connection makes room for a request that waits', () => {
  const { dynos, send } = testApp(['keep'], { generation: 'bamboo-2010' })
  send()
  const waiting = send()
  expect(waiting.dyno).toBe('')
  dynos[0]?.close()
  expect(waiting.dyno).toBe('web.1')
})
