import type { MetricsView, ProcessMetrics, RunResult } from '@celadon/platform'
import { bytes, type Intervals, pointsOf, seconds, sumOf, totalsOf } from './columns.js'
import { byKey, counter, type Family, gauge, quantiles, type Sample } from './family.js'

const MINUTE_MS = 60_000

/**
 * What the metrics page knows and the series of the whole run does not. Of the page's views it takes
 * the finest that covers the whole run; of a longer run, the last seven days.
 */
export function pageFamilies(result: RunResult): Family[] {
  const { views } = result.metrics
  const view = views.find(({ startMs }) => startMs === 0) ?? views.at(-1)
  if (view === undefined) return []
  const endMs = result.app.durationMs
  const intervals = { startMs: view.startMs, intervalMs: view.resolutionMs, endMs }
  return [...answerFamilies(view, intervals, result), ...dynoFamilies(view, intervals)]
}

function answerFamilies(view: MetricsView, intervals: Intervals, result: RunResult): Family[] {
  const { p50, p95, p99, max } = view.responseTime
  const counted = (counts: readonly number[], total = 0) =>
    totalsOf(counts, intervals, Math.max(sumOf(counts), total))
  const classes = totalsByClass(result)
  const codes = totalsByCode(result)
  return [
    {
      name: 'router_service_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'What the router logs as service= of requests that reached a dyno, per interval.',
      samples: quantiles({}, [
        ['0.5', pointsOf(p50, intervals, seconds)],
        ['0.95', pointsOf(p95, intervals, seconds)],
        ['0.99', pointsOf(p99, intervals, seconds)],
        ['1.0', pointsOf(max, intervals, seconds)],
      ]),
    },
    {
      name: 'responses',
      type: 'counter',
      help: 'Responses by class of their HTTP status.',
      samples: byKey(view.throughput, (status_class, rates) =>
        counter({ status_class }, counted(countsOf(rates, intervals), classes.get(status_class))),
      ),
    },
    {
      name: 'errors',
      type: 'counter',
      help: 'Errors by H- and R-code, and by L-code the messages of the log that were lost.',
      samples: byKey(view.errors, (code, counts) =>
        counter({ code }, counted(counts, codes.get(code))),
      ),
    },
  ]
}

const MEMORY_KINDS = ['total', 'rss', 'swap'] as const

function dynoFamilies({ processes }: MetricsView, intervals: Intervals): Family[] {
  const samples = (
    write: (process_type: string, metrics: ProcessMetrics) => readonly Sample[],
  ): Sample[] => byKey(processes, write)
  return [
    {
      name: 'dyno_load_mean',
      type: 'gauge',
      help: 'One-minute load average, mean over the dynos.',
      samples: samples((process_type, { loadMean }) =>
        gauge({ process_type }, pointsOf(loadMean, intervals)),
      ),
    },
    {
      name: 'dyno_load_max',
      type: 'gauge',
      help: 'One-minute load average, maximum over the dynos.',
      samples: samples((process_type, { loadMax }) =>
        gauge({ process_type }, pointsOf(loadMax, intervals)),
      ),
    },
    {
      name: 'dyno_memory_mean_bytes',
      type: 'gauge',
      unit: 'bytes',
      help: 'Memory of a dyno by kind, mean over the dynos.',
      samples: samples((process_type, metrics) =>
        MEMORY_KINDS.flatMap((kind) =>
          gauge({ process_type, kind }, pointsOf(metrics[`${kind}MeanMb`], intervals, bytes)),
        ),
      ),
    },
    {
      name: 'dyno_memory_max_bytes',
      type: 'gauge',
      unit: 'bytes',
      help: 'Memory of a dyno by kind, maximum over the dynos.',
      samples: samples((process_type, metrics) =>
        MEMORY_KINDS.flatMap((kind) =>
          gauge({ process_type, kind }, pointsOf(metrics[`${kind}MaxMb`], intervals, bytes)),
        ),
      ),
    },
    {
      name: 'dyno_memory_quota_bytes',
      type: 'gauge',
      unit: 'bytes',
      help: 'Memory that one dyno may use before it swaps.',
      samples: samples((process_type, { quotaMb }) =>
        gauge({ process_type }, [{ atMs: intervals.endMs, value: bytes(quotaMb) }]),
      ),
    },
  ]
}

/** Rates per minute as counts; an unfinished interval has the rate of the time that has passed in it. */
function countsOf(rates: readonly number[], { startMs, intervalMs, endMs }: Intervals): number[] {
  return rates.map((rate, index) => {
    const passedMs = Math.min(endMs - startMs - index * intervalMs, intervalMs)
    return (rate * (passedMs || intervalMs)) / MINUTE_MS
  })
}

function totalsByClass({ requests }: RunResult): Map<string, number> {
  const totals = new Map<string, number>()
  for (const [status, count] of Object.entries(requests.byStatus)) {
    add(totals, `${status.slice(0, 1)}xx`, count)
  }
  return totals
}

function totalsByCode({ requests, processes, log }: RunResult): Map<string, number> {
  const totals = new Map<string, number>()
  const records = [requests.byCode, log.lostByCode, ...processes.map(({ byCode }) => byCode)]
  for (const record of records) {
    for (const [code, count] of Object.entries(record)) add(totals, code, count)
  }
  return totals
}

function add(totals: Map<string, number>, key: string, count: number): void {
  totals.set(key, (totals.get(key) ?? 0) + count)
}
