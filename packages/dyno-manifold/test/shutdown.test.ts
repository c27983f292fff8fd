import type { Generation } from '@celadon/contracts'
import { expect, test } from 'vitest'
import { singleThreaded } from '../src/index.js'
import { createPort } from './ports.js'
import { createTestApp, puppet, taken, waitingRequest } from './test-app.js'

test('requests under way are finished, those that no process has taken are closed', () => {
  const app = createTestApp({ program: singleThreaded() })
  app.manifold.scale('web', 1, 'running')
  const port = createPort()
  const [dyno] = app.manifold.pool('web').backends
  for (const id of [1, 2, 3]) dyno?.connect(waitingRequest(id, 5000), port)
  app.simulation.run(1000)
  app.manifold.restart()
  expect(port.heard).toEqual(['#2 closed', '#3 closed'])
  expect(app.manifold.processTypes[0]?.statistics.waiting.value).toBe(0)
  app.simulation.run()
  expect(port.heard).toEqual(['#2 closed', '#3 closed', '#1 200 2048'])
  expect(taken(app).filter((line) => !line.startsWith('1 '))).toEqual([
    '3 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '5 app[web.1]: #1',
    '5 heroku[web.1]: Process exited with status 143',
    '8 heroku[web.1]: State changed from starting to up',
  ])
})

test.each(['router-2.0', 'common-runtime-2019'] as const)(
  '%s: what has not exited 30 s after SIGTERM is killed with R12',
  (generation) => {
    expect(killedLate(generation, 30)).toEqual([
      '0 heroku[web.1]: State changed from up to down',
      '0 heroku[web.1]: Stopping all processes with SIGTERM',
      '30 heroku[web.1]: Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM',
      '30 heroku[web.1]: Stopping remaining processes with SIGKILL',
      '30 heroku[web.1]: Process exited with status 137',
    ])
  },
)

test('cedar-2012: after 10 s', () => {
  expect(killedLate('cedar-2012', 10)).toEqual([
    '0 heroku[web.1]: State changed from up to down',
    '0 heroku[web.1]: Stopping all processes with SIGTERM',
    '10 heroku[web.1]: Error R12 (Exit timeout) -> Process failed to exit within 10 seconds of SIGTERM',
    '10 heroku[web.1]: Stopping remaining processes with SIGKILL',
    '10 heroku[web.1]: Process exited with status 137',
  ])
})

test('bamboo-2010: after 10 s, in other words', () => {
  expect(killedLate('bamboo-2010', 10)).toEqual([
    '0 heroku[web.1]: State changed from up to down',
    '0 heroku[web.1]: Stopping process with SIGTERM',
    '10 heroku[web.1]: Error R12 (Exit timeout) -> Process failed to exit within 10 seconds of SIGTERM',
    '10 heroku[web.1]: Stopping process with SIGKILL',
    '10 heroku[web.1]: Process exited',
  ])
})

/** The log of a dyno that is scaled away while it works on a request of a minute. */
function killedLate(generation: Generation, graceS: number): string[] {
  const app = createTestApp({ generation, program: singleThreaded() })
  app.manifold.scale('web', 1, 'running')
  const port = createPort()
  app.manifold.pool('web').backends[0]?.connect(waitingRequest(1, 60_000), port)
  app.manifold.scale('web', 0)
  app.simulation.run(graceS * 1000 - 1)
  expect(port.heard).toEqual([])
  app.simulation.run()
  expect(port.heard).toEqual(['#1 closed'])
  expect(app.events).toContainEqual({ type: 'fault', dyno: 'web.1', code: 'R12' })
  expect(app.manifold.processTypes[0]?.statistics.errors).toEqual(new Map([['R12', 1]]))
  return app.lines
}

test('a program hears SIGTERM once and, if it stays, SIGKILL once', () => {
  const { program, signals } = puppet()
  const app = createTestApp({ program })
  app.manifold.scale('web', 1, 'running')
  app.manifold.restart()
  expect(signals).toEqual(['terminate'])
  app.simulation.run(31_000)
  expect(signals).toEqual(['terminate', 'kill'])
})

test('a program that exits by itself after SIGTERM tells its own status', () => {
  const { program, exit } = puppet()
  const app = createTestApp({ program })
  app.manifold.scale('web', 1, 'running')
  app.manifold.scale('web', 0)
  app.simulation.run(4000)
  exit(22)
  app.simulation.run()
  expect(app.lines.at(-1)).toBe('4 heroku[web.1]: Process exited with status 22')
  expect(app.lines.join()).not.toContain('R12')
})
