import type { Mark } from '@celadon/platform'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMetricsPage } from '../../src/index.js'
import { HOUR_MS, MINUTE_MS, ruleOf, runWith, viewOf } from './metrics-run.js'

const DAY_MS = 24 * HOUR_MS

function labelsOf(text: string): { readonly column: number; readonly label: string }[] {
  const lines = text.split('\n')
  const below = lines[lines.findIndex((line) => line.includes(' └')) + 1] ?? ''
  return [...below.slice(8).matchAll(/\S+/gu)].map((found) => ({
    column: found.index,
    label: found[0],
  }))
}

test('a label stands where its clock time is', () => {
  const windows = fc.constantFrom(
    ['2h', MINUTE_MS, 120] as const,
    ['24h', 10 * MINUTE_MS, 144] as const,
    ['72h', HOUR_MS, 72] as const,
    ['7d', 2 * HOUR_MS, 84] as const,
  )
  fc.assert(
    fc.property(windows, fc.nat(500), fc.integer({ min: 40, max: 200 }), (view, late, width) => {
      const [window, resolutionMs, length] = view
      const startMs = late * resolutionMs
      const errors = { H12: new Array<number>(length).fill(1) }
      const run = runWith(viewOf(window, length, { startMs, errors }))
      const text = formatMetricsPage(run, { width, window })
      const columnMs = Math.ceil(length / (width - 8)) * resolutionMs
      const columns = ruleOf(text).length
      const drawnMs = columns > length ? (resolutionMs * length) / columns : columnMs
      const labels = labelsOf(text)
      expect(labels.length).toBeGreaterThan(0)
      for (const { column, label } of labels) {
        // The run starts at midnight of 2 March.
        const [first = 0, second = 0] = label.split(/[:-]/u).map(Number)
        const fromMs = startMs + column * drawnMs
        if (label.includes(':')) {
          const clockMs = first * HOUR_MS + second * MINUTE_MS
          const aheadMs = (((clockMs - fromMs) % DAY_MS) + DAY_MS) % DAY_MS
          expect(aheadMs).toBeLessThan(drawnMs)
        } else {
          const date = Date.UTC(2026, first - 1, second) - Date.UTC(2026, 2, 2)
          expect(date - fromMs).toBeGreaterThanOrEqual(0)
          expect(date - fromMs).toBeLessThan(drawnMs)
        }
      }
    }),
  )
})

function markAt(atMs: number, label: string): Mark {
  return { atMs, type: 'release', label }
}

const quiet = viewOf('24h', 144, { errors: { H12: new Array<number>(144).fill(1) } })

test('letters on the axis stand for marks; those of one column share one', () => {
  const marks = [markAt(HOUR_MS, 'v2'), markAt(HOUR_MS + MINUTE_MS, 'v3'), markAt(DAY_MS, 'v4')]
  const text = formatMetricsPage(runWith(quiet, {}, marks))
  const rule = ruleOf(text)
  expect(rule.indexOf('a')).toBe(3)
  // What happens with the last moment belongs to the last column.
  expect(rule.indexOf('b')).toBe(71)
  expect(text).toContain('Marks\n  a 01:00:00  v2, v3\n  b 00:00:00  v4\n')
})

test('marks before the view are not shown', () => {
  const view = viewOf('2h', 120, { startMs: 22 * HOUR_MS, errors: { H12: [1] } })
  const marks = [markAt(22 * HOUR_MS - 1, 'before'), markAt(22 * HOUR_MS, 'within')]
  const text = formatMetricsPage(runWith(view, {}, marks), { window: '2h' })
  expect(text).not.toContain('before')
  expect(text).toContain('  a 22:00:00  within\n')
  expect(ruleOf(text).indexOf('a')).toBe(0)
})

test('marks that have no letter are counted', () => {
  const marks = Array.from({ length: 30 }, (_, i) => markAt(i * 40 * MINUTE_MS, `v${i}`))
  const text = formatMetricsPage(runWith(quiet, {}, marks))
  expect(text).toContain('  z 16:40:00  v25\n  * 4 more\n')
  expect(ruleOf(text).match(/\*/gu)).toHaveLength(4)
})
