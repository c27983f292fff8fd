import type { AttachedAddOn } from '@celadon/addons'
import type { ProcessType } from '@celadon/dyno-manifold'
import { CeladonError, isoSecond } from '@celadon/kernel'
import { costItems } from './bill.js'
import type { PlatformErrorCode } from './errors.js'
import { round, summarize } from './latency.js'
import { logSummary } from './log-summary.js'
import type { Monitor, MonitoredParts } from './monitor.js'
import type { Recorder } from './recorder.js'
import type { AddOnSummary, ProcessSummary, RunResult } from './result.js'
import type { Traffic } from './traffic.js'

/** Puts together what a monitor and the parts that it watches know up to now. */
export function runResult(
  monitor: Monitor,
  watched: { readonly parts: MonitoredParts; readonly recorder: Recorder } | null,
): RunResult {
  if (watched === null) {
    throw new CeladonError<PlatformErrorCode>(
      'PLATFORM_NOT_WATCHED',
      'The monitor has no parts to report on. Call monitor.watch({ router, manifold, logplex }) first.',
    )
  }
  const { parts, recorder } = watched
  const { options, requests, marks } = monitor
  const { simulation } = options
  const { router, manifold, logplex, queues = [], addOns = new Map() } = parts
  const nowMs = simulation.now
  const items = costItems(
    [...manifold.processTypes, ...manifold.oneOffTypes],
    [...addOns.values()],
    nowMs,
  )
  return {
    schemaVersion: 1,
    app: {
      name: options.name,
      generation: options.generation,
      seed: simulation.seed,
      startedAt: `${isoSecond(simulation.epochMs)}Z`,
      durationMs: nowMs,
      plannedDurationMs: options.durationMs,
    },
    requests: requests.summary(router.arrived, nowMs, recorder.peakPerSecond),
    ...clientSummary(parts.traffic),
    latency: {
      service: requests.service.summary(),
      queue: requests.queue.summary(),
      total: requests.total.summary(),
    },
    processes: manifold.processTypes.map((type) => processSummary(type, nowMs)),
    jobs: queues.map((queue) => monitor.jobMonitor(queue.name).summary(queue)),
    addOns: [...addOns].map(([name, attached]) => addOnSummary(name, attached, recorder)),
    log: logSummary(logplex),
    cost: { items, totalUsd: Math.round(items.reduce((sum, { usd }) => sum + usd, 0) * 100) / 100 },
    series: recorder.series(),
    metrics: monitor.metrics.result(),
    marks: marks.toArray(),
    assumptions: options.assumptions ?? [],
  }
}

function processSummary(type: ProcessType, nowMs: number): ProcessSummary {
  const { statistics, size, program } = type
  return {
    type: type.name,
    program: program.name,
    size: size.name,
    quantity: type.quantity,
    slots: type.quantity * program.slots,
    utilization: ratio(statistics.busy.integral(nowMs), statistics.slots.integral(nowMs)),
    cpuUtilization: ratio(statistics.busyCores.integral(nowMs), statistics.cores.integral(nowMs)),
    meanWaiting: round(statistics.waiting.mean(nowMs)),
    maxWaiting: statistics.waiting.max,
    starts: statistics.starts,
    crashes: statistics.crashes,
    byCode: Object.fromEntries([...statistics.errors].sort(([a], [b]) => (a < b ? -1 : 1))),
    memoryMaxMb: round(statistics.memoryMaxMb),
    memoryQuotaMb: size.memoryMb,
  }
}

/** Nothing when users want no more than single requests: the requests tell it all then. */
function clientSummary(traffic: Traffic | undefined): Pick<RunResult, 'clients'> {
  const asks = traffic?.asks ?? null
  if (asks === null) return {}
  const { succeeded, failed, open, latency } = asks
  return {
    clients: {
      asks: asks.asks,
      attempts: traffic?.created ?? 0,
      succeeded,
      failed,
      open,
      denied: traffic?.retrying?.denied ?? 0,
      wasted: traffic?.hedging?.wasted ?? 0,
      latency: summarize(latency),
    },
  }
}

function addOnSummary(
  attachment: string,
  attached: AttachedAddOn,
  recorder: Recorder,
): AddOnSummary {
  return {
    attachment,
    service: attached.model.service,
    plan: attached.planName,
    usdPerMonth: attached.plan.usdPerMonth,
    calls: attached.calls,
    errors: attached.errors,
    latency: summarize(attached.latency),
    gauges: Object.fromEntries(
      Object.entries(attached.gauges).map(([name, read]) => [name, read()]),
    ),
    gaugesMax: recorder.gaugesMax(attachment),
  }
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? round(part / whole) : 0
}
