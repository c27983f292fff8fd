import { expect, test } from 'vitest'
import { DYNO_SIZES, mongrel, node, passenger, puma, thin, unicorn } from '../../src/index.js'
import { CPU, WAIT } from '../offered-load.js'
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

test("node's connections are those that it has accepted, not those that wait in the kernel", () => {
  const dyno = oneDyno(node())
  const { busy } = dyno.app.manifold.processTypes[0]?.statistics ?? expect.unreachable()
  for (let count = 1; count <= 10_511; count += 1) dyno.connect(count, WAIT)
  expect(dyno.heard).toEqual([])
  dyno.connect(0, WAIT)
  expect(dyno.heard).toEqual(['0 #10512 timeout'])
  for (let count = 0; count <= 511; count += 1) {
    dyno.run(count)
    expect(busy.value).toBe(10_000)
  }
  dyno.run(512)
  expect(busy.value).toBe(9_999)
})

test('a cluster of node without a listen queue still serves in turn', () => {
  const dyno = oneDyno(node({ workers: 2, backlog: 0 }), { size: DYNO_SIZES['standard-2x'] })
  // Two that compute at a time take as long as one only where each has a process of its own.
  for (let count = 0; count < 2; count += 1) dyno.connect(100, CPU)
  dyno.run()
  expect(dyno.heard).toEqual(['100 #1 200 2048', '100 #2 200 2048'])
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
