import { RandomStream } from '@celadon/kernel'
import type { Mark, ProcessSummary, RunResult, Series } from '@celadon/platform'

/**
 * A day of a shop as a run could have found it: quiet night, morning ramp, lunch peak, a newsletter
 * at 12:30 that drowns the web dynos for a quarter of an hour, a deploy and a crash. It is test data,
 * made from simple formulas; no model ran.
 */
export function exampleDay(): RunResult {
  const minutes = shopMinutes()
  const arrived = sum(minutes.map(({ arrivals }) => arrivals * 60))
  const failed = sum(minutes.map((minute) => Math.round(minute.failed * 60)))
  const crashed = 41
  return {
    schemaVersion: 1,
    app: {
      name: 'shop',
      generation: 'router-2.0',
      seed: '42',
      startedAt: '2026-03-02T00:00:00Z',
      durationMs: 86_400_000,
      plannedDurationMs: 86_400_000,
    },
    requests: {
      arrived: Math.round(arrived),
      served: Math.round(arrived) - failed - 3,
      failed,
      inFlight: 3,
      meanPerSecond: arrived / 86_400,
      peakPerSecond: Math.max(...minutes.map(({ arrivals }) => arrivals)),
      zombies: failed - crashed - 120,
      byStatus: {
        '200': Math.round(arrived * 0.93) - failed,
        '302': Math.round(arrived * 0.06),
        '404': Math.round(arrived * 0.01),
        '503': failed,
      },
      byCode: { H12: failed - crashed, H13: crashed },
    },
    latency: {
      service: { count: 4_100_000, mean: 82.4, p50: 63, p95: 212, p99: 488, max: 6120 },
      queue: { count: 4_100_000, mean: 214, p50: 0, p95: 38, p99: 9400, max: 41_200 },
      total: { count: 4_101_000, mean: 297, p50: 68, p95: 271, p99: 9870, max: 30_000 },
    },
    processes: shopProcesses(),
    jobs: [
      {
        queue: 'delayed_job',
        enqueued: 122_400,
        done: 122_310,
        failed: 12,
        waiting: 75,
        running: 2,
        lost: 1,
        retries: 640,
        latency: { count: 122_325, mean: 5400, p50: 800, p95: 42_000, p99: 96_000, max: 214_000 },
        service: { count: 122_950, mean: 240, p50: 180, p95: 610, p99: 1400, max: 9200 },
        maxWaiting: 1840,
      },
      {
        queue: 'resque',
        enqueued: 18_200,
        done: 18_200,
        failed: 0,
        waiting: 0,
        running: 0,
        lost: 0,
        retries: 0,
        latency: { count: 18_200, mean: 2600, p50: 2500, p95: 4900, p99: 5400, max: 11_000 },
        service: { count: 18_200, mean: 900, p50: 720, p95: 2100, p99: 4100, max: 12_800 },
        maxWaiting: 31,
      },
    ],
    addOns: [
      addOn('heroku-postgresql', 'standard-0', 50, 12_400_000, 3, { connections: 61, waiting: 0 }),
      addOn('heroku-redis', 'premium-0', 15, 140_600, 0, { connections: 12 }),
      addOn('memcachier', '100', 15, 8_200_000, 0, {}),
      addOn('scheduler', 'standard', 0, 0, 0, {}),
    ],
    log: { lines: 12_800_000, refused: 0, lostByCode: {}, drains: [] },
    cost: {
      items: [
        { what: 'web: 8 x standard-2x', hours: 192, usd: 13.15 },
        { what: 'worker: 2 x standard-1x', hours: 48, usd: 1.64 },
        { what: 'resque: 1 x standard-1x', hours: 24, usd: 0.82 },
        { what: 'clock: 1 x standard-1x', hours: 24, usd: 0.82 },
        { what: 'heroku-postgresql:standard-0', hours: 24, usd: 1.64 },
        { what: 'heroku-redis:premium-0', hours: 24, usd: 0.49 },
        { what: 'memcachier:100', hours: 24, usd: 0.49 },
      ],
      totalUsd: 19.05,
    },
    series: shopSeries(minutes),
    metrics: { views: [], alerts: [], custom: [] },
    marks: shopMarks(minutes),
    assumptions: [
      'Endpoint /search names no CPU share; half of its service time is CPU.',
      'The worker boots in 12 s.',
    ],
  }
}

interface Minute {
  readonly arrivals: number
  readonly failed: number
  readonly waiting: number
  readonly busy: number
  readonly noise: number
}

/** Web dynos of 10 slots each at 82 ms a request serve this many requests a second. */
const CAPACITY = 115

function shopMinutes(): Minute[] {
  const stream = new RandomStream('example-day/noise')
  let waiting = 0
  return Array.from({ length: 1440 }, (_, minute) => {
    const hour = minute / 60
    const noise = stream.float()
    const day =
      Math.exp(-(((hour - 12.6) / 3.4) ** 2)) + 0.7 * Math.exp(-(((hour - 19.8) / 2) ** 2))
    const newsletter = minute >= 750 && minute < 765 ? 75 : 0
    const arrivals = (7 + 68 * day) * (0.94 + 0.12 * noise) + newsletter
    const backlog = Math.max(0, waiting + (arrivals - CAPACITY) * 60)
    // Whoever would wait longer than 30 s gets an H12 and is gone for the router.
    waiting = Math.min(backlog, CAPACITY * 30 * (0.97 + 0.03 * noise))
    const failed = (backlog - waiting) / 60
    return { arrivals, failed, waiting, busy: Math.min(arrivals / CAPACITY, 0.995), noise }
  })
}

