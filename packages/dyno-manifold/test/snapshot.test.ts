import { exponential, uniform } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { MANIFOLD_SETTINGS, type ManifoldSettings, puma } from '../src/index.js'
import { ignorePort } from './ports.js'
import { computingRequest, createTestApp, type TestApp } from './test-app.js'

const MINUTE = 60_000

const BUSY: Partial<ManifoldSettings> = {
  ...MANIFOLD_SETTINGS['router-2.0'],
  cycleMs: 20 * MINUTE,
  hostMtbfMs: 30 * MINUTE,
  sharedHosts: 2,
  neighbours: {
    busyMs: exponential({ mean: 3000 }),
    quietMs: exponential({ mean: 5000 }),
    coresLeft: 1,
  },
}

/** Sends a request to every dyno each minute. */
function traffic(app: TestApp): void {
  for (const backend of app.manifold.pool('web').backends) {
    backend.connect(computingRequest(1, 300), ignorePort)
  }
  app.simulation.schedule(MINUTE, traffic, app)
}

function restart(app: TestApp, strategy: number): void {
  app.manifold.restart('web', (['at-once', 'preboot', 'rolling'] as const)[strategy])
}

test('a simulation with a manifold in it goes on from a snapshot as it did the first time', () => {
  const app = createTestApp({
    settings: BUSY,
    program: puma({ bootMs: uniform({ min: 2000, max: 9000 }) }),
    crashEveryMs: exponential({ mean: 40 * MINUTE }),
  })
  app.manifold.scale('web', 5)
  app.simulation.schedule(0, traffic, app)
  for (const [index, strategy] of [1, 2, 0, 1, 2].entries()) {
    app.simulation.schedule((index + 1) * 11 * MINUTE, restart, app, strategy)
  }
  const statistics = app.manifold.processTypes[0]?.statistics
  // In the middle of a preboot, of a rolling restart, and of nothing.
  for (const minute of [12, 22.1, 40]) {
    app.simulation.run(minute * MINUTE)
    const snapshot = app.simulation.snapshot(app.manifold, app.lines, app.events)
    const run = (): string => {
      app.simulation.run(minute * MINUTE + 60 * MINUTE)
      return JSON.stringify([app.lines, app.events, statistics, app.manifold.hosts.length])
    }
    const first = run()
    snapshot.restore()
    expect(run()).toBe(first)
    snapshot.restore()
  }
  expect(app.lines.length).toBeGreaterThan(300)
})
