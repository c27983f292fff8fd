import { expect, test } from 'vitest'
import { ignorePort } from './ports.js'
import { createTestApp, puppet, taken, waitingRequest } from './test-app.js'

test('a web dyno is provisioned, launched, and up when it has bound its port', () => {
  const app = createTestApp()
  app.manifold.scale('web', 1)
  app.simulation.run()
  expect(app.lines).toEqual([
    '0 heroku[web.1]: State changed from down to starting',
    '2 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '7 heroku[web.1]: State changed from starting to up',
  ])
  expect(app.events).toEqual([{ type: 'up', dyno: 'web.1' }])
})

test('a dyno of another type is up as soon as its process runs', () => {
  const app = createTestApp()
  const { size, program } = app.manifold.processTypes[0] ?? expect.unreachable()
  app.manifold.define('worker', { size, command: 'rake jobs:work', program })
  app.manifold.scale('worker', 1)
  app.simulation.run()
  expect(app.lines).toEqual([
    '0 heroku[worker.1]: State changed from down to starting',
    '2 heroku[worker.1]: Starting process with command `rake jobs:work`',
    '2 heroku[worker.1]: State changed from starting to up',
  ])
})

test('a restart starts the new life at SIGTERM, while the old one still answers', () => {
  const app = createTestApp()
  app.manifold.scale('web', 1, 'running')
  app.manifold.pool('web').backends[0]?.connect(waitingRequest(1, 25_000), ignorePort)
  app.simulation.run(10_000)
  app.manifold.restart()
  expect(app.manifold.pool('web').status).toBe('starting')
  app.simulation.run()
  expect(app.lines).toEqual([
    '10 heroku[web.1]: Restarting',
    '10 heroku[web.1]: State changed from up to starting',
    '10 heroku[web.1]: Stopping all processes with SIGTERM',
    '12 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '17 heroku[web.1]: State changed from starting to up',
    '25 app[web.1]: #1',
    '25 heroku[web.1]: Process exited with status 143',
  ])
})

test('scaling numbers dynos from 1 and removes the highest numbers', () => {
  const app = createTestApp()
  app.manifold.scale('web', 3, 'running')
  app.manifold.scale('web', 1)
  app.simulation.run(1000)
  expect(taken(app)).toEqual([
    '0 heroku[web.3]: State changed from up to down',
    '0 heroku[web.3]: Stopping all processes with SIGTERM',
    '0 heroku[web.3]: Process exited with status 143',
    '0 heroku[web.2]: State changed from up to down',
    '0 heroku[web.2]: Stopping all processes with SIGTERM',
    '0 heroku[web.2]: Process exited with status 143',
  ])
  app.manifold.scale('web', 2)
  app.simulation.run()
  expect(app.lines).toEqual([
    '1 heroku[web.2]: State changed from down to starting',
    '3 heroku[web.2]: Starting process with command `bundle exec unicorn`',
    '8 heroku[web.2]: State changed from starting to up',
  ])
})

test('a dyno that is stopped before its command was started has no process to stop', () => {
  const app = createTestApp()
  app.manifold.scale('web', 1)
  app.simulation.run(1000)
  app.manifold.scale('web', 0)
  app.simulation.run()
  expect(app.lines).toEqual([
    '0 heroku[web.1]: State changed from down to starting',
    '1 heroku[web.1]: State changed from starting to down',
  ])
})

test('a dyno that is restarted while its app loads begins anew', () => {
  let starts = 0
  const { program } = puppet({
    bootMs: 5000,
    start(host) {
      starts += 1
      host.bindPort()
      return { terminate() {}, kill() {} }
    },
  })
  const app = createTestApp({ program })
  app.manifold.scale('web', 1)
  app.simulation.run(4000)
  app.manifold.restart('web')
  app.simulation.run()
  expect(app.lines.slice(2)).toEqual([
    '4 heroku[web.1]: Restarting',
    '4 heroku[web.1]: Stopping all processes with SIGTERM',
    '4 heroku[web.1]: Process exited with status 143',
    '6 heroku[web.1]: Starting process with command `bundle exec unicorn`',
    '11 heroku[web.1]: State changed from starting to up',
  ])
  expect(starts).toBe(1)
})

test('a life that is over leaves no event behind', () => {
  const { simulation, manifold } = createTestApp()
  manifold.scale('web', 3, 'running')
  manifold.restart()
  simulation.run(100_000)
  manifold.scale('web', 0)
  simulation.run(200_000)
  expect(simulation.pending).toBe(0)
})

test('what each dyno costs and does is counted', () => {
  const app = createTestApp()
  const type = app.manifold.processTypes[0] ?? expect.unreachable()
  app.manifold.scale('web', 2, 'running')
  app.simulation.run(10_000)
  app.manifold.restart()
  app.simulation.run(20_000)
  const { quantity, up, slots, cores, starts, crashes } = type.statistics
  expect({ starts, crashes }).toEqual({ starts: 4, crashes: 0 })
  expect(quantity.integral(20_000)).toBe(2 * 20_000)
  expect(up.integral(20_000)).toBe(2 * (20_000 - 7000))
  expect(slots.integral(20_000)).toBe(2 * 3 * (20_000 - 7000))
  expect(cores.integral(20_000)).toBe(2 * (20_000 - 7000))
})
