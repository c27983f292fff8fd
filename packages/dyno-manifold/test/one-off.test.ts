import type { Program } from '@celadon/contracts'
import { expect, test } from 'vitest'
import { DYNO_SIZES } from '../src/index.js'
import { createTestApp, puppet, type TestApp } from './test-app.js'

const size = DYNO_SIZES['standard-1x']

/** A program that works for `ms` and exits with status 0. */
function task(ms: number, done: () => void = () => {}): Program {
  return {
    name: 'task',
    bootMs: 1000,
    slots: 1,
    start(host) {
      const end = (): void => {
        done()
        host.exit(0)
      }
      host.scheduler.schedule(ms, end, null)
      return { terminate() {}, kill() {} }
    },
  }
}

/** The log with the random number of the dyno left out. */
function lines(app: TestApp): string[] {
  return app.lines.map((line) => line.replace(/\.\d{4}\]/, '.N]'))
}

test('a one-off dyno runs its program once', () => {
  const app = createTestApp()
  app.manifold.runOneOff('scheduler', { size, command: 'rake report', program: task(4000) })
  app.simulation.run()
  expect(lines(app)).toEqual([
    '0 heroku[scheduler.N]: State changed from down to starting',
    '2 heroku[scheduler.N]: Starting process with command `rake report`',
    '2 heroku[scheduler.N]: State changed from starting to up',
    '7 heroku[scheduler.N]: Process exited with status 0',
    '7 heroku[scheduler.N]: State changed from up to complete',
  ])
})

test('a failed one-off dyno is not restarted and is no crash', () => {
  const { program, exit } = puppet()
  const app = createTestApp()
  app.manifold.runOneOff('run', { size, command: 'rake db:migrate', program })
  app.simulation.run(5000)
  exit(1)
  app.simulation.run()
  expect(lines(app).slice(-2)).toEqual([
    '5 heroku[run.N]: Process exited with status 1',
    '5 heroku[run.N]: State changed from up to complete',
  ])
  expect(app.manifold.oneOffTypes[0]?.statistics.crashes).toBe(0)
})

test('every run has the program that it was given; one command has one set of statistics', () => {
  const app = createTestApp()
  const done: string[] = []
  for (const name of ['first', 'second']) {
    const program = task(9000, () => done.push(name))
    app.manifold.runOneOff('release', { size, command: 'rake db:migrate', program })
  }
  app.simulation.run()
  expect(done).toEqual(['first', 'second'])
  expect(app.manifold.oneOffTypes).toHaveLength(1)
  const { starts, quantity, slots } =
    app.manifold.oneOffTypes[0]?.statistics ?? expect.unreachable()
  expect(starts).toBe(2)
  expect(quantity.integral(app.simulation.now)).toBe(2 * 12_000)
  expect(slots.integral(app.simulation.now)).toBe(2 * 9000)
})

test('a program that is through while it starts leaves nothing behind', () => {
  const app = createTestApp()
  const program: Program = {
    ...task(0),
    start(host) {
      host.spawn({
        threads: 1,
        globalLock: null,
        memory: { startMb: 100, fullMb: 100, growthWorks: 0, leakMb: 0 },
      })
      host.exit(1)
      return { terminate() {}, kill() {} }
    },
  }
  app.manifold.runOneOff('release', { size, command: 'false', program })
  app.simulation.run()
  expect(lines(app).at(-1)).toBe('3 heroku[release.N]: State changed from up to complete')
  const { slots, cores, quantity } = app.manifold.oneOffTypes[0]?.statistics ?? expect.unreachable()
  expect([slots.value, cores.value, quantity.value]).toEqual([0, 0, 0])
})

test('a release or a scale of the formation leaves one-off dynos alone', () => {
  const app = createTestApp()
  app.manifold.runOneOff('run', { size, command: 'rake report', program: task(60_000) })
  app.simulation.run(10_000)
  const before = app.lines.length
  app.manifold.restart()
  app.simulation.run(20_000)
  expect(app.lines).toHaveLength(before)
})

test('a one-off dyno that never ends is stopped after a day', () => {
  const { program } = puppet()
  const app = createTestApp({ settings: { cycleMs: 3_600_000, cycleJitterMs: 0 } })
  app.manifold.runOneOff('run', { size, command: 'bash', program })
  app.simulation.run()
  expect(lines(app).slice(3)).toEqual([
    '3602 heroku[run.N]: Cycling',
    '3602 heroku[run.N]: Stopping all processes with SIGTERM',
    '3632 heroku[run.N]: Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM',
    '3632 heroku[run.N]: Stopping remaining processes with SIGKILL',
    '3632 heroku[run.N]: Process exited with status 137',
    '3632 heroku[run.N]: State changed from up to complete',
  ])
})
