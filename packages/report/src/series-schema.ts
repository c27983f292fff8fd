import { amount, count, dictionary, type JsonSchema, list, record } from './json-schema.js'

const VALUE: JsonSchema = { type: 'number', minimum: 0 }
const VALUE_OR_NULL: JsonSchema = { anyOf: [VALUE, { type: 'null' }] }

/** Schema of the time series of a result. */
export const seriesSchema: JsonSchema = record(
  'Time series in columns: entry i belongs to the interval that starts at i * intervalMs.',
  {
    intervalMs: amount('Length of an interval.'),
    length: count('Number of intervals, and of entries in each column.'),
    arrivalsPerSecond: column('Requests that reached the router, per second.'),
    servedPerSecond: column('Requests answered by the app with a status below 500, per second.'),
    failedPerSecond: column('Requests ended by an H-code or a status from 500, per second.'),
    totalP50: latencyColumn('Median of the total time.'),
    totalP95: latencyColumn('95th percentile of the total time.'),
    totalP99: latencyColumn('99th percentile of the total time.'),
    serviceP50: latencyColumn('Median of the service time.'),
    queueP95: latencyColumn('95th percentile of the time from arrival until a process took it up.'),
    requestsWaiting: column('Requests waiting in the router and on web dynos, at the end.'),
    byCode: columns('Failures by H-code.'),
    dynosUp: columns('Dynos up, by process type.'),
    memoryMb: columns('Mean memory of a dyno in MB, by process type.'),
    utilization: columns('Share of slots that was busy, 0 to 1, by process type.'),
    jobsWaiting: columns('Jobs waiting at the end, by job library.'),
    jobsDone: columns('Jobs done in the interval, by job library.'),
  },
)

function column(description: string): JsonSchema {
  return list(description, VALUE)
}

function latencyColumn(description: string): JsonSchema {
  return list(
    `${description} In milliseconds; null in an interval without requests.`,
    VALUE_OR_NULL,
  )
}

function columns(description: string): JsonSchema {
  return dictionary(description, { type: 'array', items: VALUE })
}
