import { constant } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { singleThreaded } from '../src/index.js'
import { createPort } from './ports.js'
import { createTestApp, type TestApp, taken, waitingRequest } from './test-app.js'

const MINUTE = 60_000
const SWITCH = 3 * MINUTE

function prebooting(dynos: number): TestApp {
  const app = createTestApp()
  app.manifold.scale('web', dynos, 'running')
  app.manifold.restart('web', 'preboot')
  return app
}

test('with preboot the old dynos serve for three minutes while the new ones boot', () => {
  const app = prebooting(2)
  const pool = app.manifold.pool('web')
  const old = pool.backends
  const port = createPort()
  app.simulation.run(SWITCH - 1)
  expect(pool.backends).toEqual(old)
  expect(pool.backends[0]?.connect(waitingRequest(1, 10_000), port)).toBe('accepted')
  expect(taken(app)).toEqual([
    '0 heroku[web.1]: State changed from down to starting',
    '0 heroku[web.2]: State changed from down to starting',
    '2 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '2 heroku[web.2]: Starting process with command `bundle exec unicorn`',
    '7 heroku[web.1]: State changed from starting to up',
    '7 heroku[web.2]: State changed from starting to up',
  ])
  app.simulation.run(SWITCH)
  expect(pool.backends).toEqual(app.manifold.processTypes[0]?.dynos)
  expect(pool.backends.some((backend) => old.includes(backend))).toBe(false)
  app.simulation.run()
  expect(port.heard).toEqual(['#1 200 2048'])
  expect(app.lines).toEqual([
    '180 heroku[web.1]: Stopping all processes with SIGTERM',
    '180 heroku[web.2]: Stopping all processes with SIGTERM',
    '180 heroku[web.2]: Process exited with status 143',
    '189.999 app[web.1]: #1',
    '189.999 heroku[web.1]: Process exited with status 143',
  ])
})

test('the pool is never without backends during a preboot, nor is it during a rolling restart', () => {
  const property = fc.property(
    fc.constantFrom('preboot', 'rolling'),
    fc.integer({ min: 2, max: 12 }),
    (strategy, dynos) => {
      const app = createTestApp({ program: singleThreaded() })
      app.manifold.scale('web', dynos, 'running')
      const pool = app.manifold.pool('web')
      let fewest = dynos
      pool.watch(() => {
        fewest = Math.min(fewest, pool.backends.length)
      })
      const first = pool.backends
      app.manifold.restart('web', strategy)
      app.simulation.run()
      expect(fewest).toBe(strategy === 'preboot' ? dynos : dynos - Math.ceil(dynos / 4))
      expect(pool.backends).toHaveLength(dynos)
      expect(pool.backends.some((backend) => first.includes(backend))).toBe(false)
    },
  )
  fc.assert(property, { numRuns: 40 })
})

test('both sets of dynos run until the switch', () => {
  const app = prebooting(3)
  const { up, quantity } = app.manifold.processTypes[0]?.statistics ?? expect.unreachable()
  app.simulation.run(MINUTE)
  expect([up.value, quantity.value]).toEqual([6, 3])
  app.simulation.run()
  expect([up.value, quantity.value]).toEqual([3, 3])
})

test('a preboot in the middle of another one begins the wait anew', () => {
  const app = prebooting(1)
  const pool = app.manifold.pool('web')
  const old = pool.backends
  app.simulation.run(2 * MINUTE)
  app.manifold.restart('web', 'preboot')
  app.simulation.run(2 * MINUTE + SWITCH - 1)
  expect(pool.backends).toEqual(old)
  const { up } = app.manifold.processTypes[0]?.statistics ?? expect.unreachable()
  expect(up.value).toBe(2)
  app.simulation.run()
  expect(up.value).toBe(1)
  expect(pool.backends).not.toEqual(old)
})

