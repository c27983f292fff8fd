import { exponential } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { DYNO_SIZES, singleThreaded } from '../src/index.js'
import { createPort } from './ports.js'
import { createTestApp, taken, waitingRequest } from './test-app.js'

test('dynos are spread over hosts, and hosts over zones', () => {
  const app = createTestApp({ settings: { sharedHosts: 4 } })
  app.manifold.scale('web', 10, 'running')
  const { hosts } = app.manifold
  expect(hosts.map(({ dynoCount }) => dynoCount).sort()).toEqual([2, 2, 3, 3])
  expect(hosts.flatMap(({ dynos }) => dynos).sort()).toEqual(
    app.manifold
      .pool('web')
      .backends.map(({ name }) => name)
      .sort(),
  )
  expect(hosts.slice(0, 3).map(({ zone }) => zone)).toEqual(['a', 'b', 'c'])
})

test('by default each dyno has a host of its own, a dedicated one always', () => {
  for (const [size, dedicated] of [
    [DYNO_SIZES['standard-1x'], false],
    [DYNO_SIZES['performance-m'], true],
  ] as const) {
    const sharedHosts = dedicated ? 1 : Number.POSITIVE_INFINITY
    const app = createTestApp({ size, settings: { sharedHosts } })
    app.manifold.scale('web', 5, 'running')
    expect(app.manifold.hosts.map(({ dynos }) => dynos.length)).toEqual([1, 1, 1, 1, 1])
    expect(app.manifold.hosts.every((host) => host.dedicated === dedicated)).toBe(true)
    app.manifold.scale('web', 0)
    expect(app.manifold.hosts).toEqual([])
  }
})

test('a host that fails takes its dynos along, which start again elsewhere', () => {
  const app = createTestApp({ settings: { sharedHosts: 1 }, program: singleThreaded() })
  app.manifold.scale('web', 2, 'running')
  const [before] = app.manifold.hosts
  const port = createPort()
  const [dyno] = app.manifold.pool('web').backends
  for (const id of [1, 2]) dyno?.connect(waitingRequest(id, 60_000), port)
  app.simulation.run(1000)
  expect(app.manifold.failHost('web.1')).toBe(true)
  expect(port.heard).toEqual(['#1 closed', '#2 closed'])
  expect(app.manifold.hosts).not.toContain(before)
  expect(before?.failed).toBe(true)
  app.simulation.run()
  expect(taken(app)).toEqual([
    '1 heroku[web.1]: Relocating dyno to a new server',
    '1 heroku[web.1]: State changed from up to starting',
    '1 heroku[web.2]: Relocating dyno to a new server',
    '1 heroku[web.2]: State changed from up to starting',
    '3 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '3 heroku[web.2]: Starting process with command `bundle exec unicorn`',
    '8 heroku[web.1]: State changed from starting to up',
    '8 heroku[web.2]: State changed from starting to up',
  ])
  expect(app.events.slice(0, 2)).toEqual([
    { type: 'up', dyno: 'web.1' },
    { type: 'up', dyno: 'web.2' },
  ])
  expect(app.events).toContainEqual({ type: 'relocated', dyno: 'web.2' })
  expect(app.manifold.processTypes[0]?.statistics.crashes).toBe(0)
})

test('a host is named by itself too; unknown names fail nothing', () => {
  const app = createTestApp()
  app.manifold.scale('web', 2, 'running')
  expect(app.manifold.failHost('web.3')).toBe(false)
  expect(app.lines).toEqual([])
  expect(app.manifold.failHost(app.manifold.hosts[1]?.name ?? '')).toBe(true)
  expect(app.lines[0]).toContain('web.2')
})

test('a one-off dyno on a failed host is gone', () => {
  const app = createTestApp()
  const { size, program } = app.manifold.processTypes[0] ?? expect.unreachable()
  app.manifold.runOneOff('run', { size, command: 'rake', program })
  app.simulation.run(10_000)
  app.manifold.failHost(app.manifold.hosts[0]?.name ?? '')
  app.simulation.run()
  expect(app.lines.at(-1)).toContain('State changed from up to complete')
  expect(app.manifold.hosts).toEqual([])
  expect(app.manifold.oneOffTypes[0]?.statistics.quantity.value).toBe(0)
})

test('hosts fail as a Poisson process', () => {
  const HOUR = 3_600_000
  const dynos = 50
  const app = createTestApp({ settings: { hostMtbfMs: 100 * HOUR } })
  app.manifold.scale('web', dynos, 'running')
  app.simulation.run(400 * HOUR)
  const failures = app.events.filter(({ type }) => type === 'relocated').length
  // Poisson with mean 200, less what the hosts of starting dynos are younger: 4 standard deviations.
  expect(Math.abs(failures - 200)).toBeLessThan(4 * Math.sqrt(200))
})

test('the settings of neighbours say what a busy host leaves to its dynos', () => {
  const forever = exponential({ mean: 1e15 })
  const moment = exponential({ mean: 1e-9 })
  const size = { ...DYNO_SIZES['standard-2x'], quantityMax: 100 }
  const shares = (dynos: number, coresLeft: number): number[] => {
    const neighbours = { busyMs: forever, quietMs: moment, coresLeft }
    const app = createTestApp({ size, settings: { neighbours, sharedHosts: 1 } })
    app.manifold.scale('web', dynos, 'running')
    return app.manifold.processTypes[0]?.dynos.map(({ cpu }) => cpu.cores) ?? []
  }
  expect(shares(2, 0)).toEqual([0.32, 0.32])
  expect(shares(2, 2)).toEqual([1, 1])
  expect(shares(1, 100)).toEqual([2])
  expect(shares(4, 1)).toEqual([0.32, 0.32, 0.32, 0.32])
})
