import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderReport } from '../src/index.js'
import { anyResult } from './any-result.js'
import { hostileRun } from './hostile-run.js'

const SCRIPTS = 9

test('lets no name become markup', () => {
  const page = renderReport(hostileRun())
  expect(page).not.toContain('<script>alert')
  expect(page).not.toContain('<img')
  expect(page).not.toMatch(/data-summary="[^"]*[<>]/)
  expect(page.match(/<script/g)).toHaveLength(SCRIPTS)
  expect(page.match(/<\/script/g)).toHaveLength(SCRIPTS)
})

test('carries the result as data that nothing in it can end', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      const page = renderReport(result)
      expect(page.match(/<\/?script/g)).toHaveLength(2 * SCRIPTS)
      const [, json = ''] =
        /<script type="application\/json" id="result">(.*?)<\/script>/s.exec(page) ?? []
      const { series, metrics, ...summary } = result
      const { series: shortSeries, metrics: shortMetrics, ...read } = JSON.parse(json)
      expect(read).toEqual(summary)
      expect({ ...shortMetrics, views: [] }).toEqual({ ...metrics, views: [] })
      expect(shortMetrics.views).toHaveLength(metrics.views.length)
      expect(shortSeries.length).toBe(series.length)
      expect(Object.keys(shortSeries.jobsDone).sort()).toEqual(Object.keys(series.jobsDone).sort())
    }),
    { numRuns: 50 },
  )
})