function shopSeries(minutes: readonly Minute[]): Series {
  const column = (value: (minute: Minute, index: number) => number): number[] => minutes.map(value)
  const queueP95 = ({ busy, waiting, noise }: Minute) =>
    (waiting / CAPACITY) * 1000 + 55 * busy ** 6 * (0.6 + noise)
  const serviceP50 = ({ noise, busy }: Minute) => 60 + 4 * noise + 6 * busy
  const jobsWaiting = column(({ arrivals, noise }, index) =>
    Math.round(
      Math.max(0, arrivals - 88) * 14 +
        3 * noise +
        (index > 765 && index < 800 ? (800 - index) * 42 : 0),
    ),
  )
  return {
    intervalMs: 60_000,
    length: minutes.length,
    arrivalsPerSecond: column(({ arrivals }) => arrivals),
    servedPerSecond: column(({ arrivals, failed }) => arrivals - failed),
    failedPerSecond: column(({ failed }) => failed),
    totalP50: column((minute) => serviceP50(minute) + (minute.waiting / CAPACITY) * 900),
    totalP95: column((minute) => Math.min(30_000, 190 + 30 * minute.noise + queueP95(minute))),
    totalP99: column((minute) =>
      Math.min(30_000, 420 + 90 * minute.noise + 1.3 * queueP95(minute)),
    ),
    serviceP50: column(serviceP50),
    queueP95: column(queueP95),
    requestsWaiting: column(({ waiting, busy }) => Math.round(waiting + 3 * busy ** 8)),
    byCode: {
      H12: column(({ failed }) => Math.round(failed * 60)),
      H13: column((_, index) => (index === 1040 ? 41 : 0)),
    },
    dynosUp: {
      web: column((_, index) => (index === 900 ? 4 : index === 1040 ? 7 : 8)),
      worker: column((_, index) => (index === 900 ? 0 : 2)),
      resque: column(() => 1),
      clock: column(() => 1),
    },
    memoryMb: {
      web: column((_, index) => 380 + 240 * (1 - Math.exp(-(index % 900) / 160))),
      worker: column((_, index) => 210 + 0.24 * (index % 900)),
      resque: column((_, index) => 180 + 40 * (1 - Math.exp(-(index % 900) / 300))),
      clock: column(() => 96),
    },
    utilization: {
      web: column(({ busy }) => busy),
      worker: column(({ arrivals, noise }) => Math.min(1, (arrivals / 92) * (0.9 + 0.1 * noise))),
      resque: column(({ arrivals, noise }) => Math.min(1, (arrivals / 180) * (0.7 + 0.6 * noise))),
      clock: column(() => 0.002),
    },
    jobsWaiting: { delayed_job: jobsWaiting, resque: column(({ noise }) => Math.round(noise * 4)) },
    jobsDone: {
      delayed_job: column(({ arrivals }) => Math.round(Math.min(arrivals, 92) * 1.8)),
      resque: column(({ arrivals, noise }) => Math.round(arrivals * 0.24 * (0.7 + 0.6 * noise))),
    },
  }
}

function shopProcesses(): ProcessSummary[] {
  const web = {
    type: 'web',
    program: 'puma 2x5',
    size: 'standard-2x',
    quantity: 8,
    slots: 80,
    utilization: 0.412,
    cpuUtilization: 0.287,
    meanWaiting: 21.4,
    maxWaiting: 3449,
    starts: 17,
    crashes: 1,
    byCode: {},
    memoryMaxMb: 641,
    memoryQuotaMb: 1024,
  }
  const small = { ...web, size: 'standard-1x', crashes: 0, memoryQuotaMb: 512, maxWaiting: 0 }
  return [
    web,
    {
      ...small,
      type: 'worker',
      program: 'delayed_job',
      quantity: 2,
      slots: 2,
      utilization: 0.447,
      starts: 4,
      byCode: { R14: 214 },
      memoryMaxMb: 526,
    },
    {
      ...small,
      type: 'resque',
      program: 'resque',
      quantity: 1,
      slots: 1,
      utilization: 0.19,
      starts: 2,
      memoryMaxMb: 218,
    },
    {
      ...small,
      type: 'clock',
      program: 'clock',
      quantity: 1,
      slots: 1,
      utilization: 0.002,
      cpuUtilization: 0.001,
      starts: 2,
      memoryMaxMb: 96,
    },
  ]
}

function addOn(
  service: string,
  plan: string,
  usdPerMonth: number,
  calls: number,
  errors: number,
  gauges: Readonly<Record<string, number>>,
): RunResult['addOns'][number] {
  const latency = { count: calls, mean: 2.8, p50: 2.1, p95: 6.4, p99: 14, max: 310 }
  const gaugesMax = Object.fromEntries(
    Object.entries(gauges).map(([name, value]) => [name, value + 19]),
  )
  return {
    attachment: service,
    service,
    plan,
    usdPerMonth,
    calls,
    errors,
    latency,
    gauges,
    gaugesMax,
  }
}

function shopMarks(minutes: readonly Minute[]): Mark[] {
  const firstH12 = minutes.findIndex(({ failed }) => failed > 0)
  return [
    { atMs: firstH12 * 60_000, type: 'error', label: 'first H12' },
    { atMs: 900 * 60_000, type: 'release', label: 'v5 Deploy 1f3a9c2' },
    { atMs: 1040 * 60_000, type: 'crash', label: 'web.3 crashed' },
    { atMs: 1041 * 60_000 + 24_000, type: 'restart', label: 'web.3 up' },
  ]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
