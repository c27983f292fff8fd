import { expect, test } from 'vitest'
import { puma, unicorn } from '../src/index.js'
import { ignorePort } from './ports.js'
import { computingRequest, createTestApp, type TestApp, waitingRequest } from './test-app.js'

const settings = { metricsMs: 20_000 }

/** The first load average of each dyno's lines, by time in seconds. */
function loads(app: TestApp): (readonly [second: number, average: string | undefined])[] {
  return app.lines
    .filter((line) => line.includes('load_avg_1m'))
    .map((line) => [Number.parseFloat(line), /load_avg_1m=(\S+)/.exec(line)?.[1]] as const)
}

test('every 20 s a dyno writes a line about load and a line about memory', () => {
  const app = createTestApp({ settings })
  app.manifold.scale('web', 1)
  app.simulation.run(70_000)
  const lines = app.lines.slice(3)
  expect(lines.map((line) => Number.parseFloat(line))).toEqual([27, 27, 47, 47, 67, 67])
  const head =
    /^\d+ heroku\[web\.1\]: source=web\.1 dyno=heroku\.\d+\.[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12} /
  expect(lines.map((line) => line.replace(head, '')).slice(0, 2)).toEqual([
    'sample#load_avg_1m=0.00 sample#load_avg_5m=0.00 sample#load_avg_15m=0.00',
    'sample#memory_total=450.00MB sample#memory_rss=450.00MB sample#memory_cache=0.00MB sample#memory_swap=0.00MB sample#memory_pgpgin=0pages sample#memory_pgpgout=0pages sample#memory_quota=512.00MB',
  ])
})

test('until August 2013 each value had a line of its own', () => {
  const app = createTestApp({ settings, generation: 'cedar-2012' })
  app.manifold.scale('web', 1)
  app.simulation.run(30_000)
  const head =
    /^27 heroku\[web\.1\]: source=heroku\.\d+\.web\.1\.[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12} /
  expect(app.lines.slice(3).map((line) => line.replace(head, ''))).toEqual([
    'measure=load_avg_1m val=0.00',
    'measure=load_avg_5m val=0.00',
    'measure=load_avg_15m val=0.00',
    'measure=memory_total val=450.00 units=MB',
    'measure=memory_rss val=450.00 units=MB',
    'measure=memory_cache val=0.00 units=MB',
    'measure=memory_swap val=0.00 units=MB',
    'measure=memory_pgpgin val=0 units=pages',
    'measure=memory_pgpgout val=0 units=pages',
  ])
})

test('Bamboo had no runtime metrics, but looked at memory all the same', () => {
  const app = createTestApp({
    settings,
    generation: 'bamboo-2010',
    program: unicorn({ workers: 4 }),
  })
  app.manifold.scale('web', 1)
  app.simulation.run(30_000)
  expect(app.lines.slice(3)).toEqual([
    '27 heroku[web.1]: Process running mem=600M(117.2%)',
    '27 heroku[web.1]: Error R14 (Memory quota exceeded)',
  ])
})

test('what exceeds the quota is swap', () => {
  const app = createTestApp({ settings, program: unicorn({ workers: 4 }) })
  app.manifold.scale('web', 1)
  app.simulation.run(30_000)
  expect(app.lines[4]).toContain(
    'memory_total=600.00MB sample#memory_rss=512.00MB sample#memory_cache=0.00MB sample#memory_swap=88.00MB',
  )
})

test('each life has an identity of its own, of one app', () => {
  const app = createTestApp({ settings })
  app.manifold.scale('web', 2)
  app.simulation.run(30_000)
  app.manifold.restart()
  app.simulation.run(60_000)
  const identities = app.lines.flatMap((line) => / dyno=heroku\.(\d+)\.(\S+)/.exec(line) ?? [])
  const apps = identities.filter((_, index) => index % 3 === 1)
  const lives = identities.filter((_, index) => index % 3 === 2)
  expect(new Set(apps).size).toBe(1)
  expect(new Set(lives).size).toBe(4)
})

test('load averages smooth the number of runnable threads over 1, 5 and 15 minutes', () => {
  const app = createTestApp({ settings, program: unicorn({ workers: 4, timeoutMs: 100_000 }) })
  app.manifold.scale('web', 1)
  app.simulation.run(7000)
  const [dyno] = app.manifold.pool('web').backends
  // Three compute on one core: 3 runnable until 97 s, then none.
  for (const id of [1, 2, 3]) dyno?.connect(computingRequest(id, 30_000), ignorePort)
  app.simulation.run(130_000)
  const averages = [0, 0, 0]
  const expected = [3, 3, 3, 3, 0, 0].map((runnable) =>
    averages
      .map((average, index) => {
        const kept = Math.exp(-20 / ([60, 300, 900][index] ?? 0))
        const next = (1 - kept) * runnable + kept * average
        averages[index] = next
        return `sample#load_avg_${[1, 5, 15][index]}m=${next.toFixed(2)}`
      })
      .join(' '),
  )
  const seen = app.lines.filter((line) => line.includes('load_avg')).map((line) => line.slice(-76))
  expect(seen.map((line) => line.slice(line.indexOf('sample#load')))).toEqual(expected)
})

test('threads that wait, for the global lock too, are not runnable', () => {
  const app = createTestApp({ settings, program: puma({ workers: 2, threads: 5 }) })
  app.manifold.scale('web', 1)
  app.simulation.run(7000)
  const [dyno] = app.manifold.pool('web').backends
  for (let id = 1; id <= 8; id += 1) dyno?.connect(computingRequest(id, 60_000), ignorePort)
  for (let id = 9; id <= 10; id += 1) dyno?.connect(waitingRequest(id, 60_000), ignorePort)
  app.simulation.run(30_000)
  expect(loads(app)).toEqual([[27, (2 * (1 - Math.exp(-20 / 60))).toFixed(2)]])
})

test('dynos that were running write at moments of their own', () => {
  const app = createTestApp({ settings })
  app.manifold.scale('web', 20, 'running')
  app.simulation.run(20_000)
  const seconds = loads(app).map(([second]) => second)
  expect(new Set(seconds).size).toBe(20)
  app.simulation.run(40_000)
  const later = loads(app).slice(20)
  expect(later.map(([second]) => Number((second - 20).toFixed(3)))).toEqual(seconds)
})

test('a dyno writes until it ends and not longer', () => {
  const app = createTestApp({ settings })
  app.manifold.scale('web', 1)
  app.simulation.run(10_000)
  app.manifold.pool('web').backends[0]?.connect(waitingRequest(1, 20_000), ignorePort)
  app.manifold.scale('web', 0)
  app.simulation.run()
  expect(loads(app).map(([second]) => second)).toEqual([27])
  expect(app.lines.at(-1)).toBe('30 heroku[web.1]: Process exited with status 143')
})
