import { describe, expect, test } from 'vitest'
import { run } from '../../dynos/deploy-restart.js'
import { certain, certainDifference } from '../claims.js'

const { variants } = run({ replications: 6, minutes: 8 })
const deploysOf = (name: string) =>
  variants.find(({ strategy }) => strategy === name)?.deploys ?? []

describe('a restart', () => {
  test.each([
    ['at-once', 0],
    ['preboot', 8],
    ['rolling', 6],
  ])('%s leaves %i dynos up at least', (strategy, fewest) => {
    for (const { up } of deploysOf(strategy)) {
      expect(Math.min(...up)).toBe(fewest)
      expect(up.at(-1)).toBe(8)
    }
  })

  test.each(['preboot', 'rolling'])('%s fails no request', (strategy) => {
    for (const { failures } of deploysOf(strategy)) expect(failures).toBe(0)
  })

  test.each(['preboot', 'rolling'])('at once is worse than %s', (strategy) => {
    const slower = certainDifference(
      deploysOf('at-once'),
      deploysOf(strategy),
      ({ slowShare }) => slowShare,
    )
    expect(slower.low).toBeGreaterThan(0)
  })

  test('at once lets users wait for longer than a boot takes', () => {
    expect(certain(deploysOf('at-once'), ({ longestMs }) => longestMs).low).toBeGreaterThan(10_000)
  })
})
