import { fileURLToPath } from 'node:url'
import type { RunResult } from '@celadon/platform'
import { beforeAll, describe, expect, test } from 'vitest'
import { celadon } from './celadon.js'

const SHOP = fileURLToPath(new URL('../../../examples/shop', import.meta.url))

/** The newsletter and what is left of it. */
const SPIKE = { fromMinute: 10 * 60, toMinute: 10 * 60 + 10 }

let result: RunResult

beforeAll(async () => {
  const { stdout } = await celadon(['simulate', SHOP, '--json', '-', '--quiet'])
  result = JSON.parse(stdout)
}, 120_000)

/** Values of a column of the series, by minute of the day, inside or outside of the spike. */
function minutes<Value>(column: readonly Value[], where: 'spike' | 'normal'): readonly Value[] {
  return column.filter((_, minute) => {
    const isSpike = minute >= SPIKE.fromMinute && minute < SPIKE.toMinute
    return isSpike === (where === 'spike')
  })
}

function most(values: readonly (number | null)[]): number {
  return Math.max(...values.map((value) => value ?? 0))
}

describe('examples/shop', () => {
  test('is a day of about a million requests, with nothing left to assume', () => {
    expect(result.app).toMatchObject({ name: 'celadon-shop', durationMs: 86_400_000 })
    expect(result.series.intervalMs).toBe(60_000)
    expect(result.requests.arrived).toBeGreaterThan(500_000)
    expect(result.requests.arrived).toBeLessThan(1_500_000)
    expect(result.assumptions).toEqual([])
  })

  test('is healthy outside of the newsletter', () => {
    const { series } = result
    expect(most(minutes(series.byCode['H12'] ?? [], 'normal'))).toBe(0)
    // The crash of a dyno cuts off what it was serving.
    const failing = minutes(series.failedPerSecond, 'normal').filter((value) => value > 0)
    expect(failing.length).toBeLessThanOrEqual(1)
    expect(most(failing) * 60).toBeLessThan(10)
    const p95 = minutes(series.totalP95, 'normal').filter((value) => value !== null)
    const slow = p95.filter((value) => value > 1000)
    // The minutes after the deploy, when all web dynos boot at once.
    expect(slow.length).toBeLessThanOrEqual(3)
  })

  test('is drowned by the newsletter for some minutes, and recovers', () => {
    const { series, requests } = result
    expect(most(minutes(series.utilization['web'] ?? [], 'spike'))).toBeGreaterThan(0.95)
    expect(most(minutes(series.requestsWaiting, 'spike'))).toBeGreaterThan(500)
    expect(requests.byCode['H12'] ?? 0).toBeGreaterThan(500)
    expect(requests.failed / requests.arrived).toBeLessThan(0.02)
  })

  test('works its jobs, deploys once and loses a dyno once', () => {
    for (const { enqueued, done, waiting, running } of result.jobs) {
      expect(enqueued).toBeGreaterThan(10_000)
      expect(done / enqueued).toBeGreaterThan(0.999)
      expect(waiting + running).toBeLessThan(50)
    }
    const marks = result.marks.map(({ type, label }) => `${type} ${label}`)
    expect(marks).toContain('release v4 Deploy 1f3a9c2')
    expect(marks).toContain('crash web.2 crashed')
  })
})
