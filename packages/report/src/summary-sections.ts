import type { LatencySummary, RunResult } from '@celadon/platform'
import { formatLength, formatMinute, formatSpan, startEpochMs } from './period.js'
import { formatQuantity, formatRatio, formatUsd } from './quantity.js'
import { type Line, left, lengthOf, type Piece, piece, right } from './terminal-line.js'

/** A part of the summary with a row for each of many things. */
export interface Table {
  readonly heading: Line
  readonly rows: readonly Line[]
}

/** Widths of the five columns of figures. What is left of the line belongs to the label. */
const COLUMNS: readonly number[] = [18, 10, 10, 10, 10]

/** Columns that a long app name keeps beside a long description. */
const TITLE_MIN = 14

/** Share of busy slots or CPU from which a figure is shown in yellow. Our choice, not Heroku's. */
const HIGH_UTILIZATION = 0.9

/** Columns for the names at the left in a terminal of this width. */
export function labelWidth(width: number): number {
  const figures = COLUMNS.reduce((sum, column) => sum + column, 0)
  return Math.min(Math.max(width - figures, 12), 40)
}

/** Which app, generation, seed and time. */
export function titleLine(app: RunResult['app'], width: number): Line {
  const start = formatMinute(startEpochMs(app))
  const about = `${formatLength(app)} from ${start} UTC, ${app.generation}, seed ${app.seed}`
  const name = Math.min(lengthOf(app.name), TITLE_MIN)
  const room = Math.min(lengthOf(about), width - name - 2)
  const isComplete = app.durationMs >= app.plannedDurationMs
  return [
    left(app.name, width - room - 2, 'bold'),
    piece('  '),
    left(about, room, isComplete ? 'dim' : 'yellow'),
  ]
}

/** How many requests came, and what became of them. */
export function requestLines({ app, requests, processes }: RunResult, label: number): Line[] {
  const seconds = app.durationMs / 1000
  const ended = requests.served + requests.failed
  const perSecond = seconds > 0 ? requests.served / seconds : 0
  const rCodes = processes.flatMap(({ byCode }) => Object.entries(byCode))
  return [
    [
      dotted('requests', label),
      piece(formatQuantity(requests.arrived, 'count'), 'cyan'),
      piece(`, ${formatQuantity(requests.meanPerSecond, 'rate')}`),
      piece(`, peak ${formatQuantity(requests.peakPerSecond, 'rate')}`),
      piece(ifAny(requests.inFlight, 'in flight at the end'), 'dim'),
    ],
    [
      dotted('served', label),
      piece(formatRatio(requests.served / ended), requests.failed > 0 ? 'yellow' : 'green'),
      piece(`, ${formatQuantity(perSecond, 'rate')}, `),
      piece(
        `${formatQuantity(requests.failed, 'count')} failed`,
        requests.failed > 0 ? 'red' : 'dim',
      ),
      piece(ifAny(requests.zombies, 'finished for nobody'), 'dim'),
    ],
    [dotted('status codes', label), ...countPieces(Object.entries(requests.byStatus))],
    [dotted('error codes', label), ...countPieces([...Object.entries(requests.byCode), ...rCodes])],
  ]
}

/** What users came to, where they want more than single requests. */
export function clientLines({ clients }: RunResult, label: number): Line[] {
  if (clients === undefined) return []
  const { asks, attempts, succeeded, failed, latency } = clients
  return [
    [
      dotted('users', label),
      piece(formatQuantity(asks, 'count'), 'cyan'),
      piece(' asks, '),
      piece(formatRatio(succeeded / (succeeded + failed)), failed > 0 ? 'yellow' : 'green'),
      piece(` good, p95 ${durationOf(latency, latency.p95)}`),
      piece(asks > 0 ? `, ${(attempts / asks).toFixed(2)} attempts each` : '', 'dim'),
    ],
  ]
}

/** `200:4.91 M  503:9.04 k`, in the order of the codes, counts of the same code added up. */
function countPieces(entries: readonly (readonly [string, number])[]): Line {
  const counts = new Map<string, number>()
  for (const [code, count] of entries) counts.set(code, (counts.get(code) ?? 0) + count)
  const codes = [...counts.keys()].sort()
  if (codes.length === 0) return [piece('none', 'dim')]
  return codes.flatMap((code, index) => [
    piece(`${index > 0 ? '  ' : ''}${code}:`, /^([HRL5]|4\d\d)/.test(code) ? 'red' : 'plain'),
    piece(formatQuantity(counts.get(code) ?? 0, 'count')),
  ])
}

