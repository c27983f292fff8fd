import { expect, test } from 'vitest'
import { postgres, redis } from '../src/index.js'
import { bench, TestCall } from './bench.js'

const MINUTE_MS = 60_000

test('Postgres logs a line each minute', () => {
  const { simulation, attached, lines } = bench(postgres({ dbSizeBytes: 26_219_348_792 }), {
    plan: 'standard-0',
    attachment: 'DATABASE',
  })
  for (let count = 0; count < 92; count += 1) attached.connect()
  // From the 30th second on, five calls share two vCPUs: two are served, three wait.
  simulation.run(MINUTE_MS / 2)
  for (let count = 0; count < 5; count += 1) attached.call(new TestCall(simulation, 600_000))
  simulation.run(2.5 * MINUTE_MS)
  const { DATABASE_URL = '' } = attached.configVars
  const name = /@([\w-]+)\.example\.com/.exec(DATABASE_URL)?.[1]
  // Half of the first minute and all of the second at 5 / 2 calls a CPU.
  const load = (minutes: number, over: number) => {
    const kept = Math.exp(-1 / over)
    const first = 1.25 * (1 - kept)
    return Number((minutes === 1 ? first : first * kept + 2.5 * (1 - kept)).toFixed(5))
  }
  const line = (minutes: number) =>
    `app[heroku-postgres]: source=DATABASE addon=${name} sample#current_transaction=5` +
    ' sample#db_size=26219348792bytes sample#db-size-percentage-used=0.38154' +
    ' sample#active-connections=92 sample#waiting-connections=3' +
    ' sample#max-connections=200 sample#connections-percentage-used=0.46' +
    ` sample#load-avg-1m=${load(minutes, 1)} sample#load-avg-5m=${load(minutes, 5)}` +
    ` sample#load-avg-15m=${load(minutes, 15)}`
  expect(lines).toEqual([line(1), line(2)])
  expect(name).toMatch(/^postgresql-[a-z]+-\d{5}$/)
})

test('Redis logs a line each minute', () => {
  const { simulation, attached, lines } = bench(redis({ usedMemoryMb: 0.5 }), {
    plan: 'premium-0',
    attachment: 'REDIS',
  })
  for (let count = 0; count < 27; count += 1) attached.connect()
  attached.call(new TestCall(simulation, 6000))
  simulation.run(MINUTE_MS)
  const { REDIS_URL = '' } = attached.configVars
  const name = /@([\w-]+)\.example\.com/.exec(REDIS_URL)?.[1]
  expect(lines).toEqual([
    `app[heroku-redis]: source=REDIS addon=${name} sample#active-connections=27` +
      ' sample#load-avg-1m=0.06321 sample#load-avg-5m=0.01813 sample#load-avg-15m=0.00645' +
      ' sample#memory-redis=524288bytes',
  ])
})

test('plans below production log none', () => {
  for (const [model, plan] of [
    [postgres(), 'essential-2'],
    [redis(), 'mini'],
  ] as const) {
    const { simulation, lines } = bench<{ readonly usdPerMonth: number }>(model, { plan })
    simulation.run(60 * MINUTE_MS)
    expect(lines).toEqual([])
  }
})

test('load averages settle at the offered load per vCPU', () => {
  const { simulation, attached, lines } = bench(postgres(), { plan: 'standard-0' })
  // One call of 30 ms every 50 ms keeps 0.6 of two vCPUs busy.
  const arrive = (): void => {
    attached.call(new TestCall(simulation, 30))
    simulation.schedule(50, arrive, null)
  }
  arrive()
  simulation.run(120 * MINUTE_MS)
  expect(lines).toHaveLength(120)
  expect(lines.at(-1)).toContain('load-avg-1m=0.3 sample#load-avg-5m=0.3 ')
})

test('options that make no sense are refused', () => {
  for (const make of [
    () => postgres({ dbSizeBytes: -1 }),
    () => postgres({ dbSizeBytes: 0.5 }),
    () => redis({ usedMemoryMb: Number.POSITIVE_INFINITY }),
  ]) {
    expect(make).toThrow(expect.objectContaining({ code: 'ADDONS_OPTION_INVALID' }))
  }
})
