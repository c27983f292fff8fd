import { createPlatform, type RunResult } from '@celadon/platform'
import { readApp } from '@celadon/platform/files'
import type { Interruption } from './interruption.js'
import { noProgress } from './progress.js'
import { runPlatform } from './run.js'

/** One run of the lesson: the same code and the same load on some number of dynos. */
export interface LessonRun {
  readonly dynos: number
  readonly serviceP50Ms: number
  readonly serviceP95Ms: number
  readonly queueP95Ms: number
  readonly totalP95Ms: number
  readonly servedPerSecond: number
  /** Share of the requests that ended with an error, 0 to 1. */
  readonly failed: number
  /** Share of the requests that a dyno was through with only after their client had an error, 0 to 1. */
  readonly late: number
  /** Share of the time that a dyno was busy, 0 to 1. */
  readonly utilization: number
  readonly usdPerMonth: number
}

/** Numbers of dynos that the lesson compares: the load drowns the first and bores the last. */
export const LESSON_DYNOS: readonly number[] = [1, 2, 4, 8, 16]

/** Requests that come in each second of the half hour. */
export const LESSON_PER_SECOND = 24

/** One request at a time on each dyno, 125 ms of work on average: a dyno serves 8 of them a second. */
const PROCFILE = 'web: bundle exec thin start -p $PORT\n'
const CELADON_YML = `
duration: 30m
workload:
  rate: [{ at: "00:00", per_second: ${LESSON_PER_SECOND} }]
endpoints:
  - { path: /, service: { median: 100ms, p95: 300ms }, cpu: 0.6 }
`

/** Heroku prices a month as 720 hours. */
const HOURS_PER_MONTH = 720

/** Runs the lesson; fewer runs than asked for when it was interrupted. */
export async function runDynoLesson(
  seed: string,
  interruption: Interruption,
): Promise<readonly LessonRun[]> {
  const runs: LessonRun[] = []
  for (const dynos of LESSON_DYNOS) {
    const formation = { web: { quantity: dynos, size: 'standard-1x' } }
    const app = readApp(
      {
        procfile: { name: 'Procfile', text: PROCFILE },
        appJson: { name: 'app.json', text: JSON.stringify({ formation }) },
        celadonYml: { name: 'celadon.yml', text: CELADON_YML },
      },
      { seed },
    )
    const platform = createPlatform(app)
    await runPlatform(platform, interruption, noProgress)
    if (interruption.reason !== null) break
    const usdPerHour = app.formation['web']?.size.usdPerHour ?? 0
    runs.push(summarize(platform.result(), dynos, dynos * usdPerHour * HOURS_PER_MONTH))
  }
  return runs
}

function summarize(result: RunResult, dynos: number, usdPerMonth: number): LessonRun {
  const { app, latency, requests, processes } = result
  return {
    dynos,
    serviceP50Ms: latency.service.p50,
    serviceP95Ms: latency.service.p95,
    queueP95Ms: latency.queue.p95,
    totalP95Ms: latency.total.p95,
    servedPerSecond: (requests.served * 1000) / app.durationMs,
    failed: requests.failed / requests.arrived,
    late: requests.zombies / Math.max(1, requests.zombies + requests.served),
    utilization: processes[0]?.utilization ?? 0,
    usdPerMonth: Math.round(usdPerMonth),
  }
}
