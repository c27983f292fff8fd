import { CeladonError } from '@celadon/kernel'
import type { MetricsWindow } from '@celadon/platform'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Colors, formatMetricsPage } from '../../src/index.js'
import { anyResult } from '../any-result.js'
import { HOUR_MS, MINUTE_MS, runWith, viewOf } from './metrics-run.js'

const WINDOWS: readonly MetricsWindow[] = ['2h', '24h', '72h', '7d']
const widths = fc.integer({ min: 40, max: 200 })

test('any result is drawn in lines that fit and steer no terminal', () => {
  fc.assert(
    fc.property(anyResult, widths, fc.constantFrom(...WINDOWS), (result, width, window) => {
      fc.pre(result.metrics.views.some((view) => view.window === window))
      const lines = formatMetricsPage(result, { width, window }).split('\n')
      expect(lines.pop()).toBe('')
      for (const line of lines) {
        expect([...line].length).toBeLessThanOrEqual(width)
        expect(line).not.toMatch(/\p{C}| $/u)
      }
    }),
  )
})

test('colours change nothing but the colour', () => {
  const paint =
    (letter: string) =>
    (text: string): string =>
      `\u{E000}${letter}${text}\u{E001}`
  const colors: Colors = {
    bold: paint('b'),
    dim: paint('d'),
    red: paint('r'),
    yellow: paint('y'),
    green: paint('g'),
    cyan: paint('c'),
  }
  fc.assert(
    fc.property(anyResult, (result) => {
      const [view] = result.metrics.views
      fc.pre(view !== undefined)
      const { window } = view
      const plain = formatMetricsPage(result, { window })
      const colored = formatMetricsPage(result, { window, colors })
      expect(colored).not.toBe(plain)
      expect(colored.replace(/\u{E000}.|\u{E001}/gu, '')).toBe(plain)
    }),
  )
})

test('the view is the shortest that covers the run', () => {
  const views = WINDOWS.map((window) => viewOf(window, 1))
  const shown = (durationMs: number) => {
    const run = runWith(viewOf('2h', 1), { views })
    const text = formatMetricsPage({ ...run, app: { ...run.app, durationMs } })
    return /The last (\w+)/u.exec(text)?.[1]
  }
  expect(shown(0)).toBe('2h')
  expect(shown(2 * HOUR_MS)).toBe('2h')
  expect(shown(2 * HOUR_MS + 1)).toBe('24h')
  expect(shown(24 * HOUR_MS + 1)).toBe('72h')
  expect(shown(72 * HOUR_MS + 1)).toBe('7d')
  expect(shown(168 * HOUR_MS + 1)).toBe('24h')
})

test('a window that the result does not have, and a width that is none', () => {
  const run = runWith(viewOf('2h', 1))
  const code = (draw: () => string) => {
    try {
      return draw()
    } catch (error) {
      return error instanceof CeladonError ? `${error.code}: ${error.message}` : String(error)
    }
  }
  expect(code(() => formatMetricsPage(run, { window: '7d' }))).toBe(
    'REPORT_WINDOW_MISSING: the result has no view of 7d; it has: 2h',
  )
  expect(code(() => formatMetricsPage(run, { width: 39 }))).toBe(
    'REPORT_WIDTH_INVALID: width is 39; accepted: integers from 40',
  )
})

test('alerts and what the app measured', () => {
  const metric = {
    source: '',
    unit: 'ms',
    count: 1200,
    sum: 60_000,
    min: 1,
    max: 900,
    p50: 4,
    p95: 30,
    p99: 250,
    last: 7,
  }
  const text = formatMetricsPage(
    runWith(viewOf('2h', 0), {
      alerts: [
        {
          type: 'response-time',
          threshold: 500,
          raisedAtMs: 10 * HOUR_MS,
          endedAtMs: 10 * HOUR_MS + 7 * MINUTE_MS,
          worst: 1240,
          notifications: 2,
        },
        {
          type: 'failed-requests',
          threshold: 0.05,
          raisedAtMs: 11 * HOUR_MS,
          endedAtMs: null,
          worst: 1,
          notifications: 1,
        },
      ],
      custom: [
        { ...metric, name: 'db.latency', type: 'measure', source: 'web.1' },
        { ...metric, name: 'signups', type: 'count', unit: '', sum: 31 },
        { ...metric, name: 'queue', type: 'sample', unit: 'MB', last: -12.5 },
      ],
    }),
  )
  expect(text).toBe(`\
shop  2026-03-02 00:00 to 2026-03-02 00:00 UTC
The last 2h, measured every 1 min.

Nothing was measured.

Alerts
  10:00:00 to 10:07:00  p95 above 500 ms, worst 1.24 s, 2 mails
  11:00:00 to the end of the run  5xx above 5.00 %, worst 100 %, 1 mail

What the app measured                  lines    value      p95      p99      max
  p50 of db.latency, web.1            1.20 k      4ms     30ms    250ms    900ms
  sum of signups                      1.20 k       31
  last of queue                       1.20 k  -12.5MB
`)
})
