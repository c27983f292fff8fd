import { expect, test } from 'vitest'
import { gunicorn, puma, singleThreaded, thin, unicorn } from '../../src/index.js'
import { CPU, WAIT } from '../offered-load.js'
import { oneDyno } from './one-dyno.js'

const LONG_MS = 1_000_000

test('unicorn kills a worker after 60 s, and the next one serves on', () => {
  const dyno = oneDyno(unicorn({ workers: 1 }))
  const { request } = dyno.connect(LONG_MS, WAIT)
  dyno.connect(100, WAIT)
  dyno.run(59_999)
  expect(dyno.heard).toEqual([])
  dyno.run()
  expect(dyno.heard).toEqual(['60000 #1 closed', '60300 #2 200 2048'])
  expect(request.work.error).toBe('the worker was killed')
  expect(dyno.app.lines).toContain('60 app[web.1]: worker=0 timeout (60s), killing')
})

test('the time-out counts from the request, not from the one before', () => {
  const dyno = oneDyno(unicorn({ workers: 2 }))
  dyno.connect(50_000, WAIT)
  dyno.run(30_000)
  dyno.connect(LONG_MS, WAIT)
  dyno.run(50_000)
  dyno.connect(40_000, WAIT)
  dyno.run()
  const ends = ['50000 #1 200 2048', '90000 #2 closed', '90000 #3 200 2048']
  expect(dyno.heard.toSorted()).toEqual(ends)
})

test('gunicorn kills silent sync workers after 30 s; threads do not make a worker silent', () => {
  const sync = oneDyno(gunicorn({ workers: 1 }))
  sync.connect(LONG_MS, CPU)
  sync.run()
  expect(sync.heard).toEqual(['30000 #1 closed'])
  const threaded = oneDyno(gunicorn({ workers: 1, threads: 4 }))
  threaded.connect(LONG_MS, CPU)
  threaded.run()
  expect(threaded.heard).toEqual([`${LONG_MS} #1 200 2048`])
})

test('rack-timeout raises an error in a request that runs too long', () => {
  const dyno = oneDyno(puma({ workers: 1, threads: 2, requestTimeout: {} }))
  dyno.connect(LONG_MS, CPU)
  dyno.connect(10_000, WAIT)
  dyno.run()
  expect(dyno.heard).toEqual(['10000 #2 200 2048', '15000 #1 500 1500'])
  expect(dyno.app.lines).toContain(
    '15 app[web.1]: source=rack-timeout id=1 wait=0ms timeout=15000ms service=15000ms state=timed_out at=error',
  )
})

test('rack-timeout does not begin a request that is too old, unless it has a body', () => {
  const limits = { serviceMs: 40_000, waitMs: 30_000 }
  const dyno = oneDyno(singleThreaded({ requestTimeout: limits }))
  dyno.connect(29_000, WAIT)
  dyno.connect(10_000, WAIT)
  dyno.connect(100, WAIT)
  dyno.connect(100, WAIT, (request) => {
    request.endpoint = { ...request.endpoint, requestBytes: 1 }
  })
  dyno.run()
  // The second one has 1 s left until it is too old.
  expect(dyno.heard).toEqual([
    '29000 #1 200 2048',
    '30000 #2 500 1500',
    '30000 #3 500 1500',
    '30100 #4 200 2048',
  ])
  expect(dyno.app.lines).toContain(
    '30 app[web.1]: source=rack-timeout id=3 wait=30000ms timeout=30000ms state=expired at=error',
  )
})

test('a body that never comes: puma answers 408, thin closes, a single thread waits on', () => {
  const programs = [puma(), thin(), singleThreaded()]
  const heard = programs.map((program) => {
    const dyno = oneDyno(program)
    const stalled = dyno.connect(100, WAIT, (request) => {
      request.bodyAt = Number.POSITIVE_INFINITY
    })
    dyno.run(55_000)
    dyno.disconnect(stalled.request, stalled.port)
    dyno.connect(100, WAIT)
    dyno.run()
    return dyno.heard
  })
  expect(heard).toEqual([
    ['30000 #1 408 1500', '55100 #2 200 2048'],
    ['30000 #1 closed', '55100 #2 200 2048'],
    ['55000 #1 closed', '55100 #2 200 2048'],
  ])
})
