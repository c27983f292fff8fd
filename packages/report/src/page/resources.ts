import type { RunResult } from '@celadon/platform'
import { type Html, html } from '../html.js'
import { formatQuantity, formatUsd } from '../quantity.js'
import { formatTime, latencyTable } from './requests.js'
import { tableHtml } from './table.js'

/** What the process types did. */
export function processSection({ processes }: RunResult): Html {
  if (processes.length === 0) return html``
  return html`
<section>
<h2>Processes</h2>
${tableHtml({
  caption: 'Dynos by process type',
  columns: [
    'type',
    'program',
    'dynos',
    'slots',
    'busy',
    'CPU',
    'mean queue',
    'max queue',
    'starts',
    'crashes',
    'max memory',
    'quota',
  ],
  words: ['program'],
  rows: processes.map((process) => [
    process.type,
    process.program,
    `${formatQuantity(process.quantity, 'count')} x ${process.size}`,
    formatQuantity(process.slots, 'count'),
    formatQuantity(process.utilization, 'share'),
    formatQuantity(process.cpuUtilization, 'share'),
    formatQuantity(process.meanWaiting, 'count'),
    formatQuantity(process.maxWaiting, 'count'),
    formatQuantity(process.starts, 'count'),
    formatQuantity(process.crashes, 'count'),
    formatQuantity(process.memoryMaxMb, 'memory'),
    formatQuantity(process.memoryQuotaMb, 'memory'),
  ]),
})}
</section>`
}

/** What became of the background jobs. */
export function jobSection({ jobs }: RunResult): Html {
  if (jobs.length === 0) return html``
  const outcomes = tableHtml({
    caption: 'Jobs by library',
    columns: [
      'library',
      'enqueued',
      'done',
      'failed',
      'lost',
      'running',
      'waiting',
      'max waiting',
      'retries',
    ],
    rows: jobs.map((job) => [
      job.queue,
      ...[
        job.enqueued,
        job.done,
        job.failed,
        job.lost,
        job.running,
        job.waiting,
        job.maxWaiting,
        job.retries,
      ].map((count) => formatQuantity(count, 'count')),
    ]),
  })
  const times = latencyTable(
    'Time until the first attempt, and of an attempt',
    jobs.flatMap(({ queue, latency, service }) => [
      [`${queue} wait`, latency] as const,
      [`${queue} service`, service] as const,
    ]),
  )
  return html`<section><h2>Jobs</h2>${outcomes}${times}</section>`
}

/** What the add-ons had to do. */
export function addOnSection({ addOns }: RunResult): Html {
  if (addOns.length === 0) return html``
  return html`
<section>
<h2>Add-ons</h2>
${tableHtml({
  caption: 'Calls to add-ons',
  columns: ['add-on', 'plan', 'a month', 'calls', 'errors', 'mean', 'p95', 'p99', 'max', 'gauges'],
  words: ['plan', 'gauges'],
  rows: addOns.map(
    ({ attachment, service, plan, usdPerMonth, calls, errors, latency, gaugesMax }) => [
      attachment,
      `${service}:${plan}`,
      formatUsd(usdPerMonth),
      formatQuantity(calls, 'count'),
      formatQuantity(errors, 'count'),
      ...[latency.mean, latency.p95, latency.p99, latency.max].map((time) =>
        formatTime(time, latency.count),
      ),
      Object.entries(gaugesMax)
        .map(([name, value]) => `${name} up to ${formatQuantity(value, 'count')}`)
        .join(', '),
    ],
  ),
})}
</section>`
}

/** The bill for the simulated time. */
export function costSection({ cost }: RunResult): Html {
  return html`
<section>
<h2>Cost</h2>
${tableHtml({
  caption: 'Cost of the simulated time',
  columns: ['item', 'hours', 'price'],
  rows: cost.items.map(({ what, hours, usd }) => [
    what,
    formatQuantity(hours, 'count'),
    formatUsd(usd),
  ]),
  footer: ['Total', '', formatUsd(cost.totalUsd)],
})}
</section>`
}
