import type { ProcessType } from '@celadon/dyno-manifold'
import { isoSecond } from '@celadon/kernel'
import { costItems } from './bill.js'
import { round, summarize } from './latency.js'
import type { Platform } from './platform.js'
import type { AddOnSummary, ProcessSummary, RunResult } from './result.js'

/** Puts together what a platform's parts know up to now. */
export function runResult(platform: Platform): RunResult {
  const { app, simulation, requests, router, recorder, manifold } = platform
  const nowMs = simulation.now
  const items = costItems(
    [...manifold.processTypes, ...manifold.oneOffTypes],
    [...platform.addOns.values()],
    nowMs,
  )
  return {
    schemaVersion: 1,
    app: {
      name: app.name,
      generation: app.generation,
      seed: app.seed,
      startedAt: `${isoSecond(app.epochMs)}Z`,
      durationMs: nowMs,
      plannedDurationMs: app.durationMs,
    },
    requests: requests.summary(router.arrived, nowMs, recorder.peakPerSecond),
    latency: {
      service: requests.service.summary(),
      queue: requests.queue.summary(),
      total: requests.total.summary(),
    },
    processes: manifold.processTypes.map((type) => processSummary(type, nowMs)),
    jobs: platform.jobs.summaries(),
    addOns: addOnSummaries(platform),
    log: { lines: platform.logplex.lines },
    cost: { items, totalUsd: Math.round(items.reduce((sum, { usd }) => sum + usd, 0) * 100) / 100 },
    series: recorder.series(),
    marks: platform.marks.toArray(),
    assumptions: app.assumptions,
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

function addOnSummaries(platform: Platform): readonly AddOnSummary[] {
  return [...platform.addOns].map(([attachment, attached]) => ({
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
    gaugesMax: platform.recorder.gaugesMax(attachment),
  }))
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? round(part / whole) : 0
}
