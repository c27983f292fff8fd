import { amount, count, dictionary, type JsonSchema, list, record, text } from './json-schema.js'
import { metricsSchema } from './metrics-schema.js'
import { seriesSchema } from './series-schema.js'

const COUNT: JsonSchema = { type: 'integer', minimum: 0 }
const AMOUNT: JsonSchema = { type: 'number', minimum: 0 }
const TEXT: JsonSchema = { type: 'string' }

const app = record('Which run this is.', {
  name: text('Name of the app.'),
  generation: text('Generation of the platform, for example router-2.0.'),
  seed: text('The same seed and app give the same result, byte for byte.'),
  startedAt: {
    description: 'Calendar start of the run, UTC.',
    type: 'string',
    pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$',
  },
  durationMs: amount('Virtual time that was simulated.'),
  plannedDurationMs: amount('Virtual time that was to be simulated.'),
})

const requests = record('What became of the requests: arrived = served + failed + inFlight.', {
  arrived: count('Requests that reached the router.'),
  served: count('Requests that got an answer from the app with a status below 500.'),
  failed: count('Requests that ended with an H-code or a status from 500.'),
  inFlight: count('Requests without an answer when the run ended.'),
  meanPerSecond: amount('Arrivals a second over the whole run.'),
  peakPerSecond: amount('Arrivals a second in the busiest interval of the series.'),
  zombies: count('Requests that a dyno finished after the client had its error page.'),
  byStatus: dictionary('Responses by HTTP status.', COUNT),
  byCode: dictionary('Failures by H-code.', COUNT),
})

const clients = record(
  'What users came to: asks = succeeded + failed + open. Missing when each request is all that its user wants.',
  {
    asks: count('Things that users wanted.'),
    attempts: count('Requests that were sent for them.'),
    succeeded: count('Asks that came to a good answer.'),
    failed: count('Asks that were given up after an error.'),
    open: count('Asks without a final answer when the run ended.'),
    denied: count('Retries that were not made because the budget was spent.'),
    wasted: count('Answers that came after that of another copy.'),
    latency: latency('From the first request of an ask until its final answer.'),
  },
)

const process = record('A process type of the formation.', {
  type: text('For example web.'),
  program: text('What its dynos run, for example puma 2x5.'),
  size: text('Dyno size.'),
  quantity: count('Dynos at the end of the run.'),
  slots: count('Requests or jobs that all its dynos together can have under way.'),
  utilization: amount('Share of the slots that was busy while dynos were up, 0 to 1.'),
  cpuUtilization: amount('Share of CPU that was used, 0 to 1.'),
  meanWaiting: amount('Units of work that waited on its dynos, averaged over time.'),
  maxWaiting: count('Units of work that waited on its dynos at the same time at most.'),
  starts: count('Starts of dynos.'),
  crashes: count('Crashes of dynos.'),
  byCode: dictionary('Dyno errors by R-code.', COUNT),
  memoryMaxMb: amount('Highest memory of a dyno.'),
  memoryQuotaMb: amount('Memory that the dyno size offers.'),
})

const job = record('A job library: enqueued = done + failed + waiting + running + lost.', {
  queue: text('Name of the library.'),
  enqueued: count('Jobs that were enqueued.'),
  done: count('Jobs that were done.'),
  failed: count('Jobs that were given up after their last attempt.'),
  waiting: count('Jobs that wait for a worker or for their next attempt.'),
  running: count('Jobs under way.'),
  lost: count('Jobs that vanished with the process that ran them.'),
  retries: count('Failed attempts that were or will be made again.'),
  latency: latency('From enqueue until the first attempt begins.'),
  service: latency('Duration of an attempt.'),
  maxWaiting: count('Jobs that waited at the same time at most.'),
})

const addOn = record('An add-on of the app.', {
  attachment: text('Name under which the app calls it.'),
  service: text('For example heroku-postgresql.'),
  plan: text('For example standard-0.'),
  usdPerMonth: amount('Price of the plan.'),
  calls: count('Visits of requests and jobs.'),
  errors: count('Visits that ended with an error.'),
  latency: latency('Duration of a visit, waiting included.'),
  gauges: dictionary('What the model measures, at the end of the run.', { type: 'number' }),
  gaugesMax: dictionary('Highest sample of each gauge.', { type: 'number' }),
})

const drain = record(
  'A drain of the log, in messages: taken = delivered + dropped + unconfirmed + waiting.',
  {
    url: text('Without user and password.'),
    token: text('d. and a UUID.'),
    taken: count('Lines that logplex handed to the drain.'),
    delivered: count('Messages that its consumer took.'),
    dropped: count('Messages that were given up (L10).'),
    unconfirmed: count('Messages whose connection broke while they were sent.'),
    waiting: count('Messages in the buffer or being sent.'),
    connections: count('Connections that stood.'),
    failures: count('Attempts to connect that failed, and batches that were not taken.'),
  },
)

const log = record('What became of the log.', {
  lines: count('Lines that went through logplex.'),
  refused: count('Lines beyond the limit of the logging add-on.'),
  lostByCode: dictionary('Lost messages by L-code.', COUNT),
  drains: list('Drains of the app.', drain),
})

const cost = record('What the simulated time cost, in US dollars.', {
  items: list(
    'Dynos and add-ons.',
    record('One line of the bill.', {
      what: text('For example web: 8 x standard-2x.'),
      hours: amount('Hours that were paid for.'),
      usd: amount('Their price.'),
    }),
  ),
  totalUsd: amount('Sum of the items.'),
})

const mark = record('Something that happened at one moment.', {
  atMs: amount('Virtual time since the start of the run.'),
  type: {
    description: 'What kind of thing it was.',
    type: 'string',
    enum: ['release', 'crash', 'restart', 'scale', 'maintenance', 'fault', 'error', 'alert'],
  },
  label: text('For people.'),
})

/**
 * JSON Schema (draft 2020-12) of what `resultJson` writes. The order of its properties is the order
 * in the JSON text.
 */
export const resultSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Celadon run result',
  ...record(
    'Durations are in milliseconds, money in US dollars.',
    {
      schemaVersion: { description: 'Version of this schema.', type: 'integer', const: 1 },
      app,
      requests,
      clients,
      latency: record('Times of the requests.', {
        service: latency(
          'From the moment a process takes a request up until it is through with it.',
        ),
        queue: latency('From arrival at the router until a process takes the request up.'),
        total: latency('From arrival at the router until the client has its answer.'),
      }),
      processes: list('The formation.', process),
      jobs: list('Job libraries.', job),
      addOns: list('Add-ons.', addOn),
      log,
      cost,
      series: seriesSchema,
      metrics: metricsSchema,
      marks: list('What happened when, in order of time.', mark),
      assumptions: list('What the run took for granted because the input did not say.', TEXT),
    },
    ['clients'],
  ),
}

function latency(description: string): JsonSchema {
  return record(`${description} In milliseconds; zeros when count is 0.`, {
    count: COUNT,
    mean: AMOUNT,
    p50: AMOUNT,
    p95: AMOUNT,
    p99: AMOUNT,
    max: AMOUNT,
  })
}
