import { exponential } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { MANIFOLD_SETTINGS, puma } from '../src/index.js'
import { CPU, offer } from './offered-load.js'
import { createTestApp } from './test-app.js'

/** A day and a bit of an app whose dynos run out of memory, crash and are cycled. */
function story(seed: string): string[] {
  const app = createTestApp({
    seed,
    settings: { ...MANIFOLD_SETTINGS['router-2.0'], metricsMs: 300_000 },
    program: puma({ workers: 4 }),
  })
  app.manifold.scale('web', 3)
  app.manifold.scale('web', 5, 'running')
  for (const hour of [1, 2, 3]) {
    app.simulation.schedule(hour * 3_600_000, () => app.manifold.crash('web.2'), null)
  }
  app.simulation.run(30 * 3_600_000)
  return app.lines
}

test('the same seed tells the same story, another seed another one', () => {
  const lines = story('a')
  expect(lines.length).toBeGreaterThan(5000)
  expect(lines).toEqual(story('a'))
  expect(lines).not.toEqual(story('b'))
})

test('the same seed answers every request at the same moment', () => {
  const load = {
    program: puma(),
    dynos: 2,
    arrivalRate: 0.01,
    demand: exponential({ mean: 100 }),
    steps: CPU,
    requests: 5000,
  }
  expect(offer(load).responses).toEqual(offer(load).responses)
  expect(offer(load).responses).not.toEqual(offer({ ...load, seed: 'other' }).responses)
})