test('an ordinary restart ends a preboot: the old dynos are stopped at once', () => {
  const app = prebooting(1)
  const pool = app.manifold.pool('web')
  app.simulation.run(MINUTE)
  app.manifold.restart()
  expect(pool.status).toBe('starting')
  app.simulation.run()
  expect(pool.backends).toHaveLength(1)
  expect(app.lines.filter((line) => line.includes('SIGTERM'))).toHaveLength(2)
})

test('scaling down during a preboot stops the old dyno of that name too', () => {
  const app = prebooting(2)
  app.simulation.run(MINUTE)
  app.manifold.scale('web', 1)
  expect(app.manifold.pool('web').backends.map(({ name }) => name)).toEqual(['web.1'])
  app.simulation.run()
  const { up } = app.manifold.processTypes[0]?.statistics ?? expect.unreachable()
  expect(up.value).toBe(1)
})

test('scaling to 0 ends a preboot: new dynos are not hidden behind old ones that are gone', () => {
  const app = prebooting(2)
  const pool = app.manifold.pool('web')
  app.simulation.run(1000)
  app.manifold.scale('web', 0)
  expect(pool.backends).toEqual([])
  app.manifold.scale('web', 1)
  app.simulation.run(9000)
  expect(pool.backends).toEqual(app.manifold.processTypes[0]?.dynos)
})

test('an old dyno that crashes during a preboot is logged and counted, but not replaced', () => {
  const app = createTestApp({ crashEveryMs: constant(MINUTE) })
  app.manifold.scale('web', 1, 'running')
  app.manifold.restart('web', 'preboot')
  app.simulation.run(MINUTE)
  expect(app.lines.at(-1)).toBe('60 heroku[web.1]: State changed from up to crashed')
  expect(app.events.at(-1)).toEqual({ type: 'crashed', dyno: 'web.1' })
  expect(app.manifold.processTypes[0]?.statistics.crashes).toBe(1)
  expect(app.manifold.pool('web').backends).toEqual([])
})

test('with nobody to serve meanwhile, preboot restarts at once', () => {
  const app = createTestApp()
  app.manifold.scale('web', 1)
  app.simulation.run(1000)
  app.manifold.restart('web', 'preboot')
  app.simulation.run(20_000)
  expect(app.manifold.pool('web').status).toBe('up')
})

test('workers restart at once under preboot', () => {
  const app = createTestApp()
  const { size, program } = app.manifold.processTypes[0] ?? expect.unreachable()
  const worker = app.manifold.define('worker', { size, command: 'rake jobs:work', program })
  app.manifold.scale('worker', 1, 'running')
  app.manifold.restart(undefined, 'preboot')
  expect(worker.status).toBe('starting')
  expect(app.lines[0]).toBe('0 heroku[worker.1]: Restarting')
})

test('a rolling restart replaces a quarter at a time, one after the other', () => {
  const app = createTestApp()
  app.manifold.scale('web', 5, 'running')
  app.manifold.restart('web', 'rolling')
  app.simulation.run()
  const restarts = app.lines.filter((line) => line.includes('Restarting'))
  expect(restarts).toEqual([
    '0 heroku[web.1]: Restarting',
    '0 heroku[web.2]: Restarting',
    '7 heroku[web.3]: Restarting',
    '7 heroku[web.4]: Restarting',
    '14 heroku[web.5]: Restarting',
  ])
})

test('a dyno that crashes or is scaled away does not hold a rolling restart up', () => {
  const app = createTestApp()
  app.manifold.scale('web', 4, 'running')
  app.manifold.restart('web', 'rolling')
  app.simulation.run(3000)
  app.manifold.crash('web.1')
  app.simulation.run(4000)
  expect(app.lines.filter((line) => line.includes('Restarting')).at(-1)).toContain(
    '3 heroku[web.2]',
  )
  app.manifold.scale('web', 3)
  app.simulation.run()
  const restarts = app.lines.filter((line) => line.includes('Restarting'))
  expect(restarts.map((line) => line.slice(-19))).toEqual([
    '[web.1]: Restarting',
    '[web.2]: Restarting',
    '[web.3]: Restarting',
  ])
})
