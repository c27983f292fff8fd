import { amount, count, dictionary, type JsonSchema, list, record, text } from './json-schema.js'

const NUMBER: JsonSchema = { type: 'number' }
const VALUE: JsonSchema = { type: 'number', minimum: 0 }
const VALUE_OR_NULL: JsonSchema = { anyOf: [VALUE, { type: 'null' }] }
const COUNT: JsonSchema = { type: 'integer', minimum: 0 }

const process = record('What the dynos of a process type use; null where none reported.', {
  quotaMb: amount('Memory quota of one dyno, in MB.'),
  loadMean: gaps('One-minute load average, mean over the samples.'),
  loadMax: gaps('One-minute load average, maximum over the samples.'),
  totalMeanMb: gaps('Memory, rss and swap together: mean.'),
  totalMaxMb: gaps('Memory, rss and swap together: maximum.'),
  rssMeanMb: gaps('Memory that is not swapped: mean.'),
  rssMaxMb: gaps('Memory that is not swapped: maximum.'),
  swapMeanMb: gaps('Swap: mean.'),
  swapMaxMb: gaps('Swap: maximum.'),
})

const view = record(
  'One view in columns: entry i belongs to the interval that starts at startMs + i * resolutionMs.',
  {
    window: oneOf('How far back it reaches.', ['2h', '24h', '72h', '7d']),
    resolutionMs: amount('Length of an interval.'),
    startMs: amount('Virtual time at which the first interval starts.'),
    length: count('Number of intervals, and of entries in each column.'),
    responseTime: record("The router's service= in milliseconds; null without requests.", {
      p50: gaps('Median.'),
      p95: gaps('95th percentile.'),
      p99: gaps('99th percentile.'),
      max: gaps('Maximum.'),
    }),
    throughput: dictionary('Requests per minute by status class.', { type: 'array', items: VALUE }),
    errors: dictionary('Errors by H- and R-code, lost messages of the log by L-code.', {
      type: 'array',
      items: COUNT,
    }),
    processes: dictionary('By process type.', process),
  },
)

const alert = record('A threshold that was exceeded for as long as its sensitivity asks.', {
  type: oneOf('What was watched.', ['response-time', 'failed-requests']),
  threshold: amount('Milliseconds, or a share from 0 to 1.'),
  raisedAtMs: amount('Virtual time at which it was raised.'),
  endedAtMs: { description: 'Null when it had not ended with the run.', ...VALUE_OR_NULL },
  worst: amount('Worst value of a minute while it lasted.'),
  notifications: count('Mails that were sent: the first and its reminders.'),
})

const custom = record("A metric that the app's lines tell, by the conventions of l2met.", {
  name: text('For example db.latency.'),
  type: oneOf('What is done with its values.', ['measure', 'count', 'sample']),
  source: text('source= of the lines; empty when they had none.'),
  unit: text('What stands right after the number, such as ms.'),
  count: count('Lines that had it.'),
  sum: described('Sum of the values.'),
  min: described('Smallest value.'),
  max: described('Greatest value.'),
  p50: described('Median of a measure.'),
  p95: described('95th percentile of a measure.'),
  p99: described('99th percentile of a measure.'),
  last: described('Last value.'),
})

/** Schema of the metrics page of a result. */
export const metricsSchema: JsonSchema = record("What Heroku's metrics page shows of the app.", {
  views: list('The views, shortest first; each covers the end of the run.', view),
  alerts: list('Alerts in order of time.', alert),
  custom: list("What the app's own lines measured over the whole run.", custom),
})

function gaps(description: string): JsonSchema {
  return list(description, VALUE_OR_NULL)
}

function described(description: string): JsonSchema {
  return { description, ...NUMBER }
}

function oneOf(description: string, words: readonly string[]): JsonSchema {
  return { description, type: 'string', enum: words }
}
