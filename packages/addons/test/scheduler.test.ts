import { expect, test } from 'vitest'
import { scheduler } from '../src/index.js'
import { bench } from './bench.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

test('commands run every ten minutes, at a minute of the hour, at a time of day', () => {
  const { simulation, commands } = bench(
    scheduler({
      jobs: [
        { everyMs: 10 * MINUTE_MS, command: 'rake sweep' },
        { everyMs: HOUR_MS, atMs: 30 * MINUTE_MS, command: 'rake report' },
        { everyMs: DAY_MS, atMs: 3 * HOUR_MS, command: 'rake backup' },
      ],
    }),
  )
  simulation.run(DAY_MS - 1)
  const times = (command: string) =>
    commands
      .filter((line) => line.endsWith(command))
      .map((line) => Number(line.split(' ')[0]) / MINUTE_MS)
  expect(times('rake sweep')).toEqual(Array.from({ length: 144 }, (_, index) => index * 10))
  expect(times('rake report')).toEqual(Array.from({ length: 24 }, (_, index) => index * 60 + 30))
  expect(times('rake backup')).toEqual([180])
})

test('a scheduler that is started later keeps to the same timetable', () => {
  const jobs = [{ everyMs: HOUR_MS, atMs: 30 * MINUTE_MS, command: 'rake report' }]
  const { simulation, commands } = bench(scheduler({ jobs }), { startMs: 1.75 * HOUR_MS })
  simulation.run(3 * HOUR_MS)
  expect(commands).toEqual([`${2.5 * HOUR_MS} rake report`])
})

test('a time of day is meant in UTC, whenever the run starts', () => {
  const jobs = [{ everyMs: DAY_MS, atMs: 3 * HOUR_MS, command: 'rake backup' }]
  const { simulation, commands } = bench(scheduler({ jobs }), {
    epochMs: Date.UTC(2026, 2, 2, 9),
  })
  simulation.run(2 * DAY_MS)
  expect(commands).toEqual([`${18 * HOUR_MS} rake backup`, `${42 * HOUR_MS} rake backup`])
})

test('it costs nothing, and without jobs it does nothing', () => {
  const { simulation, attached, commands } = bench(scheduler())
  simulation.run(DAY_MS)
  expect(attached.plan.usdPerMonth).toBe(0)
  expect(commands).toEqual([])
  expect(simulation.executed).toBe(0)
})

test.each([
  ['everyMs must be 600000, 3600000, 86400000, but was 60000', { everyMs: MINUTE_MS }],
  ['atMs must be at least 0 and below everyMs (3600000), but was 3600000', { atMs: HOUR_MS }],
  ['atMs must be at least 0', { atMs: -1 }],
  ["command must not be empty, but was ' '", { command: ' ' }],
])('refused: %s', (message, change) => {
  const jobs = [{ everyMs: HOUR_MS, command: 'rake sweep', ...change }]
  expect(() => scheduler({ jobs })).toThrow(message)
  expect(() => scheduler({ jobs })).toThrow(
    expect.objectContaining({ code: 'ADDONS_OPTION_INVALID' }),
  )
})
