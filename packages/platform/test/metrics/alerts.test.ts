import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Alert, type AlertRule, createPlatform, type RunResult } from '../../src/index.js'
import { MINUTE_MS, tinyApp } from '../tiny-app.js'

const MINUTES = 40
const REMINDER_MINUTES = { never: Infinity, 'every-5-minutes': 5, hourly: 60, daily: 1440 } as const

/** Calm, then overload and maintenance at random times. */
function run(seed: string, troubles: readonly Trouble[], alerts: readonly AlertRule[]): RunResult {
  const { workload } = tinyApp()
  const platform = createPlatform(
    tinyApp({
      seed,
      alerts,
      durationMs: MINUTES * MINUTE_MS,
      workload: { ...workload, rate: [{ atMs: 0, perSecond: 1 }] },
      events: troubles.flatMap(({ atMinute, minutes }) => [
        { type: 'maintenance', atMs: atMinute * MINUTE_MS, on: true } as const,
        { type: 'maintenance', atMs: (atMinute + minutes) * MINUTE_MS, on: false } as const,
      ]),
    }),
  )
  platform.advance(platform.durationMs)
  return platform.result()
}

interface Trouble {
  readonly atMinute: number
  readonly minutes: number
}

const trouble: fc.Arbitrary<Trouble> = fc.record({
  atMinute: fc.nat(MINUTES - 2),
  minutes: fc.integer({ min: 1, max: 20 }),
})

const rule: fc.Arbitrary<AlertRule> = fc
  .record({
    type: fc.constantFrom('response-time' as const, 'failed-requests' as const),
    sensitivityMinutes: fc.constantFrom(1 as const, 5 as const, 10 as const),
    reminder: fc.constantFrom('never' as const, 'every-5-minutes' as const, 'hourly' as const),
    height: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  })
  .map(({ height, ...rest }) => ({
    ...rest,
    threshold: rest.type === 'response-time' ? height * 1000 : height,
  }))

/** What a rule makes of the minutes of the 2 h view, worked out from whole columns. */
function expected(rule: AlertRule, { metrics }: RunResult): Alert[] {
  const [view] = metrics.views
  if (view === undefined) return []
  const { type, threshold, sensitivityMinutes = 1, reminder = 'never' } = rule
  const values = Array.from({ length: view.length }, (_, minute) => {
    if (type === 'response-time') return view.responseTime.p95[minute] ?? 0
    const all = Object.values(view.throughput).reduce((sum, rates) => sum + (rates[minute] ?? 0), 0)
    return all === 0 ? 0 : (view.throughput['5xx']?.[minute] ?? 0) / all
  })
  const alerts: Alert[] = []
  let first = 0
  while (first < values.length) {
    let end = first
    while (end < values.length && (values[end] ?? 0) > threshold) end += 1
    if (end - first >= sensitivityMinutes) {
      const raisedMinute = first + sensitivityMinutes
      const lastMinute = end
      alerts.push({
        type,
        threshold,
        raisedAtMs: raisedMinute * MINUTE_MS,
        endedAtMs: end === values.length ? null : (end + 1) * MINUTE_MS,
        worst: expect.closeTo(Math.max(...values.slice(first, end)), 2),
        notifications: 1 + Math.floor((lastMinute - raisedMinute) / REMINDER_MINUTES[reminder]),
      })
    }
    first = end + 1
  }
  return alerts
}

describe('alerts', () => {
  test('follow from the minutes of the 2 h view', () => {
    let raised = 0
    fc.assert(
      fc.property(
        fc.nat(1_000_000).map(String),
        fc.array(trouble, { maxLength: 2 }),
        fc.array(rule, { minLength: 1, maxLength: 6 }),
        (seed, troubles, rules) => {
          const result = run(seed, troubles, rules)
          const { alerts } = result.metrics
          const wanted = rules.flatMap((one) => expected(one, result))
          expect(alerts).toHaveLength(wanted.length)
          expect(alerts).toEqual(wanted.sort((a, b) => a.raisedAtMs - b.raisedAtMs))
          expect(result.marks.filter(({ type }) => type === 'alert')).toHaveLength(alerts.length)
          raised += alerts.length
        },
      ),
      { numRuns: 25 },
    )
    expect(raised).toBeGreaterThan(10)
  })

  test('an alert of ten minutes of maintenance, with reminders', () => {
    const { metrics, marks } = run(
      '1',
      [{ atMinute: 10, minutes: 12 }],
      [
        {
          type: 'failed-requests',
          threshold: 0.05,
          sensitivityMinutes: 5,
          reminder: 'every-5-minutes',
        },
      ],
    )
    expect(metrics.alerts).toEqual([
      {
        type: 'failed-requests',
        threshold: 0.05,
        raisedAtMs: 15 * MINUTE_MS,
        endedAtMs: 23 * MINUTE_MS,
        worst: 1,
        notifications: 2,
      },
    ])
    expect(marks.filter(({ type }) => type === 'alert')).toEqual([
      { type: 'alert', atMs: 15 * MINUTE_MS, label: '5xx above 5 %' },
    ])
  })

  test('one that lasts has no end', () => {
    const { alerts } = run(
      '1',
      [{ atMinute: 30, minutes: 20 }],
      [{ type: 'failed-requests', threshold: 0 }],
    ).metrics
    expect(alerts).toEqual([
      expect.objectContaining({ endedAtMs: null, raisedAtMs: 31 * MINUTE_MS }),
    ])
  })

  test.each([
    [
      { type: 'response-time', threshold: 0 },
      'the threshold of an alert of response-time is 0; it must be above 0 ms',
    ],
    [
      { type: 'failed-requests', threshold: 5 },
      'the threshold of an alert of failed-requests is 5; it must be a share from 0 to less than 1',
    ],
    [
      { type: 'failed-requests', threshold: 0.1, sensitivityMinutes: 3 as 1 },
      'an alert has a sensitivity of 3 minutes; accepted: 1, 5, 10',
    ],
    [
      { type: 'failed-requests', threshold: 0.1, reminder: 'often' as 'daily' },
      'an alert has the reminder often; accepted: never, every-5-minutes, hourly, daily',
    ],
  ] as const)('refuses %o', (alert, problem) => {
    expect(() => createPlatform(tinyApp({ alerts: [alert] }))).toThrow(
      expect.objectContaining({
        code: 'PLATFORM_APP_INVALID',
        message: `The app tiny cannot run: ${problem}.`,
      }),
    )
  })
})
