import type { DynoProcess } from '@celadon/contracts'
import { expect, test } from 'vitest'
import { DYNO_SIZES, thin, unicorn } from '../src/index.js'
import { createPort } from './ports.js'
import { createTestApp, puppet, type TestApp, waitingRequest } from './test-app.js'

const metrics = { metricsMs: 20_000 }

/** The log without the two lines of metrics, which are as regular as they are long. */
function faults(app: TestApp): string[] {
  return app.lines.filter((line) => !line.includes('sample#'))
}

test('memory over the quota is an R14 at each look', () => {
  const app = createTestApp({ settings: metrics, program: unicorn({ workers: 4 }) })
  app.manifold.scale('web', 1)
  app.simulation.run(70_000)
  expect(faults(app).slice(3)).toEqual(
    [27, 47, 67].flatMap((second) => [
      `${second} heroku[web.1]: Process running mem=600M(117.2%)`,
      `${second} heroku[web.1]: Error R14 (Memory quota exceeded)`,
    ]),
  )
  const { errors, memoryMaxMb } = app.manifold.processTypes[0]?.statistics ?? expect.unreachable()
  expect(errors).toEqual(new Map([['R14', 3]]))
  expect(memoryMaxMb).toBe(600)
  expect(app.manifold.pool('web').status).toBe('up')
})

test('memory at the quota is none', () => {
  const memory = { startMb: 512, fullMb: 512 }
  const app = createTestApp({ settings: metrics, program: thin({ memory }) })
  app.manifold.scale('web', 1)
  app.simulation.run(30_000)
  expect(faults(app)).toHaveLength(3)
})

test('memory far over the quota is an R15: the dyno is killed and starts small again', () => {
  // Each request leaks 100 MB: 550 MB after four, over 1024 MB after nine.
  const program = thin({ memory: { startMb: 150, fullMb: 150, leakMb: 100 } })
  const app = createTestApp({ settings: metrics, program })
  app.manifold.scale('web', 1)
  app.simulation.run(10_000)
  const port = createPort()
  const [dyno] = app.manifold.pool('web').backends
  for (let id = 1; id <= 9; id += 1) dyno?.connect(waitingRequest(id, 4000), port)
  dyno?.connect(waitingRequest(10, 60_000), port)
  dyno?.connect(waitingRequest(11, 60_000), port)
  app.simulation.run(60_000)
  expect(faults(app).filter((line) => !line.includes('app['))).toEqual([
    '0 heroku[web.1]: State changed from down to starting',
    '2 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '7 heroku[web.1]: State changed from starting to up',
    '27 heroku[web.1]: Process running mem=550M(107.4%)',
    '27 heroku[web.1]: Error R14 (Memory quota exceeded)',
    '47 heroku[web.1]: Process running mem=1050M(205.1%)',
    '47 heroku[web.1]: Error R15 (Memory quota vastly exceeded)',
    '47 heroku[web.1]: Stopping process with SIGKILL',
    '47 heroku[web.1]: Process exited with status 137',
    '47 heroku[web.1]: State changed from up to crashed',
    '47 heroku[web.1]: State changed from crashed to starting',
    '49 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '54 heroku[web.1]: State changed from starting to up',
  ])
  expect(port.heard.slice(9)).toEqual(['#10 closed', '#11 closed'])
  expect(app.manifold.processTypes[0]?.dynos[0]?.memoryMb).toBe(150)
})

test.each([
  ['standard-1x', 2],
  ['performance-l-ram', 1.2],
  ['dyno-2012', 3],
] as const)('%s is killed at %f times its quota', (name, factor) => {
  const size = DYNO_SIZES[name]
  for (const [share, code] of [
    [factor - 0.01, 'R14'],
    [factor + 0.01, 'R15'],
  ] as const) {
    const startMb = size.memoryMb * share
    const program = thin({ memory: { startMb, fullMb: startMb } })
    const app = createTestApp({ settings: metrics, size, program })
    app.manifold.scale('web', 1)
    app.simulation.run(28_000)
    expect(app.events.filter(({ type }) => type === 'fault')).toEqual([
      { type: 'fault', dyno: 'web.1', code },
    ])
  }
})

test('a process grows towards its full size as it serves', () => {
  const memory = { startMb: 100, fullMb: 300, growthWorks: 50, leakMb: 0 }
  const app = createTestApp({ program: thin({ memory }) })
  app.manifold.scale('web', 1, 'running')
  const [dyno] = app.manifold.processTypes[0]?.dynos ?? []
  const port = createPort()
  expect(dyno?.memoryMb).toBe(100)
  for (let id = 1; id <= 50; id += 1) dyno?.connect(waitingRequest(id, 1), port)
  app.simulation.run()
  expect(dyno?.memoryMb).toBeCloseTo(100 + 200 * (1 - Math.exp(-1)), 9)
})

test('the memory of a process that has ended is free', () => {
  const memory = { startMb: 100, fullMb: 100, growthWorks: 0, leakMb: 0 }
  const children: DynoProcess[] = []
  const { program } = puppet({
    start(host) {
      const process = { threads: 1, globalLock: null, memory }
      host.spawn(process)
      for (let child = 0; child < 3; child += 1) children.push(host.spawn(process))
      return { terminate: () => host.exit(143), kill() {} }
    },
  })
  const app = createTestApp({ program })
  app.manifold.scale('web', 1, 'running')
  const [dyno] = app.manifold.processTypes[0]?.dynos ?? []
  expect(dyno?.memoryMb).toBe(400)
  children[1]?.kill()
  children[1]?.kill()
  expect(dyno?.memoryMb).toBe(300)
  app.manifold.scale('web', 0)
  expect(dyno?.memoryMb).toBe(0)
})
