import { expect, test } from 'vitest'
import { DYNO_SIZES, MANIFOLD_SETTINGS } from '../src/index.js'
import { createPort, ignorePort } from './ports.js'
import {
  createTestApp,
  type TestApp,
  type TestAppOptions,
  taken,
  waitingRequest,
} from './test-app.js'

const MINUTE = 60_000

function sleepyApp(options: TestAppOptions = {}): TestApp {
  return createTestApp({
    // Two of them are not for sale; the rule was made when dynos had one size.
    size: { ...DYNO_SIZES.eco, quantityMax: 2 },
    settings: { sleepingSizes: ['eco'] },
    ...options,
  })
}

function request(app: TestApp): void {
  app.manifold.pool('web').backends[0]?.connect(waitingRequest(1, 100), ignorePort)
}

test('a single eco dyno sleeps 30 minutes after the last request and wakes when asked', () => {
  const app = sleepyApp()
  const pool = app.manifold.pool('web')
  app.manifold.scale('web', 1, 'running')
  app.simulation.run(20 * MINUTE)
  request(app)
  app.simulation.run(50 * MINUTE - 1)
  expect(pool.status).toBe('up')
  app.simulation.run(60 * MINUTE)
  expect(taken(app).slice(1)).toEqual([
    '3000 heroku[web.1]: Idling',
    '3000 heroku[web.1]: State changed from up to down',
    '3000 heroku[web.1]: Stopping all processes with SIGTERM',
    '3000 heroku[web.1]: Process exited with status 143',
  ])
  expect(pool.status).toBe('idle')
  expect(pool.quantity).toBe(1)

  pool.wake()
  expect(pool.status).toBe('starting')
  pool.wake()
  app.simulation.run(61 * MINUTE)
  expect(taken(app)).toEqual([
    '3600 heroku[web.1]: Unidling',
    '3600 heroku[web.1]: State changed from down to starting',
    '3602 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '3607 heroku[web.1]: State changed from starting to up',
  ])
  app.simulation.run(91 * MINUTE)
  expect(app.lines[0]).toBe('5407 heroku[web.1]: Idling')
})

test.each([
  ['standard-1x', 'router-2.0', false],
  ['eco', 'router-2.0', true],
  ['dyno-2012', 'cedar-2012', true],
  ['standard-2x', 'bamboo-2010', true],
] as const)('%s under %s sleeps: %s', (sizeName, generation, sleeps) => {
  const size = DYNO_SIZES[sizeName]
  const { sleepingSizes } = MANIFOLD_SETTINGS[generation]
  const app = createTestApp({ size, generation, settings: { sleepingSizes } })
  app.manifold.scale('web', 1, 'running')
  app.simulation.run(60 * MINUTE)
  expect(app.manifold.pool('web').status).toBe(sleeps ? 'idle' : 'up')
})

test('in 2012 an hour had to pass', () => {
  const app = sleepyApp({ generation: 'cedar-2012' })
  app.manifold.scale('web', 1, 'running')
  app.simulation.run(60 * MINUTE - 1)
  expect(app.lines).toEqual([])
  app.simulation.run()
  expect(app.lines[0]).toBe('3600 heroku[web.1]: Idling')
})

test('two web dynos never sleep; scaled down to one, it does', () => {
  const app = sleepyApp()
  app.manifold.scale('web', 2, 'running')
  app.simulation.run(100 * MINUTE)
  expect(app.lines).toEqual([])
  app.manifold.scale('web', 1)
  app.simulation.run(130 * MINUTE)
  expect(app.manifold.pool('web').status).toBe('idle')
})

test('a release leaves a sleeping dyno asleep', () => {
  const app = sleepyApp()
  app.manifold.scale('web', 1, 'running')
  app.simulation.run(40 * MINUTE)
  taken(app)
  app.manifold.restart()
  app.simulation.run(50 * MINUTE)
  expect(taken(app)).toEqual([])
  expect(app.manifold.pool('web').status).toBe('idle')
})

test('scaling up wakes the dyno that sleeps', () => {
  const app = sleepyApp()
  app.manifold.scale('web', 1, 'running')
  app.simulation.run(40 * MINUTE)
  taken(app)
  app.manifold.scale('web', 2)
  app.manifold.pool('web').wake()
  expect(app.lines).toEqual([
    '2400 heroku[web.1]: Unidling',
    '2400 heroku[web.1]: State changed from down to starting',
    '2400 heroku[web.2]: State changed from down to starting',
  ])
  app.simulation.run(41 * MINUTE)
  expect(app.manifold.pool('web').backends.map(({ name }) => name)).toEqual(['web.1', 'web.2'])
  expect(app.lines.filter((line) => line.includes('Starting process'))).toHaveLength(2)
})

test('a sleeping dyno is scaled away without a word', () => {
  const app = sleepyApp()
  app.manifold.scale('web', 1, 'running')
  app.simulation.run(40 * MINUTE)
  taken(app)
  app.manifold.scale('web', 0)
  app.manifold.pool('web').wake()
  app.simulation.run()
  expect(app.lines).toEqual([])
  expect(app.manifold.pool('web').status).toBe('none')
})

test('a dyno that falls asleep finishes what it has under way, and can be woken meanwhile', () => {
  const app = sleepyApp({ settings: { sleepingSizes: 'all', sleepAfterMs: 5000 } })
  const pool = app.manifold.pool('web')
  const port = createPort()
  app.manifold.scale('web', 1, 'running')
  pool.backends[0]?.connect(waitingRequest(1, 20_000), port)
  app.simulation.run(6000)
  expect(pool.status).toBe('idle')
  pool.wake()
  app.simulation.run(16_000)
  expect(pool.status).toBe('up')
  app.simulation.run(20_000)
  expect(port.heard).toEqual(['#1 200 2048'])
  expect(app.lines).toEqual([
    '5 heroku[web.1]: Idling',
    '5 heroku[web.1]: State changed from up to down',
    '5 heroku[web.1]: Stopping all processes with SIGTERM',
    '6 heroku[web.1]: Unidling',
    '6 heroku[web.1]: State changed from down to starting',
    '8 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '13 heroku[web.1]: State changed from starting to up',
    '18 heroku[web.1]: Idling',
    '18 heroku[web.1]: State changed from up to down',
    '18 heroku[web.1]: Stopping all processes with SIGTERM',
    '18 heroku[web.1]: Process exited with status 143',
    '20 app[web.1]: #1',
    '20 heroku[web.1]: Process exited with status 143',
  ])
})