/** Service, queue and total time of the requests. */
export function latencyLines({ latency }: RunResult, label: number): Line[] {
  return [
    headingLine('latency', ['mean', 'p50', 'p95', 'p99', 'max'], label),
    latencyLine('service', latency.service, label),
    latencyLine('queue', latency.queue, label),
    latencyLine('total', latency.total, label),
  ]
}

function latencyLine(name: string, summary: LatencySummary, label: number): Line {
  const figures = [summary.mean, summary.p50, summary.p95, summary.p99, summary.max]
  return figureLine(
    name,
    figures.map((figure) => piece(durationOf(summary, figure), 'cyan')),
    label,
  )
}

/** A row for each process type. */
export function processTable({ processes }: RunResult, label: number): Table {
  return {
    heading: headingLine('dynos', ['size', 'busy', 'cpu', 'max queue', 'memory'], label),
    rows: processes.map((process) =>
      figureLine(
        process.type,
        [
          piece(`${formatQuantity(process.quantity, 'count')} x ${process.size}`),
          utilization(process.utilization),
          utilization(process.cpuUtilization),
          piece(formatQuantity(process.maxWaiting, 'count')),
          piece(
            formatQuantity(process.memoryMaxMb / process.memoryQuotaMb, 'share'),
            process.memoryMaxMb > process.memoryQuotaMb ? 'yellow' : 'plain',
          ),
        ],
        label,
      ),
    ),
  }
}

/** A row for each job library. */
export function jobTable({ jobs }: RunResult, label: number): Table {
  return {
    heading: headingLine('jobs', ['done', 'waiting', 'failed', 'lost', 'p95 wait'], label),
    rows: jobs.map((job) =>
      figureLine(
        job.queue,
        [
          piece(formatQuantity(job.done, 'count'), 'cyan'),
          piece(formatQuantity(job.waiting, 'count')),
          fault(job.failed),
          fault(job.lost),
          piece(durationOf(job.latency, job.latency.p95)),
        ],
        label,
      ),
    ),
  }
}

/** A row for each add-on. */
export function addOnTable({ addOns }: RunResult, label: number): Table {
  return {
    heading: headingLine('add-ons', ['plan', 'calls', 'errors', 'p95', '$/month'], label),
    rows: addOns.map((addOn) =>
      figureLine(
        addOn.attachment,
        [
          piece(addOn.plan),
          piece(formatQuantity(addOn.calls, 'count'), 'cyan'),
          fault(addOn.errors),
          piece(durationOf(addOn.latency, addOn.latency.p95)),
          piece(formatUsd(addOn.usdPerMonth)),
        ],
        label,
      ),
    ),
  }
}

/** What the simulated time cost, dearest items first. */
export function costLine({ app, cost }: RunResult, label: number): Line {
  const items = [...cost.items].sort((a, b) => b.usd - a.usd)
  const parts = items.map(({ what, usd }) => `${what} ${formatUsd(usd)}`).join(', ')
  return [
    dotted('cost', label),
    piece(formatUsd(cost.totalUsd), 'cyan'),
    piece(` for ${formatSpan(app.durationMs)}`),
    piece(parts === '' ? '' : `: ${parts}`, 'dim'),
  ]
}

function headingLine(name: string, columns: readonly string[], label: number): Line {
  return [
    left(name, label, 'bold'),
    ...columns.map((column, index) => right(column, COLUMNS[index] ?? 0, 'dim')),
  ]
}

function figureLine(name: string, figures: Line, label: number): Line {
  return [
    dotted(`  ${name}`, label),
    ...figures.map(({ text, color }, index) => right(text, COLUMNS[index] ?? 0, color)),
  ]
}

function dotted(name: string, label: number): Piece {
  const { text } = left(name, label - 2, 'plain', '.')
  return { text: `${text}: `, color: 'plain' }
}

/** `, 3 in flight`: a remark about a count that is mostly 0, and then not worth a word. */
function ifAny(count: number, what: string): string {
  return count > 0 ? `, ${formatQuantity(count, 'count')} ${what}` : ''
}

/** A figure of something that should not happen. */
function fault(count: number): Piece {
  return piece(formatQuantity(count, 'count'), count > 0 ? 'red' : 'plain')
}

function utilization(share: number): Piece {
  return piece(formatQuantity(share, 'share'), share >= HIGH_UTILIZATION ? 'yellow' : 'plain')
}

function durationOf(summary: LatencySummary, durationMs: number): string {
  return summary.count > 0 ? formatQuantity(durationMs, 'duration') : '-'
}
