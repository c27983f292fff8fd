import { expect, test } from 'vitest'
import { DYNO_SIZES, MANIFOLD_SETTINGS } from '../src/index.js'
import { createTestApp, type TestApp } from './test-app.js'

const HOUR = 3_600_000
const DYNOS = 200
const size = { ...DYNO_SIZES['standard-1x'], quantityMax: DYNOS }
const cycling = { cycleMs: MANIFOLD_SETTINGS['router-2.0'].cycleMs }

/** Hours at which dynos cycled. */
function cycleHours(app: TestApp): number[] {
  return app.lines
    .filter((line) => line.endsWith('Cycling'))
    .map((line) => Number.parseFloat(line) / 3600)
}

test('a cycled dyno is replaced as by a restart', () => {
  const app = createTestApp({ settings: { cycleMs: HOUR, cycleJitterMs: 0 } })
  app.manifold.scale('web', 1)
  app.simulation.run(1.5 * HOUR)
  expect(app.lines.slice(3)).toEqual([
    '3607 heroku[web.1]: Cycling',
    '3607 heroku[web.1]: State changed from up to starting',
    '3607 heroku[web.1]: Stopping all processes with SIGTERM',
    '3607 heroku[web.1]: Process exited with status 143',
    '3609 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '3614 heroku[web.1]: State changed from starting to up',
  ])
})

test('dynos that boot are cycled 24 h later, plus up to 216 minutes, each at its own time', () => {
  const app = createTestApp({ settings: cycling, size })
  app.manifold.scale('web', DYNOS)
  app.simulation.run(30 * HOUR)
  const hours = cycleHours(app)
  expect(hours).toHaveLength(DYNOS)
  expect(Math.min(...hours)).toBeGreaterThan(24)
  expect(Math.max(...hours)).toBeLessThan(27.61)
  // 200 times, uniform over 3.6 h: the chance that none falls into an end of 0.2 h is 1 in 90,000.
  expect(Math.min(...hours)).toBeLessThan(24.2)
  expect(Math.max(...hours)).toBeGreaterThan(27.4)
})

test('dynos that were running are cycled evenly over the first day', () => {
  const app = createTestApp({ settings: cycling, size })
  app.manifold.scale('web', DYNOS, 'running')
  app.simulation.run(23 * HOUR)
  const hours = cycleHours(app)
  for (let hour = 0; hour < 21; hour += 3) {
    // Binomial, 200 dynos: mean 23, standard deviation 4.5.
    const share = hours.filter((time) => time >= hour && time < hour + 3).length
    expect(Math.abs(share - (DYNOS * 3) / 25.8)).toBeLessThan(4 * 4.5)
  }
})

test('a restart begins the day anew', () => {
  const app = createTestApp({ settings: cycling })
  app.manifold.scale('web', 10, 'running')
  app.simulation.run(HOUR)
  app.lines.length = 0
  app.manifold.restart()
  app.simulation.run(25 * HOUR - 1)
  expect(cycleHours(app)).toEqual([])
  app.simulation.run(29 * HOUR)
  expect(cycleHours(app)).toHaveLength(10)
})

test('a dyno that is not up when its time comes is left alone', () => {
  const app = createTestApp({ settings: { cycleMs: 30_000, cycleJitterMs: 0 } })
  app.manifold.scale('web', 1)
  app.simulation.run(36_000)
  app.manifold.crash('web.1')
  app.simulation.run(40_000)
  expect(cycleHours(app)).toEqual([])
})
