import type { Generation } from '@celadon/contracts'
import { expect, test } from 'vitest'
import { unicorn } from '../src/index.js'
import { createTestApp, puppet, type TestApp } from './test-app.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** When the dyno was started again after each of its crashes, in minutes since the crash. */
function pauses(app: TestApp): number[] {
  const times = app.lines
    .filter((line) => line.includes('to crashed') || line.includes('crashed to starting'))
    .map((line) => Number.parseFloat(line))
  return times.flatMap((time, index) =>
    index % 2 === 1 ? [Math.round((time - (times[index - 1] ?? 0)) / 60)] : [],
  )
}

/** An app whose only dyno never comes up: it crashes 62 s after each start. */
function hopelessApp(generation: Generation): TestApp {
  const app = createTestApp({ generation, program: unicorn({ bootMs: HOUR }) })
  app.manifold.scale('web', 1)
  return app
}

test('a killed program crashes its dyno, which is started again at once', () => {
  const app = createTestApp()
  app.manifold.scale('web', 2, 'running')
  app.simulation.run(1000)
  expect(app.manifold.crash('web.2')).toBe(true)
  app.simulation.run()
  expect(app.lines).toEqual([
    '1 heroku[web.2]: Process exited with status 137',
    '1 heroku[web.2]: State changed from up to crashed',
    '1 heroku[web.2]: State changed from crashed to starting',
    '3 heroku[web.2]: Starting process with command `bundle exec unicorn`',
    '8 heroku[web.2]: State changed from starting to up',
  ])
  expect(app.manifold.processTypes[0]?.statistics.crashes).toBe(1)
})

test('a program that exits by itself, even with status 0, has crashed', () => {
  const { program, exit } = puppet()
  const app = createTestApp({ program })
  app.manifold.scale('web', 1, 'running')
  exit(0)
  expect(app.lines).toEqual([
    '0 heroku[web.1]: Process exited with status 0',
    '0 heroku[web.1]: State changed from up to crashed',
  ])
})

test.each(['router-2.0', 'common-runtime-2019'] as const)(
  '%s: the pause doubles from 10 minutes to 24 hours with each crash in a row',
  (generation) => {
    const app = hopelessApp(generation)
    app.simulation.run(100 * HOUR)
    expect(pauses(app)).toEqual([0, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440])
  },
)

test.each(['cedar-2012', 'bamboo-2010'] as const)(
  '%s: the pause is 10 minutes after every crash but the first',
  (generation) => {
    const app = hopelessApp(generation)
    app.simulation.run(HOUR)
    expect(pauses(app)).toEqual([0, 10, 10, 10, 10, 10])
  },
)

test('a crash later than 10 minutes after the start begins the count anew', () => {
  const app = createTestApp()
  const [type] = app.manifold.processTypes
  app.manifold.scale('web', 1)
  const crashAfter = (minutes: number): void => {
    app.simulation.run(app.simulation.now + minutes * MINUTE)
    expect(app.manifold.crash('web.1')).toBe(true)
  }
  crashAfter(1)
  crashAfter(1)
  crashAfter(11)
  crashAfter(35)
  crashAfter(1)
  crashAfter(1)
  app.simulation.run()
  expect(pauses(app)).toEqual([0, 10, 20, 0, 0, 10])
  expect(type?.statistics.crashes).toBe(6)
})

test('a dyno that was up since before the run does not crash early', () => {
  const app = createTestApp()
  app.manifold.scale('web', 1, 'running')
  app.manifold.crash('web.1')
  app.simulation.run(MINUTE)
  app.manifold.crash('web.1')
  app.simulation.run()
  expect(pauses(app)).toEqual([0, 0])
})

test('a restart ends the pause and begins the count anew', () => {
  const app = createTestApp()
  app.manifold.scale('web', 1)
  for (const minute of [1, 2]) {
    app.simulation.run(minute * MINUTE)
    app.manifold.crash('web.1')
  }
  app.simulation.run(3 * MINUTE)
  expect(app.manifold.pool('web').status).toBe('crashed')
  app.manifold.restart()
  app.simulation.run(4 * MINUTE)
  expect(app.manifold.pool('web').status).toBe('up')
  app.manifold.crash('web.1')
  app.simulation.run()
  expect(pauses(app)).toEqual([0, 1, 0])
  expect(app.manifold.processTypes[0]?.statistics.starts).toBe(4)
})

test('a crashed dyno that is scaled away is not started again', () => {
  const app = hopelessApp('router-2.0')
  app.simulation.run(3 * MINUTE)
  expect(app.manifold.pool('web').status).toBe('crashed')
  app.manifold.scale('web', 0)
  app.simulation.run()
  expect(app.lines.at(-1)).toBe('180 heroku[web.1]: State changed from crashed to down')
})

test('only a running program can crash', () => {
  const app = createTestApp()
  app.manifold.scale('web', 1)
  app.simulation.run(1000)
  expect(app.manifold.crash('web.1')).toBe(false)
  expect(app.manifold.crash('web.2')).toBe(false)
  app.simulation.run(3000)
  expect(app.manifold.crash('web.1')).toBe(true)
  expect(app.manifold.crash('web.1')).toBe(false)
})
