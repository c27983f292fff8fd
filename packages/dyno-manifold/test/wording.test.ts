// The log of each generation in its own words. Sources: see docs/fidelity/dyno-manifold.md.
import { expect, test } from 'vitest'
import { createTestApp, type TestApp, taken } from './test-app.js'

function cycled(generation: 'bamboo-2010' | 'cedar-2012' | 'common-runtime-2019'): TestApp {
  const app = createTestApp({ generation, settings: { cycleMs: 100_000, cycleJitterMs: 0 } })
  app.manifold.scale('web', 1)
  app.simulation.run(110_000)
  return app
}

test('bamboo-2010', () => {
  expect(cycled('bamboo-2010').lines).toEqual([
    '0 heroku[web.1]: State changed from created to starting',
    '2 heroku[web.1]: Starting process with command: `bundle exec unicorn`',
    '7 heroku[web.1]: State changed from starting to up',
    '107 heroku[web.1]: Cycling',
    '107 heroku[web.1]: Stopping process with SIGTERM',
    '107 heroku[web.1]: Process exited',
    '107 heroku[web.1]: State changed from up to down',
    '107 heroku[web.1]: State changed from created to starting',
    '109 heroku[web.1]: Starting process with command: `bundle exec unicorn`',
  ])
})

test('cedar-2012: the daily restart ends the old dyno before it starts the new one', () => {
  expect(cycled('cedar-2012').lines.slice(3)).toEqual([
    '107 heroku[web.1]: Cycling',
    '107 heroku[web.1]: Stopping all processes with SIGTERM',
    '107 heroku[web.1]: Process exited with status 143',
    '107 heroku[web.1]: State changed from up to down',
    '107 heroku[web.1]: State changed from down to starting',
    '109 heroku[web.1]: Starting process with command `bundle exec unicorn`',
  ])
})

test('common-runtime-2019: the new dyno starts when the old one gets SIGTERM', () => {
  expect(cycled('common-runtime-2019').lines.slice(3)).toEqual([
    '107 heroku[web.1]: Cycling',
    '107 heroku[web.1]: State changed from up to starting',
    '107 heroku[web.1]: Stopping all processes with SIGTERM',
    '107 heroku[web.1]: Process exited with status 143',
    '109 heroku[web.1]: Starting process with command `bundle exec unicorn`',
  ])
})

test('a restart in the middle of a daily restart of 2012 starts the dyno once', () => {
  const app = createTestApp({
    generation: 'cedar-2012',
    settings: { cycleMs: 100_000, cycleJitterMs: 0 },
    program: { ...stubborn, bootMs: 5000 },
  })
  app.manifold.scale('web', 1)
  app.simulation.run(108_000)
  taken(app)
  expect(app.manifold.pool('web').status).toBe('starting')
  app.manifold.restart()
  app.simulation.run(118_000)
  expect(app.lines).toEqual([
    '108 heroku[web.1]: Restarting',
    '108 heroku[web.1]: State changed from up to starting',
    '110 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '115 heroku[web.1]: State changed from starting to up',
    '117 heroku[web.1]: Error R12 (Exit timeout) -> Process failed to exit within 10 seconds of SIGTERM',
    '117 heroku[web.1]: Stopping remaining processes with SIGKILL',
    '117 heroku[web.1]: Process exited with status 137',
  ])
})

/** Ignores SIGTERM. */
const stubborn: import('@celadon/contracts').Program = {
  name: 'stubborn',
  bootMs: 0,
  slots: 1,
  start(host) {
    host.bindPort()
    return { terminate() {}, kill() {} }
  },
}
