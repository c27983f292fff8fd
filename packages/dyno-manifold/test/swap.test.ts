import { expect, test } from 'vitest'
import { DYNO_SIZES, findDynoSize, singleThreaded } from '../src/index.js'
import { createPort, ignorePort } from './ports.js'
import { computingRequest, createTestApp } from './test-app.js'

const memory = (mb: number) => ({ startMb: mb, fullMb: mb, growthWorks: 0, leakMb: 0 })
const settings = { metricsMs: 20_000, swapSpeed: 0.25 }

test('a dyno over its quota computes at the speed of swap, everything on it', () => {
  const seconds = [500, 600].map((mb) => {
    const app = createTestApp({ settings, program: singleThreaded({ memory: memory(mb) }) })
    app.manifold.scale('web', 1)
    // The look at 27 s finds it.
    app.simulation.run(30_000)
    const request = computingRequest(1, 1000)
    app.manifold.pool('web').backends[0]?.connect(request, ignorePort)
    app.simulation.run(40_000)
    return request.finishedAt / 1000
  })
  expect(seconds).toEqual([31, 34])
})

test('memory that is freed makes it fast again at the next look', () => {
  const app = createTestApp({ settings })
  const [type] = app.manifold.processTypes
  const program = {
    name: 'forks',
    bootMs: 0,
    slots: 1,
    start(host: import('@celadon/contracts').DynoHost) {
      const parent = { threads: 1, globalLock: null, memory: memory(400) }
      host.spawn(parent)
      const child = host.spawn(parent)
      host.scheduler.schedule(30_000, () => child.kill(), null)
      return { terminate: () => host.exit(143), kill() {} }
    },
  }
  const worker = app.manifold.define('worker', {
    size: type?.size ?? DYNO_SIZES['standard-1x'],
    command: 'work',
    program,
  })
  app.manifold.scale('worker', 1)
  const speeds = [10_000, 25_000, 39_000, 45_000].map((at) => {
    app.simulation.run(at)
    return worker.dynos[0]?.cpu.speed
  })
  // Looks at 22 s and 42 s; the child ends at 32 s.
  expect(speeds).toEqual([1, 0.25, 0.25, 1])
  expect(worker.statistics.errors.get('R14')).toBe(1)
})

test('Private dynos have no swap: they are killed at their quota', () => {
  const size = findDynoSize('private-s')
  const app = createTestApp({ settings, size, program: singleThreaded({ memory: memory(1025) }) })
  app.manifold.scale('web', 1)
  app.simulation.run(28_000)
  expect(app.events.filter(({ type }) => type === 'fault')).toEqual([
    { type: 'fault', dyno: 'web.1', code: 'R15' },
  ])
})

test('in the middle of a computation the rest of it slows down', () => {
  const app = createTestApp({ settings, program: singleThreaded({ memory: memory(600) }) })
  app.manifold.scale('web', 1)
  app.simulation.run(26_000)
  const port = createPort()
  const request = computingRequest(1, 2000)
  app.manifold.pool('web').backends[0]?.connect(request, port)
  app.simulation.run(40_000)
  expect(request.finishedAt).toBe(27_000 + 1000 / 0.25)
})
