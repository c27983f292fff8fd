// What is special about the sizes that sleep: workers sleep with web, and hours run out.
import { expect, test } from 'vitest'
import { DYNO_SIZES } from '../src/index.js'
import { ignorePort } from './ports.js'
import { createTestApp, puppet, type TestApp, taken, waitingRequest } from './test-app.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const eco = DYNO_SIZES.eco

function appWithWorker(settings: object, workerSize = eco): TestApp {
  const app = createTestApp({ size: eco, settings: { sleepingSizes: ['eco'], ...settings } })
  const program = {
    ...puppet().program,
    start: (host: import('@celadon/contracts').DynoHost) => ({
      terminate: () => host.exit(143),
      kill() {},
    }),
  }
  app.manifold.define('worker', { size: workerSize, command: 'rake jobs:work', program })
  app.manifold.scale('web', 1, 'running')
  app.manifold.scale('worker', 1, 'running')
  return app
}

const statuses = (app: TestApp): string[] =>
  app.manifold.processTypes.map(({ name, status }) => `${name} ${status}`)

test('an eco worker sleeps and wakes together with web', () => {
  const app = appWithWorker({})
  app.simulation.run(40 * MINUTE)
  expect(statuses(app)).toEqual(['web idle', 'worker idle'])
  expect(taken(app).filter((line) => line.includes('worker'))).toEqual([
    '1800 heroku[worker.1]: Idling',
    '1800 heroku[worker.1]: State changed from up to down',
    '1800 heroku[worker.1]: Stopping all processes with SIGTERM',
    '1800 heroku[worker.1]: Process exited with status 143',
  ])
  app.manifold.pool('web').wake()
  app.simulation.run(41 * MINUTE)
  expect(statuses(app)).toEqual(['web up', 'worker up'])
  expect(taken(app).filter((line) => line.includes('Unidling'))).toHaveLength(2)
})

test('in 2011 workers never slept, nor does a worker of another size', () => {
  const worker = DYNO_SIZES['standard-1x']
  for (const app of [appWithWorker({ workersSleep: false }), appWithWorker({}, worker)]) {
    app.simulation.run(40 * MINUTE)
    expect(statuses(app)).toEqual(['web idle', 'worker up'])
  }
})

test('a worker that has crashed sleeps with web and is not started meanwhile', () => {
  const app = appWithWorker({ crashPausesMs: [20 * MINUTE] })
  for (const minute of [25, 26, 27]) {
    app.simulation.run(minute * MINUTE)
    app.manifold.crash('worker.1')
  }
  app.simulation.run(29 * MINUTE)
  expect(statuses(app)).toEqual(['web up', 'worker crashed'])
  app.simulation.run(60 * MINUTE)
  expect(statuses(app)).toEqual(['web idle', 'worker idle'])
  expect(app.lines.filter((line) => line.includes('crashed to starting'))).toHaveLength(2)
  app.manifold.pool('web').wake()
  app.simulation.run(61 * MINUTE)
  expect(statuses(app)).toEqual(['web up', 'worker up'])
})

test('when the hours are used up all eco dynos sleep until the next 30 days', () => {
  // Two dynos use 1000 hours in 20 days and 20 hours.
  const app = appWithWorker({ sleepAfterMs: 100 * DAY })
  app.simulation.run(500 * HOUR - 1)
  expect(statuses(app)).toEqual(['web up', 'worker up'])
  app.simulation.run(500 * HOUR)
  expect(statuses(app)).toEqual(['web exhausted', 'worker exhausted'])
  app.manifold.pool('web').wake()
  app.manifold.scale('worker', 0)
  app.manifold.scale('worker', 1)
  app.simulation.run(30 * DAY - 1)
  expect(statuses(app)).toEqual(['web exhausted', 'worker exhausted'])
  app.simulation.run(30 * DAY + MINUTE)
  expect(statuses(app)).toEqual(['web up', 'worker up'])
  app.simulation.run(30 * DAY + 499 * HOUR)
  expect(statuses(app)).toEqual(['web up', 'worker up'])
  app.simulation.run(30 * DAY + 501 * HOUR)
  expect(statuses(app)).toEqual(['web exhausted', 'worker exhausted'])
})

test('one dyno never uses its hours up; those of an earlier month do not count', () => {
  const app = createTestApp({
    size: eco,
    settings: { sleepingSizes: ['eco'], sleepAfterMs: 1000 * DAY },
  })
  app.manifold.scale('web', 1, 'running')
  app.simulation.run(29 * DAY)
  const { program } = app.manifold.processTypes[0] ?? expect.unreachable()
  app.manifold.define('worker', { size: eco, command: 'work', program })
  app.manifold.scale('worker', 1, 'running')
  // 29 + 2 days of dyno time in the first month; then two a day, until 1000 hours of the second month.
  app.simulation.run(30 * DAY + 500 * HOUR - 1)
  expect(app.manifold.pool('web').status).toBe('up')
  app.simulation.run(30 * DAY + 500 * HOUR)
  expect(app.manifold.pool('web').status).toBe('exhausted')
})

test('a dyno that sleeps uses no hours', () => {
  const app = createTestApp({
    size: eco,
    settings: { sleepingSizes: ['eco'], poolHours: 1, sleepAfterMs: 30 * MINUTE },
  })
  app.manifold.scale('web', 1, 'running')
  app.simulation.run(2 * HOUR)
  const pool = app.manifold.pool('web')
  expect(pool.status).toBe('idle')
  pool.wake()
  app.simulation.run(2 * HOUR + 20 * MINUTE)
  pool.backends[0]?.connect(waitingRequest(1, 1), ignorePort)
  app.simulation.run(2 * HOUR + 30 * MINUTE)
  expect(pool.status).toBe('exhausted')
})
