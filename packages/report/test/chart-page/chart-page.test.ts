import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChartPage, type LinePoint, renderChartPage } from '../../src/index.js'
import { HOSTILE_NAME } from '../hostile-run.js'
import { examplePage } from './example-page.js'

const SCRIPTS = 9

test('needs nothing from outside the file', () => {
  const page = renderChartPage(examplePage()).replace(/\/\*[\s\S]*?\*\//g, '')
  expect(page).not.toMatch(/https?:\/\//)
  expect(page).not.toMatch(/\b(src|srcset|href|action)="(?!data:)/)
  expect(page).not.toMatch(/@import|url\(/)
  expect(page).toContain(`content="default-src 'none'; `)
})

test('is the same, byte for byte, for the same figures', () => {
  expect(renderChartPage(structuredClone(examplePage()))).toBe(renderChartPage(examplePage()))
})

test('has all figures of a chart in a table, with their intervals', () => {
  const rows = tableRows(renderChartPage(examplePage()))
  expect(rows.slice(0, 6)).toEqual([
    'dynos | random | shared queue',
    '10 | 420 ms (42 ms to 4.20 s) | 30 ms (25 ms to 35 ms)',
    '50 |  | 2.3 ms (1.9 ms to 2.7 ms)',
    '100 | 630 ms (600 ms to 660 ms) | 0 ms (0 ms to 0 ms)',
    '1.00 k |  | -',
    '4.00 k | 9.6 ms (9 ms to 10 ms) | 0 ms (0 ms to 0 ms)',
  ])
  expect(rows).toHaveLength(6 + 62)
})

test('describes each chart in words', () => {
  const page = renderChartPage(examplePage())
  expect(page).toContain(
    'data-summary="Wait, mean wait by dynos: random 9.6 ms to 630 ms; shared queue 0 ms to 30 ms."',
  )
  expect(page.match(/<figure /g)).toHaveLength(2)
  expect(page.match(/<caption>/g)).toHaveLength(2)
  expect(page).toContain('<li>Dynos serve one request at a time.</li>')
})

test('says nothing about assumptions when there are none', () => {
  const { assumptions: _, ...page } = examplePage()
  expect(renderChartPage(page)).not.toContain('Assumptions')
})

test('lets no text become markup', () => {
  const axis = { label: HOSTILE_NAME, unit: 'count' } as const
  const page = renderChartPage({
    title: HOSTILE_NAME,
    note: HOSTILE_NAME,
    assumptions: [HOSTILE_NAME],
    charts: [
      {
        title: HOSTILE_NAME,
        x: axis,
        y: axis,
        marks: [{ x: 1, label: HOSTILE_NAME }],
        series: [{ label: HOSTILE_NAME, points: [{ x: 1, y: 2 }] }],
      },
    ],
  })
  expect(page).not.toContain('<script>alert')
  expect(page).not.toContain('<img')
  expect(page).not.toMatch(/data-summary="[^"]*[<>]/)
  expect(page.match(/<\/?script/g)).toHaveLength(2 * SCRIPTS)
})

test('carries the figures as data', () => {
  fc.assert(
    fc.property(fc.array(anyPoint), fc.string(), (points, label) => {
      const charts = oneChart(inOrder(points), label)
      const page = renderChartPage({ title: '', note: '', charts })
      const [, json = ''] =
        /<script type="application\/json" id="charts">(.*?)<\/script>/s.exec(page) ?? []
      expect(JSON.parse(json).charts).toEqual(JSON.parse(JSON.stringify(charts)))
      expect(tableRows(page)).toHaveLength(1 + inOrder(points).length)
    }),
    { numRuns: 50 },
  )
})

test.each<[string, readonly LinePoint[], 'linear' | 'log', string]>([
  [
    'a point twice',
    [
      { x: 1, y: 1 },
      { x: 1, y: 2 },
    ],
    'linear',
    'a finite x after 1, found 1',
  ],
  ['no place', [{ x: Number.NaN, y: 1 }], 'linear', 'a finite x, found NaN'],
  ['0 on a logarithmic axis', [{ x: 0, y: 1 }], 'log', 'a finite x above 0, found 0'],
  ['no figure', [{ x: 1, y: Number.NaN }], 'linear', 'finite figures, found NaN'],
  [
    'an endless interval',
    [{ x: 1, y: 1, low: 0, high: Number.POSITIVE_INFINITY }],
    'linear',
    'finite figures, found Infinity',
  ],
  [
    'an interval elsewhere',
    [{ x: 1, y: 5, low: 1, high: 4 }],
    'linear',
    'an interval around 5, found 1 to 4',
  ],
])('refuses %s', (_, points, scale, message) => {
  expect(() =>
    renderChartPage({ title: '', note: '', charts: oneChart(points, 'a', scale) }),
  ).toThrow(
    expect.objectContaining({
      code: 'REPORT_CHART_INVALID',
      message: expect.stringContaining(message),
    }),
  )
})

test('refuses a chart without series and a mark without a place', () => {
  const [chart] = oneChart([], 'a')
  const render = (change: object) =>
    renderChartPage({ title: '', note: '', charts: [{ ...chart, ...change } as never] })
  expect(() => render({ series: [] })).toThrow(
    'Wait: a chart needs at least one series, found none',
  )
  expect(() => render({ marks: [{ x: Number.NaN, label: 'deploy' }] })).toThrow(
    'Wait, mark deploy: a chart needs a finite x, found NaN',
  )
})

const anyPoint: fc.Arbitrary<LinePoint> = fc
  .tuple(fc.integer(), fc.option(fc.integer()), fc.nat(), fc.nat())
  .map(([x, y, below, above]) =>
    y === null ? { x, y } : { x, y, low: y - below, high: y + above },
  )

function inOrder(points: readonly LinePoint[]): LinePoint[] {
  return [...new Map(points.map((point) => [point.x, point])).values()].sort((a, b) => a.x - b.x)
}

function oneChart(
  points: readonly LinePoint[],
  label: string,
  scale: 'linear' | 'log' = 'linear',
): ChartPage['charts'] {
  return [
    {
      title: 'Wait',
      x: { label: 'dynos', unit: 'count', scale },
      y: { label: 'wait', unit: 'duration' },
      series: [{ label, points }],
    },
  ]
}

/** Rows of all tables, cells parted by bars. */
function tableRows(page: string): string[] {
  return [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell).join(' | '),
  )
}
