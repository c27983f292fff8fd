import type { RunResult } from '@celadon/platform'
import { type Intervals, pointsOf, seconds, summary, totalsOf } from './columns.js'
import { counter, type Family, gauge, quantiles } from './family.js'

/** What became of the requests, over the whole run at the interval of its series. */
export function requestFamilies({ app, requests, latency, series }: RunResult): Family[] {
  const { intervalMs } = series
  const intervals: Intervals = { startMs: 0, intervalMs, endMs: app.durationMs }
  const counted = (perSecond: readonly number[], total: number) =>
    totalsOf(
      perSecond.map((rate) => (rate * intervalMs) / 1000),
      intervals,
      total,
    )
  const quantile = (name: string, column: readonly (number | null)[]) =>
    [name, pointsOf(column, intervals, seconds)] as const
  return [
    {
      name: 'requests',
      type: 'counter',
      help: 'Requests that reached the router.',
      samples: counter({}, counted(series.arrivalsPerSecond, requests.arrived)),
    },
    {
      name: 'requests_served',
      type: 'counter',
      help: 'Requests that got an answer of the app with a status below 500.',
      samples: counter({}, counted(series.servedPerSecond, requests.served)),
    },
    {
      name: 'requests_failed',
      type: 'counter',
      help: 'Requests that ended with an H-code or a status of 500 and more, or were refused for their form.',
      samples: counter({}, counted(series.failedPerSecond, requests.failed)),
    },
    {
      name: 'requests_waiting',
      type: 'gauge',
      help: 'Requests waiting in the router and on web dynos.',
      samples: gauge({}, pointsOf(series.requestsWaiting, intervals)),
    },
    {
      name: 'request_duration_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'From arrival at the router until the client has its answer or leaves, per interval.',
      samples: quantiles({}, [
        quantile('0.5', series.totalP50),
        quantile('0.95', series.totalP95),
        quantile('0.99', series.totalP99),
      ]),
    },
    {
      name: 'request_processing_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'From the moment a process takes a request up until it is through with it, per interval.',
      samples: quantiles({}, [quantile('0.5', series.serviceP50)]),
    },
    {
      name: 'request_queueing_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'From arrival at the router until a process takes the request up, per interval.',
      samples: quantiles({}, [quantile('0.95', series.queueP95)]),
    },
    {
      name: 'run_request_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'Durations over the whole run, as seen by the client (total), in line (queue) and in a process (service).',
      samples: (['total', 'queue', 'service'] as const).flatMap((part) =>
        summary({ part }, latency[part], app.durationMs),
      ),
    },
  ]
}
