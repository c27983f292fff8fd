import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMetricsPage } from '../../src/index.js'
import { chartRows, columnOf, runWith, viewOf } from './metrics-run.js'

const LENGTH = 72
const rate = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1e6, noNaN: true }))
const rates = fc.array(rate, { minLength: LENGTH, maxLength: LENGTH })

test('a column of throughput is as high as its rate, and 0 is blank', () => {
  fc.assert(
    fc.property(rates, (values) => {
      fc.pre(values.some((value) => value > 0))
      const view = viewOf('72h', LENGTH, { throughput: { '2xx': values } })
      const rows = chartRows(formatMetricsPage(runWith(view)), 'Throughput')
      const heights = values.map((_, column) => columnOf(rows, column).trimEnd().length)
      const most = Math.max(...values)
      for (const [column, value] of values.entries()) {
        const height = heights[column] ?? 0
        expect(height > 0).toBe(value > 0)
        // A row is an eighth of the axis; its top is at most twice the highest value.
        if (value === most) expect(height).toBeGreaterThanOrEqual(5)
        for (const [other, otherValue] of values.entries()) {
          if (otherValue > value) expect(heights[other]).toBeGreaterThanOrEqual(height)
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('failures are seen however few they are, below everything else', () => {
  const throughput = { '2xx': [5000, 5000], '5xx': [0, 0.1] }
  const text = formatMetricsPage(runWith(viewOf('2h', 2, { throughput })))
  const rows = chartRows(text, 'Throughput')
  expect(columnOf(rows, 0)).not.toContain('█')
  expect(columnOf(rows, 71)).toMatch(/^█░+ *$/u)
  expect(text).toContain('█ 5xx up to 0.1  ░ 2xx up to 5 k  failed <0.01 %')
})

test('classes stand on each other', () => {
  const throughput = { '2xx': [40, 80], '5xx': [40, 0] }
  const rows = chartRows(formatMetricsPage(runWith(viewOf('2h', 2, { throughput }))), 'Throughput')
  expect(columnOf(rows, 0)).toBe('█████░░░░')
  expect(columnOf(rows, 71)).toBe('░░░░░░░░░')
})

test('a legend is whole, however narrow the terminal', () => {
  const responseTime = { p50: [1240], p95: [2380], p99: [15_600], max: [30_000] }
  const run = runWith(viewOf('2h', 1, { responseTime }))
  for (let width = 40; width <= 130; width++) {
    const lines = formatMetricsPage(run, { width }).split('\n')
    for (const item of ['█ p50 up to 1.24 s', '▓ p95 up to 2.38 s', '░ max up to 30 s']) {
      expect(lines.some((line) => line.includes(item))).toBe(true)
    }
  }
})

const quantiles = fc.option(
  fc
    .array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 4, maxLength: 4 })
    .map((values) => values.sort((a, b) => a - b)),
)

test('a column of response times holds its percentiles in order, and none without requests', () => {
  fc.assert(
    fc.property(fc.array(quantiles, { minLength: LENGTH, maxLength: LENGTH }), (intervals) => {
      fc.pre(intervals.some((values) => values !== null && (values[0] ?? 0) > 0))
      const at = (index: number) => intervals.map((values) => values?.[index] ?? null)
      const responseTime = { p50: at(0), p95: at(1), p99: at(2), max: at(3) }
      const rows = chartRows(
        formatMetricsPage(runWith(viewOf('72h', LENGTH, { responseTime }))),
        'Response time',
      )
      for (const [column, values] of intervals.entries()) {
        const symbols = columnOf(rows, column)
        expect(symbols).toMatch(/^█*▓*▒*░* *$/u)
        expect(symbols.trim() !== '').toBe(values !== null && (values[3] ?? 0) > 0)
      }
    }),
    { numRuns: 30 },
  )
})

test('intervals that share a column: the highest response time, the mean rate, all errors', () => {
  // 144 intervals on 72 columns: the second interval of each pair has everything.
  const every = (value: number) => Array.from({ length: 144 }, (_, i) => (i % 2 === 1 ? value : 0))
  const high = every(1000).map((value) => value || 1)
  const responseTime = { p50: high, p95: high, p99: high, max: high }
  const errors = { H12: every(3) }
  const view = viewOf('24h', 144, { responseTime, throughput: { '2xx': every(100) }, errors })
  const text = formatMetricsPage(runWith(view))
  expect(columnOf(chartRows(text, 'Response time'), 5)).toBe('██████████')
  // Half of 100 is the middle of an axis that goes to 50.
  expect(columnOf(chartRows(text, 'Throughput'), 5)).toBe('░░░░░░░░░')
  expect(text).toContain('failed 0 %\n     50┤░')
  expect(text).toContain('Errors  H12 216\n')
  expect(chartRows(text, 'Errors')[0]).toBe('█'.repeat(72))
})

test('a lane of errors is as high as its own worst column', () => {
  const errors = { H12: [0, 1, 400, 800], R14: [0, 0, 0, 1] }
  const rows = chartRows(formatMetricsPage(runWith(viewOf('2h', 4, { errors }))), 'Errors')
  const wide = (lane: string) =>
    [...lane]
      .map((bar) => bar.repeat(18))
      .join('')
      .trimEnd()
  expect(rows).toEqual([wide(' ▁▄█'), wide('   █')])
})

test('memory has the line of its quota, also through what is above it', () => {
  const maxima = [100, 900]
  const process = {
    quotaMb: 512,
    loadMean: [0, 0],
    loadMax: [0, 0],
    totalMeanMb: [100, 700],
    totalMaxMb: maxima,
    rssMeanMb: [100, 512],
    rssMaxMb: [100, 512],
    swapMeanMb: [0, 188],
    swapMaxMb: [0, 388],
  }
  const text = formatMetricsPage(runWith(viewOf('2h', 2, { processes: { web: process } })))
  expect(text).toContain(`
web load  none
web memory
  █ mean up to 700 MB  ▒ max up to 900 MB  ┄ quota 512 MB  swap up to 388 MB
   1 GB┤ `)
  const rows = chartRows(text, 'web memory')
  expect(rows[2]).toBe('┄'.repeat(72))
  expect(columnOf(rows, 0)).toBe('█ ┄  ')
  expect(columnOf(rows, 71)).toBe('██┄█▒')
})
