import type {
  AddOnSummary,
  ClientSummary,
  DrainSummary,
  JobSummary,
  LatencySummary,
  Mark,
  ProcessSummary,
  RunResult,
  Series,
} from '@celadon/platform'
import fc from 'fast-check'
import { anyMetrics } from './any-metrics.js'

const count = fc.oneof(fc.nat(20), fc.nat(1e9), fc.constantFrom(0, 999, 1000, 312_000_000))
const amount = fc.oneof(
  fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value + 0),
  fc.constantFrom(0, 0.0001, 999.6, 1e12),
)
/** Names with everything in them that could break a terminal, a page or a table. */
const name = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.constantFrom('web', 'delayed_job', '__proto__', '</script>', '\u001b[31mred', 'line\nfeed'),
)
const code = fc.constantFrom('H10', 'H12', 'H27', 'H98', 'R14', 'R15')
const status = fc.constantFrom('200', '302', '404', '499', '503')
const latency: fc.Arbitrary<LatencySummary> = fc.record({
  count,
  mean: amount,
  p50: amount,
  p95: amount,
  p99: amount,
  max: amount,
})

const process: fc.Arbitrary<ProcessSummary> = fc.record({
  type: name,
  program: name,
  size: name,
  quantity: count,
  slots: count,
  utilization: amount,
  cpuUtilization: amount,
  meanWaiting: amount,
  maxWaiting: count,
  starts: count,
  crashes: count,
  byCode: fc.dictionary(code, count, { noNullPrototype: true }),
  memoryMaxMb: amount,
  memoryQuotaMb: amount,
})

const job: fc.Arbitrary<JobSummary> = fc.record({
  queue: name,
  enqueued: count,
  done: count,
  failed: count,
  waiting: count,
  running: count,
  lost: count,
  retries: count,
  latency,
  service: latency,
  maxWaiting: count,
})

const addOn: fc.Arbitrary<AddOnSummary> = fc.record({
  attachment: name,
  service: name,
  plan: name,
  usdPerMonth: amount,
  calls: count,
  errors: count,
  latency,
  gauges: fc.dictionary(name, amount, { noNullPrototype: true }),
  gaugesMax: fc.dictionary(name, amount, { noNullPrototype: true }),
})

const drain: fc.Arbitrary<DrainSummary> = fc.record({
  url: name,
  token: name,
  taken: count,
  delivered: count,
  dropped: count,
  unconfirmed: count,
  waiting: count,
  connections: count,
  failures: count,
})

const clients: fc.Arbitrary<ClientSummary> = fc.record({
  asks: count,
  attempts: count,
  succeeded: count,
  failed: count,
  open: count,
  denied: count,
  wasted: count,
  latency,
})

const mark: fc.Arbitrary<Mark> = fc.record({
  atMs: amount,
  type: fc.constantFrom('release', 'crash', 'restart', 'scale', 'error', 'alert'),
  label: name,
})

const series: fc.Arbitrary<Series> = fc.nat(5).chain((length) => {
  const column = fc.array(amount, { minLength: length, maxLength: length })
  const gaps = fc.array(fc.option(amount), { minLength: length, maxLength: length })
  const columns = fc.dictionary(name, column, { noNullPrototype: true, maxKeys: 4 })
  return fc.record({
    intervalMs: fc.constant(60_000),
    length: fc.constant(length),
    arrivalsPerSecond: column,
    servedPerSecond: column,
    failedPerSecond: column,
    totalP50: gaps,
    totalP95: gaps,
    totalP99: gaps,
    serviceP50: gaps,
    queueP95: gaps,
    requestsWaiting: column,
    byCode: columns,
    dynosUp: columns,
    memoryMb: columns,
    utilization: columns,
    jobsWaiting: columns,
    jobsDone: columns,
  })
})

const withoutClients: fc.Arbitrary<RunResult> = fc.record({
  schemaVersion: fc.constant(1),
  app: fc.record({
    name,
    generation: fc.constantFrom('bamboo-2010', 'router-2.0'),
    seed: name,
    startedAt: fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => `${date.toISOString().slice(0, 19)}Z`),
    durationMs: amount,
    plannedDurationMs: amount,
  }),
  requests: fc.record({
    arrived: count,
    served: count,
    failed: count,
    inFlight: count,
    meanPerSecond: amount,
    peakPerSecond: amount,
    zombies: count,
    byStatus: fc.dictionary(status, count, { noNullPrototype: true }),
    byCode: fc.dictionary(code, count, { noNullPrototype: true }),
  }),
  latency: fc.record({ service: latency, queue: latency, total: latency }),
  processes: fc.array(process, { maxLength: 8 }),
  jobs: fc.array(job, { maxLength: 4 }),
  addOns: fc.array(addOn, { maxLength: 8 }),
  log: fc.record({
    lines: count,
    refused: count,
    lostByCode: fc.dictionary(fc.constantFrom('L10', 'L12'), count, { noNullPrototype: true }),
    drains: fc.array(drain, { maxLength: 2 }),
  }),
  cost: fc.record({
    items: fc.array(fc.record({ what: name, hours: amount, usd: amount }), { maxLength: 8 }),
    totalUsd: amount,
  }),
  series,
  metrics: anyMetrics(name),
  marks: fc.array(mark, { maxLength: 8 }),
  assumptions: fc.array(name, { maxLength: 3 }),
})

/** Any result that the types allow, likely or not. */
export const anyResult: fc.Arbitrary<RunResult> = fc.oneof(
  withoutClients,
  fc
    .tuple(withoutClients, clients)
    .map(([result, figures]): RunResult => ({ ...result, clients: figures })),
)
