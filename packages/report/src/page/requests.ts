import { H_CODES, R_CODES } from '@celadon/contracts'
import type { ClientSummary, LatencySummary, RunResult } from '@celadon/platform'
import { type Html, html } from '../html.js'
import { formatQuantity, formatRatio } from '../quantity.js'
import { tableHtml } from './table.js'

/** Tables about requests: their times, their statuses, their errors. */
export function requestSection(result: RunResult): Html {
  const { clients, latency } = result
  const { service, queue, total } = latency
  return html`
<section>
<h2>Requests</h2>
<div class="beside">
${latencyTable('Latency', [
  ['service', service],
  ['queue', queue],
  ['total', total],
  ...(clients === undefined ? [] : [['users', clients.latency] as const]),
])}
${statusTable(result)}
</div>
${clients === undefined ? '' : clientTable(clients)}
${errorTable(result)}
</section>`
}

/** What came of what users wanted, whatever number of requests each of them made for it. */
function clientTable(clients: ClientSummary): Html {
  const { asks, attempts, succeeded, failed, open, denied, wasted } = clients
  return tableHtml({
    caption: 'What users wanted',
    columns: ['', 'count'],
    rows: [
      ['asks', formatQuantity(asks, 'count')],
      ['succeeded', formatQuantity(succeeded, 'count')],
      ['given up', formatQuantity(failed, 'count')],
      ['under way at the end', formatQuantity(open, 'count')],
      ['requests made for them', formatQuantity(attempts, 'count')],
      ['retries that the budget denied', formatQuantity(denied, 'count')],
      ['copies whose answer came too late', formatQuantity(wasted, 'count')],
    ],
  })
}

/** A table with a row of percentiles for each thing that was measured. */
export function latencyTable(
  caption: string,
  rows: readonly (readonly [name: string, summary: LatencySummary])[],
): Html {
  return tableHtml({
    caption,
    columns: ['', 'count', 'mean', 'p50', 'p95', 'p99', 'max'],
    rows: rows.map(([name, { count, mean, p50, p95, p99, max }]) => [
      name,
      formatQuantity(count, 'count'),
      ...[mean, p50, p95, p99, max].map((time) => formatTime(time, count)),
    ]),
  })
}

/** A duration, or `-` when it was never measured. */
export function formatTime(durationMs: number, count: number): string {
  return count > 0 ? formatQuantity(durationMs, 'duration') : '-'
}

function statusTable({ requests }: RunResult): Html {
  const codes = sorted(requests.byStatus)
  const responses = codes.reduce((sum, [, count]) => sum + count, 0)
  return tableHtml({
    caption: 'Responses by HTTP status',
    columns: ['status', 'responses', 'share'],
    rows: codes.map(([status, count]) => [
      status,
      formatQuantity(count, 'count'),
      formatRatio(count / responses),
    ]),
  })
}

function errorTable({ requests, processes }: RunResult): Html {
  const rows = [
    ...sorted(requests.byCode).map(([code, count]) => hCodeRow(code, count)),
    ...processes.flatMap(({ type, byCode }) =>
      sorted(byCode).map(([code, count]) => rCodeRow(code, count, type)),
    ),
  ]
  if (rows.length === 0) return html`<p>No H-code and no R-code occurred.</p>`
  return tableHtml({
    caption: 'Errors by code',
    columns: ['code', 'count', 'from', 'description', 'when', 'blame'],
    words: ['from', 'description', 'when', 'blame'],
    rows,
  })
}

function hCodeRow(code: string, count: number): string[] {
  const entry = new Map(Object.entries(H_CODES)).get(code)
  const { description = '', when = '', blame = '' } = entry ?? {}
  return [code, formatQuantity(count, 'count'), 'router', description, when, blame]
}

/** Dyno errors are known by their log line: `Error R12 (Exit timeout) -> At least one ...`. */
function rCodeRow(code: string, count: number, type: string): string[] {
  const line = new Map(Object.entries(R_CODES)).get(code) ?? ''
  const [, description = '', when = ''] = /\((.*?)\)(?: -> (.*))?$/.exec(line) ?? []
  return [code, formatQuantity(count, 'count'), type, description, when, '']
}

function sorted(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))
}
