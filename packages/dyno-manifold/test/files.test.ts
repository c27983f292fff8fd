import type { DynoHost } from '@celadon/contracts'
import { expect, test } from 'vitest'
import { createTestApp, type TestApp, type TestAppOptions } from './test-app.js'

/** An app whose programs do nothing but show their hosts. */
function appWithHosts(options: TestAppOptions = {}): { app: TestApp; hosts: DynoHost[] } {
  const hosts: DynoHost[] = []
  const program = {
    name: 'files',
    bootMs: 0,
    slots: 1,
    start(host: DynoHost) {
      hosts.push(host)
      host.bindPort()
      return { terminate: () => host.exit(143), kill() {} }
    },
  }
  return { app: createTestApp({ program, ...options }), hosts }
}

test('a file lives as long as the dyno, and no other dyno sees it', () => {
  const { app, hosts } = appWithHosts()
  app.manifold.scale('web', 2, 'running')
  const [first, second] = hosts
  expect(first?.files.write('public/upload.png', 5000)).toBe(true)
  expect(first?.files.read('/app/public/upload.png')).toBe(5000)
  expect(second?.files.read('./public/upload.png')).toBeNull()
  app.manifold.restart()
  app.simulation.run()
  expect(hosts[2]?.files.read('public/upload.png')).toBeNull()
  expect(hosts[3]?.files.read('never/written')).toBeNull()
  expect(app.manifold.processTypes[0]?.statistics.filesMissed).toBe(2)
  // Told once for each path, however many miss it.
  expect(app.events.filter(({ type }) => type === 'file-lost')).toEqual([
    { type: 'file-lost', dyno: 'web.2', path: 'public/upload.png' },
  ])
})

test('a later write takes the place of an earlier one', () => {
  const { app, hosts } = appWithHosts()
  app.manifold.scale('web', 1, 'running')
  hosts[0]?.files.write('log/a', 1)
  hosts[0]?.files.write('log/a', 2)
  expect(hosts[0]?.files.read('log/a')).toBe(2)
})

test('on Bamboo only tmp and log could be written', () => {
  const { app, hosts } = appWithHosts({ generation: 'bamboo-2010' })
  app.manifold.scale('web', 1, 'running')
  const files = hosts[0]?.files ?? expect.unreachable()
  expect(
    ['tmp/a', './log/b', '/app/tmp/c', 'public/d', 'tmpfile'].map((path) => files.write(path, 1)),
  ).toEqual([true, true, true, false, false])
  expect(files.read('public/d')).toBeNull()
  expect(app.manifold.processTypes[0]?.statistics.filesMissed).toBe(0)
})
