// Little's law as an identity: a level summed over time is the time that all requests spent in it.
import { lognormal } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { DYNO_SIZES, puma } from '../src/index.js'
import { offer } from './offered-load.js'

test('levels over time add up to what the requests spent', () => {
  const { app, waits, responses, demands } = offer({
    program: puma({ workers: 2, threads: 3 }),
    size: DYNO_SIZES['standard-2x'],
    dynos: 3,
    arrivalRate: 0.04,
    demand: lognormal({ median: 60, p95: 300 }),
    steps: [
      { type: 'cpu', share: 0.5 },
      { type: 'wait', share: 0.25 },
      { type: 'cpu', share: 0.25 },
    ],
    requests: 20_000,
  })
  const { now } = app.simulation
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
  const type = app.manifold.processTypes[0] ?? expect.unreachable()
  const { waiting, busy, busyCores, slots, cores } = type.statistics
  const close = (integral: number, expected: number): void =>
    expect(Math.abs(integral / expected - 1)).toBeLessThan(1e-9)

  expect(responses).toHaveLength(20_000)
  expect(sum(waits)).toBeGreaterThan(0)
  close(waiting.integral(now), sum(waits))
  close(busy.integral(now), sum(responses) - sum(waits))
  close(busyCores.integral(now), 0.75 * sum(demands))
  close(slots.integral(now), 3 * 6 * now)
  close(cores.integral(now), 3 * 2 * now)
  expect([waiting.value, busy.value, busyCores.value]).toEqual([0, 0, 0])
})
