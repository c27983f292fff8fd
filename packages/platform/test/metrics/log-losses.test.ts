// What drains and the way to logplex lose, in the result and in the views.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPlatform, type Logging, type RunResult } from '../../src/index.js'
import { MINUTE_MS, tinyApp } from '../tiny-app.js'

const DURATION_MS = 10 * MINUTE_MS

function run(logs: Logging, perSecond = 20, steps: readonly number[] = []): RunResult {
  const { workload } = tinyApp()
  const platform = createPlatform(
    tinyApp({
      durationMs: DURATION_MS,
      logs,
      workload: { ...workload, rate: [{ atMs: 0, perSecond }] },
    }),
  )
  for (const step of steps) {
    platform.advance(step)
    platform.result()
  }
  platform.advance(DURATION_MS)
  return platform.result()
}

function counted({ metrics }: RunResult, code: string): readonly number[] {
  return metrics.views.map(({ errors }) =>
    (errors[code] ?? []).reduce((sum, count) => sum + count, 0),
  )
}

const logging: fc.Arbitrary<Logging> = fc
  .record({
    url: fc.constantFrom('syslog://logs.example.com:514', 'https://u:secret@logs.example.com/'),
    messagesPerSecond: fc.constantFrom(1, 30, 1000),
    fromMs: fc.nat(DURATION_MS),
    lengthMs: fc.nat(5 * MINUTE_MS),
    linesPerSecond: fc.constantFrom(10, 10_000),
  })
  .map(({ url, messagesPerSecond, fromMs, lengthMs, linesPerSecond }) => {
    const outages = [{ fromMs, toMs: fromMs + lengthMs }]
    return {
      drains: [{ url, consumer: { messagesPerSecond, outages } }],
      delivery: { linesPerSecond, outages },
    }
  })

describe('losses of the log', () => {
  test('are the same in views, counts by code and drains, and everything is somewhere', () => {
    fc.assert(
      fc.property(logging, fc.array(fc.nat(DURATION_MS), { maxLength: 2 }), (logs, steps) => {
        const result = run(
          logs,
          10,
          steps.sort((a, b) => a - b),
        )
        const [drain] = result.log.drains
        if (drain === undefined) throw new Error('no drain in the result')
        const { taken, delivered, dropped, unconfirmed, waiting } = drain
        expect(taken).toBe(delivered + dropped + unconfirmed + waiting)
        expect(drain.url).not.toContain('secret')
        expect(result.log.lostByCode['L10'] ?? 0).toBe(dropped)
        for (const code of ['L10', 'L12', 'L13']) {
          const lost = result.log.lostByCode[code] ?? 0
          expect(counted(result, code)).toEqual(result.metrics.views.map(() => lost))
        }
      }),
      { numRuns: 8 },
    )
  })

  test('a consumer that is down for five minutes loses messages in these five minutes', () => {
    const outages = [{ fromMs: 3 * MINUTE_MS, toMs: 8 * MINUTE_MS }]
    const url = 'syslog://logs.example.com:514'
    const { metrics, log } = run({ drains: [{ url, consumer: { outages } }] })
    const minutes = metrics.views[0]?.errors['L10'] ?? []
    expect(log.drains[0]?.dropped).toBeGreaterThan(1000)
    expect(minutes.slice(0, 3)).toEqual([0, 0, 0])
    expect(minutes.slice(4, 8).every((count) => count > 0)).toBe(true)
  })

  test('a log that only the router writes request lines to is about half as long', () => {
    const both = run({}).log.lines
    const { lines, drains, lostByCode } = run({ requestLines: 'router' }).log
    expect(drains).toEqual([])
    expect(lostByCode).toEqual({})
    const requests = run({}).requests.served
    expect(both - lines).toBeGreaterThanOrEqual(requests)
  })

  test('what logplex does not accept is refused', () => {
    expect(() => run({ drains: [{ url: 'ftp://logs.example.com' }] })).toThrow(
      expect.objectContaining({ code: 'LOGPLEX_ARGUMENT_INVALID' }),
    )
  })
})
