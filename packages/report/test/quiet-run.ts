import type { LatencySummary, RunResult } from '@celadon/platform'

const UNMEASURED: LatencySummary = { count: 0, mean: 0, p50: 0, p95: 0, p99: 0, max: 0 }

/** A run that was stopped before anything happened: no requests, no dynos, no jobs, no series. */
export function quietRun(): RunResult {
  return {
    schemaVersion: 1,
    app: {
      name: 'quiet',
      generation: 'cedar-2012',
      seed: '1',
      startedAt: '2012-06-14T22:30:00Z',
      durationMs: 0,
      plannedDurationMs: 5_400_000,
    },
    requests: {
      arrived: 0,
      served: 0,
      failed: 0,
      inFlight: 0,
      meanPerSecond: 0,
      peakPerSecond: 0,
      zombies: 0,
      byStatus: {},
      byCode: {},
    },
    latency: { service: UNMEASURED, queue: UNMEASURED, total: UNMEASURED },
    processes: [],
    jobs: [],
    addOns: [],
    log: { lines: 0, refused: 0, lostByCode: {}, drains: [] },
    cost: { items: [], totalUsd: 0 },
    series: {
      intervalMs: 5000,
      length: 0,
      arrivalsPerSecond: [],
      servedPerSecond: [],
      failedPerSecond: [],
      totalP50: [],
      totalP95: [],
      totalP99: [],
      serviceP50: [],
      queueP95: [],
      requestsWaiting: [],
      byCode: {},
      dynosUp: {},
      memoryMb: {},
      utilization: {},
      jobsWaiting: {},
      jobsDone: {},
    },
    metrics: { views: [], alerts: [], custom: [] },
    marks: [],
    assumptions: [],
  }
}
