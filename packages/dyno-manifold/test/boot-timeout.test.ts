import { expect, test } from 'vitest'
import { unicorn } from '../src/index.js'
import { createTestApp, puppet } from './test-app.js'

test('a web dyno that has not bound its port within 60 s is killed with R10 and crashes', () => {
  const app = createTestApp({ program: unicorn({ bootMs: 60_001 }) })
  app.manifold.scale('web', 1)
  app.simulation.run(62_000)
  expect(app.lines).toEqual([
    '0 heroku[web.1]: State changed from down to starting',
    '2 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '62 heroku[web.1]: Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch',
    '62 heroku[web.1]: Stopping process with SIGKILL',
    '62 heroku[web.1]: Process exited with status 137',
    '62 heroku[web.1]: State changed from starting to crashed',
    '62 heroku[web.1]: State changed from crashed to starting',
  ])
  expect(app.events).toEqual([
    { type: 'fault', dyno: 'web.1', code: 'R10' },
    { type: 'crashed', dyno: 'web.1' },
  ])
})

test('a web dyno that is quick enough comes up', () => {
  const app = createTestApp({ program: unicorn({ bootMs: 59_999 }) })
  app.manifold.scale('web', 1)
  app.simulation.run()
  expect(app.lines.at(-1)).toBe('61.999 heroku[web.1]: State changed from starting to up')
})

test('a program that runs but never binds its port is killed as well', () => {
  const { program, signals } = puppet()
  const app = createTestApp({ program })
  app.manifold.scale('web', 1)
  app.simulation.run(62_000)
  expect(signals).toEqual(['kill'])
})

test('the message names the time that the settings allow', () => {
  const app = createTestApp({
    program: unicorn({ bootMs: 200_000 }),
    settings: { bootTimeoutMs: 120_000 },
  })
  app.manifold.scale('web', 1)
  app.simulation.run(122_000)
  expect(app.lines[2]).toContain('within 120 seconds of launch')
})

test('dynos of other types have no port to bind', () => {
  const app = createTestApp()
  const { size } = app.manifold.processTypes[0] ?? expect.unreachable()
  const { program } = puppet({ bootMs: 300_000 })
  app.manifold.define('worker', { size, command: 'rake jobs:work', program })
  app.manifold.scale('worker', 1)
  app.simulation.run()
  expect(app.events).toEqual([{ type: 'up', dyno: 'worker.1' }])
})
