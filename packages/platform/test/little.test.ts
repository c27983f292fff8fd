// Little's law, L = λW, ties the levels that are averaged over time to the durations that are
// recorded per request. Both are measured separately, so a mistake in either breaks the identity.
import { puma } from '@celadon/dyno-manifold'
import { describe, expect, test } from 'vitest'
import { createPlatform, type Platform } from '../src/index.js'
import { MINUTE_MS, tinyApp, WEB } from './tiny-app.js'

const DURATION_MS = 60 * MINUTE_MS

/** An hour in which the last request is long finished at the end. */
function busyHour(): Platform {
  const { workload, formation } = tinyApp()
  const platform = createPlatform(
    tinyApp({
      durationMs: DURATION_MS,
      formation: {
        ...formation,
        web: { ...WEB, program: () => puma({ workers: 1, threads: 2 }) },
      },
      workload: {
        ...workload,
        rate: [
          { atMs: 50 * MINUTE_MS, perSecond: 14 },
          { atMs: 50 * MINUTE_MS, perSecond: 0 },
        ],
      },
    }),
  )
  platform.advance(DURATION_MS)
  return platform
}

describe("Little's law", () => {
  const { processes, latency, requests } = busyHour().result()
  const web = processes[0]

  test('the mean number of waiting requests is arrivals times mean wait', () => {
    const { count, mean } = latency.queue
    expect(count).toBe(requests.arrived)
    expect(mean).toBeGreaterThan(10)
    expect(web?.meanWaiting).toBeCloseTo((count * mean) / DURATION_MS, 2)
  })

  test('the mean number of busy threads is arrivals times mean service', () => {
    const { count, mean } = latency.service
    const busy = (web?.utilization ?? 0) * (web?.slots ?? 0)
    expect(busy).toBeCloseTo((count * mean) / DURATION_MS, 2)
  })
})
