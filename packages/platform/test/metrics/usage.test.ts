// What the views tell of the dynos against the runtime metrics that the dynos print.
import { unicorn } from '@celadon/dyno-manifold'
import { describe, expect, test } from 'vitest'
import { createPlatform, type MetricsView, type RunResult } from '../../src/index.js'
import { MINUTE_MS, tinyApp, WEB } from '../tiny-app.js'

const DURATION_MS = 20 * MINUTE_MS
const SAMPLE =
  /^(\S+) heroku\[web\.\d+\]: .*sample#(load_avg_1m|memory_total)=([\d.]+)(?:MB.*sample#memory_rss=([\d.]+)MB.*sample#memory_swap=([\d.]+)MB.*sample#memory_quota=([\d.]+)MB)?/

interface Printed {
  readonly atMs: number
  readonly values: Readonly<Record<string, number>>
}

/** An app whose memory grows beyond the quota. */
function leakyRun(): { result: RunResult; printed: Printed[] } {
  const formation = {
    ...tinyApp().formation,
    web: {
      ...WEB,
      program: () =>
        unicorn({
          workers: 3,
          memory: { startMb: 100, fullMb: 180, growthWorks: 200, leakMb: 0.05 },
        }),
    },
  }
  const { workload, epochMs } = tinyApp()
  const platform = createPlatform(
    tinyApp({
      durationMs: DURATION_MS,
      formation,
      workload: { ...workload, rate: [{ atMs: 0, perSecond: 8 }] },
    }),
  )
  let text = ''
  const firehose = platform.logplex.firehose((bytes) => {
    text += new TextDecoder().decode(bytes)
  })
  platform.advance(DURATION_MS)
  firehose.close()
  const printed = text.split('\n').flatMap((line): Printed[] => {
    const [, stamp = '', name = '', value = '', rss, swap, quota] = SAMPLE.exec(line) ?? []
    if (stamp === '') return []
    const atMs = Date.parse(stamp) - epochMs
    if (name === 'load_avg_1m') return [{ atMs, values: { load: Number(value) } }]
    const values = { total: value, rss, swap, quota }
    const numbers = Object.entries(values).map(([key, one]) => [key, Number(one)])
    return [{ atMs, values: Object.fromEntries(numbers) }]
  })
  return { result: platform.result(), printed }
}

describe('load and memory of the dynos', () => {
  const { result, printed } = leakyRun()
  const view = result.metrics.views[0] as MetricsView
  const web = view.processes['web']

  test.each(result.metrics.views)(
    'are mean and maximum of what the dynos print, in the view of $window',
    ({ processes, length, resolutionMs }) => {
      const usage = processes['web']
      expect(printed.length).toBeGreaterThan(200)
      for (const [name, means, maxima] of [
        ['load', usage?.loadMean, usage?.loadMax],
        ['total', usage?.totalMeanMb, usage?.totalMaxMb],
        ['rss', usage?.rssMeanMb, usage?.rssMaxMb],
        ['swap', usage?.swapMeanMb, usage?.swapMaxMb],
      ] as const) {
        for (let index = 0; index < length; index += 1) {
          const values = printed.flatMap(({ atMs, values }) => {
            const value = Math.floor(atMs / resolutionMs) === index ? values[name] : undefined
            return value === undefined ? [] : [value]
          })
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length
          // The lines have two digits, the views three.
          expect(Math.abs((means?.[index] ?? 0) - mean)).toBeLessThan(0.006)
          expect(Math.abs((maxima?.[index] ?? 0) - Math.max(...values))).toBeLessThan(0.006)
        }
      }
    },
  )

  test('know the quota, and swap when they are over it', () => {
    expect(web?.quotaMb).toBe(512)
    expect(Math.max(...(web?.swapMaxMb ?? []).map(Number))).toBeGreaterThan(10)
    expect(Math.max(...(web?.rssMaxMb ?? []).map(Number))).toBe(512)
  })

  test('errors of dynos are counted in the minute in which they were printed', () => {
    const { byCode } = result.processes[0] ?? {}
    const counted = (view.errors['R14'] ?? []).reduce((sum, count) => sum + count, 0)
    expect(counted).toBe(byCode?.['R14'])
    expect(counted).toBeGreaterThan(10)
  })

  test('are null where no dyno reports', () => {
    expect(view.processes['worker']?.loadMean.every((value) => value !== null)).toBe(true)
    const platform = createPlatform(
      tinyApp({
        durationMs: DURATION_MS,
        events: [{ type: 'scale', atMs: 5 * MINUTE_MS, process: 'worker', quantity: 0 }],
      }),
    )
    platform.advance(DURATION_MS)
    const [minutes] = platform.result().metrics.views
    const means = minutes?.processes['worker']?.totalMeanMb ?? []
    expect(means.slice(0, 5).includes(null)).toBe(false)
    expect(means.slice(6).every((value) => value === null)).toBe(true)
  })
})
