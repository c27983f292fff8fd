import type { ConsumerOutage, DeliveryOptions, LogplexOutage, RequestLines } from '@celadon/logplex'
import * as z from 'zod'
import type { DrainDescription, Logging } from '../app.js'
import type { AppFiles } from './app-files.js'
import { PREDICATE } from './schema.js'
import { count, duration, timeOfDay } from './values.js'

/** `logs` of `celadon.yml`, with times in milliseconds. */
export interface LogsEntry {
  readonly requests?: RequestLines | undefined
  readonly lines_per_minute?: number | undefined
  readonly drains?: readonly DrainEntry[] | undefined
  readonly delivery?: DeliveryEntry | undefined
}

interface DrainEntry {
  readonly url: string
  readonly messages_per_second?: number | undefined
  readonly connect?: number | undefined
  readonly answer?: number | undefined
  readonly status?: number | undefined
  readonly trusted?: boolean | undefined
  readonly outages?: readonly DrainOutage[] | undefined
}

interface DeliveryEntry {
  readonly round_trip?: number | undefined
  readonly lines_per_second?: number | undefined
  readonly outages?: readonly DeliveryOutage[] | undefined
}

interface OutageTime {
  readonly at: number
  readonly for: number
}

interface DrainOutage extends OutageTime {
  readonly manner?: ConsumerOutage['manner'] | undefined
}

interface DeliveryOutage extends OutageTime {
  readonly answer?: LogplexOutage['answer'] | undefined
}

const DRAIN_FORM =
  'a URL such as syslog://host:port, syslog+tls://host:port or https://user:password@host/path'
const DRAIN_URL =
  /^(?:syslog(?:\+tls)?:\/\/[\w.-]+(?::\d{1,5})?\/?|https?:\/\/(?:[^/@\s]*@)?[\w.-]+(?::\d{1,5})?(?:\/\S*)?)$/
const DRAINS_MAX = 5

const perSecond = z.number({ error: 'a number above 0' }).gt(0).max(1_000_000_000)

/** Longer posts time out. Source: log-shuttle's source. */
function belowTimeOut({ value, issues }: z.core.ParsePayload<number>): void {
  if (value < 5000) return
  const message = 'is 5s or more; accepted: a duration below 5s'
  issues.push({ code: 'custom', message, input: value, params: PREDICATE })
}

function apart({ value, issues }: z.core.ParsePayload<readonly OutageTime[]>): void {
  for (const [index, { at }] of value.entries()) {
    const before = value[index - 1]
    if (before === undefined || at >= before.at + before.for) continue
    const message = 'is before the end of the entry above it; outages are in order and apart'
    issues.push({ code: 'custom', message, input: value, path: [index, 'at'], params: PREDICATE })
  }
}

const drain = z.strictObject({
  url: z.string({ error: DRAIN_FORM }).regex(DRAIN_URL),
  messages_per_second: perSecond
    .optional()
    .meta({ description: 'How many messages the consumer takes.' }),
  connect: duration.optional().meta({ description: 'Time that a connection takes.' }),
  answer: duration.optional().meta({ description: 'Time from the work on a batch to its answer.' }),
  status: z
    .int({ error: 'an HTTP status from 200 to 599' })
    .min(200)
    .max(599)
    .optional()
    .meta({ description: 'What the consumer answers to a batch over HTTPS.' }),
  trusted: z.boolean().optional().meta({ description: 'Whether its certificate is good (L14).' }),
  outages: z
    .array(
      z.strictObject({
        at: timeOfDay,
        for: duration,
        manner: z.enum(['refuses', 'silent']).optional(),
      }),
    )
    .check(apart)
    .optional(),
})

const delivery = z.strictObject({
  round_trip: duration
    .check(belowTimeOut)
    .optional()
    .meta({ description: 'Time of a post to logplex and its answer.' }),
  lines_per_second: perSecond
    .optional()
    .meta({ description: 'Lines of this app that logplex works through.' }),
  outages: z
    .array(
      z.strictObject({
        at: timeOfDay,
        for: duration,
        answer: z.enum(['none', 'closed', 'error']).optional(),
      }),
    )
    .check(apart)
    .optional(),
})

export const logsEntry: z.ZodType<LogsEntry> = z.strictObject({
  requests: z
    .enum(['router', 'router+app'])
    .optional()
    .meta({ description: 'Who writes a line per request.' }),
  lines_per_minute: count
    .optional()
    .meta({ description: 'Lines that logplex takes in; only in bamboo-2010.' }),
  drains: z.array(drain).max(DRAINS_MAX).optional(),
  delivery: delivery
    .optional()
    .meta({ description: 'Lines go from dynos to logplex in batches, and can be lost.' }),
})

/** What becomes of the log, as far as `celadon.yml` says it. */
export function readLogs(entry: LogsEntry, files: AppFiles): Logging {
  const { requests, lines_per_minute, drains, delivery } = entry
  const { content, document } = files.celadonYml
  const { generation = 'router-2.0' } = content
  if (delivery !== undefined && (generation === 'bamboo-2010' || generation === 'cedar-2012')) {
    const predicate = `goes with a generation from common-runtime-2019 on, not ${generation}: log-shuttle came in 2013`
    files.problems.addAt(document, ['logs', 'delivery'], predicate, 'key')
  }
  if (lines_per_minute !== undefined && generation !== 'bamboo-2010') {
    const predicate = `goes with the generation bamboo-2010, not ${generation}: later there is no such limit`
    files.problems.addAt(document, ['logs', 'lines_per_minute'], predicate, 'key')
  }
  return {
    ...(requests === undefined ? {} : { requestLines: requests }),
    ...(lines_per_minute === undefined ? {} : { linesPerMinute: lines_per_minute }),
    ...(drains === undefined ? {} : { drains: drains.map(readDrain) }),
    ...(delivery === undefined ? {} : { delivery: readDelivery(delivery) }),
  }
}

function readDrain(entry: DrainEntry): DrainDescription {
  const { url, messages_per_second, connect, answer, status, trusted, outages = [] } = entry
  return {
    url,
    consumer: {
      ...(messages_per_second === undefined ? {} : { messagesPerSecond: messages_per_second }),
      ...(connect === undefined ? {} : { connectMs: connect }),
      ...(answer === undefined ? {} : { answerMs: answer }),
      ...(status === undefined ? {} : { status: () => status }),
      ...(trusted === undefined ? {} : { trusted }),
      outages: outages.map(({ at, for: lengthMs, manner }) => ({
        fromMs: at,
        toMs: at + lengthMs,
        ...(manner === undefined ? {} : { manner }),
      })),
    },
  }
}

function readDelivery({
  round_trip,
  lines_per_second,
  outages = [],
}: DeliveryEntry): DeliveryOptions {
  return {
    ...(round_trip === undefined ? {} : { roundTripMs: round_trip }),
    ...(lines_per_second === undefined ? {} : { linesPerSecond: lines_per_second }),
    outages: outages.map(({ at, for: lengthMs, answer }) => ({
      fromMs: at,
      toMs: at + lengthMs,
      ...(answer === undefined ? {} : { answer }),
    })),
  }
}
