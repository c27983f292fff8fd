// Every built-in server, and one made of `serverProgram`, meets what the suite asks of all.
import { expect, test } from 'vitest'
import {
  gunicorn,
  mongrel,
  node,
  PUMA_RULES,
  type PumaVersion,
  passenger,
  puma,
  serverProgram,
  singleThreaded,
  thin,
  unicorn,
} from '../../src/index.js'
import { serverConformance } from '../../src/testing.js'

const requestTimeout = { serviceMs: 300, waitMs: 1000 }

const oneQueue = [
  singleThreaded(),
  singleThreaded({ requestTimeout }),
  thin({ stopSignal: 'QUIT' }),
  thin(),
  mongrel(),
  unicorn({ timeoutMs: 1000 }),
  unicorn({ stopSignal: 'TERM' }),
  passenger(),
  gunicorn(),
  puma({ workers: 1 }),
  puma({ workers: 1, version: '3.6' }),
  node(),
  serverProgram({ name: 'falcon', threads: 50, globalLock: { sliceMs: 100 }, keepAliveMs: 1000 }),
]

const severalQueues = [
  ...(Object.keys(PUMA_RULES) as PumaVersion[]).map((version) => puma({ version, threads: 2 })),
  puma({ requestTimeout }),
  gunicorn({ threads: 4 }),
  node({ workers: 2 }),
]

for (const [index, program] of oneQueue.entries()) {
  for (const { name, run } of serverConformance(program, { oneQueue: true })) {
    test(`${index} ${name}`, run)
  }
}

for (const [index, program] of severalQueues.entries()) {
  for (const { name, run } of serverConformance(program)) test(`${index} ${name}`, run)
}

test('a server that forgets a request is found out', () => {
  const real = singleThreaded()
  const forgetful = {
    ...real,
    start(host: Parameters<typeof real.start>[0]) {
      const running = real.start(host)
      let count = 0
      return {
        ...running,
        connect: (...args: Parameters<NonNullable<typeof running.connect>>) => {
          count += 1
          if (count === 7) {
            args[0].retain()
            return 'accepted' as const
          }
          return running.connect?.(...args) ?? 'refused'
        },
        disconnected: () => {},
        terminate: () => running.terminate(),
        kill: () => running.kill(),
      }
    },
  }
  const failed = serverConformance(forgetful).filter(({ run }) => {
    try {
      run()
      return false
    } catch {
      return true
    }
  })
  expect(failed.map(({ name }) => name.replace(/.*: /, ''))).toContain(
    'each request that it accepts is answered or closed once',
  )
})
