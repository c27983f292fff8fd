import { expect, test } from 'vitest'
import { mongrel, passenger, puma, thin, unicorn } from '../../src/index.js'
import { WAIT } from '../offered-load.js'
import { oneDyno } from './one-dyno.js'

test('passenger answers 503 to what finds its queue full, and says so in the log', () => {
  const dyno = oneDyno(passenger({ workers: 2, queue: 3 }))
  for (let count = 0; count < 7; count += 1) dyno.connect(100, WAIT)
  expect(dyno.heard).toEqual(['0 #6 503 1500', '0 #7 503 1500'])
  expect(dyno.app.lines).toContain('0 app[web.1]: Request queue is full. Returning an error')
  dyno.run()
  expect(dyno.heard).toHaveLength(7)
})

test('mongrel accepts and closes what comes beyond its clients', () => {
  const dyno = oneDyno(mongrel({ clients: 3 }))
  for (let count = 0; count < 5; count += 1) dyno.connect(100, WAIT)
  expect(dyno.heard).toEqual(['0 #4 closed', '0 #5 closed'])
})

test.each([
  ['thin', thin(), ['50 #1 closed']],
  ['thin with QUIT', thin({ stopSignal: 'QUIT' }), ['50 #2 closed', '100 #1 200 2048']],
  ['unicorn', unicorn({ workers: 1 }), ['50 #2 closed', '100 #1 200 2048']],
  ['unicorn with TERM', unicorn({ workers: 1, stopSignal: 'TERM' }), ['50 #1 closed']],
  ['puma', puma({ workers: 1, threads: 1 }), ['100 #1 200 2048', '200 #2 200 2048']],
])('%s at SIGTERM, with one request under way and one that waits', (_, program, heard) => {
  const dyno = oneDyno(program)
  dyno.connect(100, WAIT)
  dyno.connect(100, WAIT)
  dyno.run(50)
  dyno.app.manifold.scale('web', 0)
  dyno.run()
  expect(dyno.heard.toSorted()).toEqual(
    heard.length === 1 ? ['50 #1 closed', '50 #2 closed'] : heard.toSorted(),
  )
})

test.each([
  ['3.6', 200],
  ['3.9', 100],
  ['7', 100],
] as const)(
  'puma %s and a request whose router has left before its turn',
  (version, finishedAt) => {
    const dyno = oneDyno(puma({ version, workers: 1, threads: 1 }))
    dyno.connect(100, WAIT)
    const waiting = dyno.connect(100, WAIT)
    const last = dyno.connect(0, WAIT)
    dyno.run(50)
    dyno.disconnect(waiting.request, waiting.port)
    dyno.run()
    expect(last.request.finishedAt).toBe(finishedAt)
    expect(waiting.request.startedAt).toBe(version === '3.6' ? 100 : -1)
  },
)
