// What programs do by themselves: boot in varying time, break down, and ask for too much.
import { constant, exponential, uniform } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { DYNO_SIZES, puma, singleThreaded } from '../src/index.js'
import { createPort } from './ports.js'
import { createTestApp, waitingRequest } from './test-app.js'

const size = { ...DYNO_SIZES['standard-1x'], quantityMax: Number.POSITIVE_INFINITY }

test('the boot time is drawn for each life; what is drawn above the limit is an R10', () => {
  const dynos = 400
  const bootMs = uniform({ min: 20_000, max: 70_000 })
  const app = createTestApp({ size, program: singleThreaded({ bootMs }) })
  app.manifold.scale('web', dynos)
  app.simulation.run(62_001)
  const late = app.events.filter((event) => event.type === 'fault' && event.code === 'R10').length
  // Binomial: a fifth of the draws is above 60 s. 4 standard deviations.
  expect(Math.abs(late - dynos / 5)).toBeLessThan(4 * Math.sqrt(dynos * 0.2 * 0.8))
  expect(app.manifold.pool('web').backends).toHaveLength(dynos - late)
})

test('a program that breaks down ends with status 1 and takes what is under way along', () => {
  const app = createTestApp({ program: singleThreaded(), crashEveryMs: constant(10_000) })
  app.manifold.scale('web', 1)
  app.simulation.run(8000)
  const port = createPort()
  app.manifold.pool('web').backends[0]?.connect(waitingRequest(1, 60_000), port)
  app.simulation.run(17_000)
  expect(port.heard).toEqual(['#1 closed'])
  expect(app.lines.slice(3)).toEqual([
    '17 heroku[web.1]: Process exited with status 1',
    '17 heroku[web.1]: State changed from up to crashed',
    '17 heroku[web.1]: State changed from crashed to starting',
  ])
})

test('crashes are a renewal process: one per time up and time to start', () => {
  const HOUR = 3_600_000
  const app = createTestApp({ size, crashEveryMs: exponential({ mean: 3 * HOUR }) })
  app.manifold.scale('web', 50, 'running')
  app.simulation.run(100 * HOUR)
  const { crashes } = app.manifold.processTypes[0]?.statistics ?? expect.unreachable()
  // Crashes in a row within 10 minutes of the start cost a pause; that is 1 in 18, and costs minutes.
  const expected = (50 * 100) / 3
  expect(Math.abs(crashes - expected)).toBeLessThan(4 * Math.sqrt(expected) + 0.02 * expected)
})

test('more processes and threads than the size allows do not start', () => {
  const started = [256, 257].map((threads) => {
    const app = createTestApp({ program: puma({ workers: 1, threads }) })
    app.manifold.scale('web', 1)
    app.simulation.run(10_000)
    return app.manifold.pool('web').status === 'up' ? 'up' : app.lines.slice(2, 5)
  })
  expect(started).toEqual([
    'up',
    [
      '7 app[web.1]: Resource temporarily unavailable - fork(2)',
      '7 heroku[web.1]: Process exited with status 1',
      '7 heroku[web.1]: State changed from starting to crashed',
    ],
  ])
})
