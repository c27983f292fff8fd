import { HttpRequest } from '@celadon/contracts'
import { createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { createRouter } from '../src/index.js'
import { TestDyno, TestPool } from './test-pool.js'

test('each request is logged once, complete, before its listener hears of it', () => {
  const simulation = createSimulation()
  const events: string[] = []
  const dyno = new TestDyno('web.1')
  const pool = new TestPool([dyno])
  const router = createRouter({
    simulation,
    pool,
    settings: { handshakeMs: 0 },
    log: {
      write: () => events.push('text'),
      writeRequest(source, process, { id, dyno, code, status, bytes, respondedAt }) {
        const fields = [id, dyno, code, status, bytes, respondedAt].join(' ')
        events.push(`${source}[${process}]: ${fields}`)
      },
    },
    onResponse: ({ id }) => events.push(`response ${id}`),
  })
  const send = (): void => {
    const request = new HttpRequest()
    request.begin(router.arrived + 1, { method: 'GET', path: '/', responseBytes: 13 }, null)
    router.handle(request)
  }
  for (let count = 0; count < 3; count += 1) send()
  simulation.run(18)
  dyno.answer()
  dyno.close()
  pool.change('crashed')
  send()
  simulation.run(60_000)
  dyno.answer()
  expect(events).toEqual([
    'heroku[router]: 1 web.1  200 13 18',
    'response 1',
    'heroku[router]: 2 web.1 H13 503 0 18',
    'response 2',
    'heroku[router]: 4  H10 503 0 18',
    'response 4',
    'heroku[router]: 3 web.1 H12 503 0 30000',
    'response 3',
  ])
})
