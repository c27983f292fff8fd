import type { LatencySummary, RunResult } from '@celadon/platform'
import { type Html, html } from '../html.js'
import { formatLength, formatMinute, formatSpan, startEpochMs } from '../period.js'
import { formatQuantity, formatRatio, formatUsd, type Unit } from '../quantity.js'

/** Which run this is. */
export function title({ app }: RunResult): Html {
  const startMs = startEpochMs(app)
  const period = `${formatMinute(startMs)} to ${formatMinute(startMs + app.durationMs)} UTC`
  return html`
<header>
<h1>${app.name}</h1>
<p>${period} (${formatLength(app)}) · ${app.generation} · seed ${app.seed}</p>
</header>`
}

/** The figures that one looks for first. */
export function headline({ app, requests, latency, cost }: RunResult): Html {
  const { service, queue } = latency
  const figures = [
    entry(
      'Served',
      formatRatio(requests.served / (requests.served + requests.failed)),
      `${formatQuantity(requests.failed, 'count')} of ${formatQuantity(requests.arrived, 'count')} failed`,
    ),
    entry(
      'Requests',
      formatQuantity(requests.meanPerSecond, 'rate'),
      `peak ${formatQuantity(requests.peakPerSecond, 'rate')}`,
    ),
    entry(
      'Service time',
      service.count > 0 ? formatQuantity(service.p50, 'duration') : '-',
      service.count > 0 ? `median; p95 ${formatQuantity(service.p95, 'duration')}` : 'not measured',
    ),
    entry(
      'Queue time',
      queue.count > 0 ? formatQuantity(queue.p95, 'duration') : '-',
      queue.count > 0 ? `p95; p99 ${formatQuantity(queue.p99, 'duration')}` : 'not measured',
    ),
    entry('Cost', formatUsd(cost.totalUsd), `for ${formatSpan(app.durationMs)}`),
  ]
  return html`
<section aria-label="Headline figures">
<dl class="headline">${figures}</dl>
</section>`
}

/** Two sentences that keep apart what one request and what all of them experience. */
export function verdict(result: RunResult): Html {
  return html`
<section class="verdict" aria-label="Performance and scalability">
<p><strong>Performance</strong> is how fast one request is served. ${performance(result)}</p>
<p><strong>Scalability</strong> is how many are served well. ${scalability(result)}</p>
</section>`
}

function performance({ latency: { service } }: RunResult): string {
  if (service.count === 0) return 'No process took up a request, so no service time was measured.'
  const [p50, p95] = [unbroken(service.p50, 'duration'), unbroken(service.p95, 'duration')]
  return `Once a process had taken it up, half of the requests were through in ${p50}; one in twenty took longer than ${p95}.`
}

function scalability({ app, requests, latency: { queue }, series }: RunResult): string {
  const ended = requests.served + requests.failed
  if (ended === 0) return 'No request ended, so nothing can be said about it.'
  const perSecond = app.durationMs > 0 ? requests.served / (app.durationMs / 1000) : 0
  const served = `${formatRatio(requests.served / ended)} of the requests were served, ${unbroken(perSecond, 'rate')} on average`
  const waited = queue.count > 0 ? waits(queue) : 'none reached a process'
  const mostWaiting = series.requestsWaiting.reduce((a, b) => Math.max(a, b), 0)
  return `${served}; ${waited}, and up to ${unbroken(mostWaiting, 'count')} were seen waiting at once.`
}

function waits({ p95, p99 }: LatencySummary): string {
  const longest = `one in a hundred longer than ${unbroken(p99, 'duration')}`
  if (p99 < 1) return 'hardly any had to wait for a process'
  if (p95 < 1) return `nineteen in twenty did not have to wait for a process, ${longest}`
  return `one in twenty waited longer than ${unbroken(p95, 'duration')} for a process, ${longest}`
}

/** A quantity that no line break parts from its unit. */
function unbroken(value: number, unit: Unit): string {
  return formatQuantity(value, unit).replace(' ', '\u00a0')
}

function entry(term: string, figure: string, remark: string): Html {
  return html`<div><dt>${term}</dt><dd>${figure}</dd><dd class="note">${remark}</dd></div>
`
}
