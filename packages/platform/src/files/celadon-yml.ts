import { GENERATIONS, type Generation } from '@celadon/contracts'
import type { Distribution, RatePoint } from '@celadon/kernel'
import * as z from 'zod'
import type { SourceDocument } from './document.js'
import type { Problems } from './problems.js'
import { PREDICATE, readAs } from './schema.js'
import { parseDuration } from './time.js'
import {
  amount,
  concurrency,
  count,
  date,
  duration,
  exactlyOneOf,
  name,
  quantity,
  serviceTime,
  share,
  timeOfDay,
} from './values.js'

/** What `celadon.yml` says, with times in milliseconds. What is missing was not said. */
export interface CeladonYml {
  readonly start?: number | undefined
  readonly duration?: number | undefined
  readonly seed?: string | number | undefined
  readonly generation?: Generation | undefined
  readonly server?: ServerEntry | undefined
  readonly processes?: Readonly<Record<string, ProcessEntry>> | undefined
  readonly workload?: WorkloadEntry | undefined
  readonly endpoints?: readonly EndpointEntry[] | undefined
  readonly jobs?: readonly JobEntry[] | undefined
  readonly clock?: readonly ClockEntry[] | undefined
  readonly scheduler?: readonly SchedulerEntry[] | undefined
  readonly tasks?: readonly TaskEntry[] | undefined
  readonly events?: readonly EventEntry[] | undefined
}

export interface ServerEntry {
  readonly name: 'puma' | 'unicorn' | 'thin'
  readonly workers?: number | undefined
  readonly threads?: number | undefined
  readonly boot?: number | undefined
}

export interface ProcessEntry {
  readonly runs: 'delayed_job' | 'resque' | 'clock' | 'idle'
  readonly queues?: readonly string[] | undefined
  readonly boot?: number | undefined
}

export interface WorkloadEntry {
  readonly rate?: readonly RatePoint[] | undefined
  readonly trace?: string | undefined
  readonly spikes?: readonly SpikeEntry[] | undefined
}

export interface SpikeEntry {
  readonly at: number
  readonly for: number
  readonly times?: number | undefined
  readonly add_per_second?: number | undefined
}

/** What a request or a job does. */
export interface WorkEntry {
  readonly service: Distribution
  readonly cpu?: number | undefined
  readonly calls?: Readonly<Record<string, number>> | undefined
}

export interface EndpointEntry extends WorkEntry {
  readonly path: string
  readonly method?: string | undefined
  readonly weight?: number | undefined
  readonly bytes?: number | undefined
  readonly enqueues?: Readonly<Record<string, number>> | undefined
}

export interface JobEntry extends WorkEntry {
  readonly name: string
  readonly library?: 'delayed_job' | 'resque' | undefined
  readonly queue?: string | undefined
  readonly priority?: number | undefined
  readonly failure_rate?: number | undefined
}

export interface ClockEntry {
  readonly job: string
  readonly every: number
}

export interface SchedulerEntry {
  readonly command: string
  readonly every: number
  readonly at?: number | undefined
}

/** What a one-off dyno does that runs this command. */
export interface TaskEntry extends WorkEntry {
  readonly command: string
}

export interface EventEntry {
  readonly at: number
  readonly deploy?: string | undefined
  readonly crash?: string | undefined
  readonly restart?: 'all' | undefined
  readonly scale?: Readonly<Record<string, number>> | undefined
}

const ratePoint = z
  .strictObject({
    at: timeOfDay,
    per_second: amount.optional(),
    per_minute: amount.optional(),
  })
  .check(exactlyOneOf(['per_second', 'per_minute']))
  .transform(
    ({ at, per_second, per_minute = 0 }): RatePoint => ({
      atMs: at,
      perSecond: per_second ?? per_minute / 60,
    }),
  )
  .meta({ description: 'A corner of the rate; between two corners it changes linearly.' })

function inOrderOfTime({ value, issues }: z.core.ParsePayload<readonly RatePoint[]>): void {
  for (const [index, { atMs }] of value.entries()) {
    const before = value[index - 1]
    if (before === undefined || !(atMs < before.atMs)) continue
    const message = 'is before the entry above it; the list is in order of time'
    issues.push({ code: 'custom', message, input: value, path: [index, 'at'], params: PREDICATE })
  }
}

const spike = z
  .strictObject({
    at: timeOfDay,
    for: duration,
    times: amount.optional().meta({ description: 'Multiplies the rate.' }),
    add_per_second: amount.optional().meta({ description: 'Adds to the rate.' }),
  })
  .check(exactlyOneOf(['times', 'add_per_second']))

const workload = z
  .strictObject({
    rate: z
      .array(ratePoint)
      .min(1, { error: 'a list of { at, per_second }' })
      .check(inOrderOfTime)
      .optional(),
    trace: name.optional().meta({
      description: 'A CSV file with the header time,requests: the requests from each time on.',
    }),
    spikes: z.array(spike).optional(),
  })
  .check(exactlyOneOf(['rate', 'trace']))

const work = {
  service: serviceTime.meta({ description: 'Time it takes with nobody else in the way.' }),
  cpu: share.optional().meta({ description: 'Share of the service time on the CPU, 0 to 1.' }),
  calls: z
    .record(name, count)
    .optional()
    .meta({ description: 'Operations by add-on: they take the rest of the service time.' }),
}

const endpoint = z.strictObject({
  path: z.string({ error: 'a path that begins with /' }).regex(/^\/\S*$/),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).optional(),
  weight: z.number({ error: 'a number above 0' }).gt(0).optional(),
  bytes: amount.optional(),
  enqueues: z
    .record(name, share)
    .optional()
    .meta({ description: 'Jobs it enqueues: the probability by job name.' }),
  ...work,
})

const job = z.strictObject({
  name,
  library: z.enum(['delayed_job', 'resque']).optional(),
  queue: name.optional(),
  priority: z.int().optional(),
  failure_rate: share.optional(),
  ...work,
})

/** clockwork looks at its entries once a second. */
const wholeSeconds = duration.check(({ value, issues }) => {
  if (Number.isInteger(value / 1000)) return
  issues.push({ code: 'custom', message: 'whole seconds', input: value })
})

/** Heroku Dev Center, "Heroku Scheduler": every 10 minutes, every hour or every day. */
const schedulerInterval = z
  .enum(['10m', '1h', '1d'])
  .transform((text) => parseDuration(text) ?? z.NEVER)

function insideInterval({ value, issues }: z.core.ParsePayload<SchedulerEntry>): void {
  if (value.at === undefined || value.at < value.every) return
  const message = 'is not inside the interval; it is a time since the interval began'
  issues.push({ code: 'custom', message, input: value, path: ['at'], params: PREDICATE })
}

const server = z.strictObject({
  name: z.enum(['puma', 'unicorn', 'thin']),
  workers: concurrency.optional(),
  threads: concurrency.optional(),
  boot: duration.optional(),
})

const processEntry = z.strictObject({
  runs: z.enum(['delayed_job', 'resque', 'clock', 'idle']),
  queues: z.array(name).min(1).optional(),
  boot: duration.optional(),
})

const event = z
  .strictObject({
    at: timeOfDay,
    deploy: z
      .string({ error: 'the commit: 7 to 40 hexadecimal digits, in quotes' })
      .regex(/^[0-9a-f]{7,40}$/)
      .optional(),
    crash: z
      .string({ error: 'a dyno such as web.1' })
      .regex(/^[A-Za-z0-9_-]+\.[1-9]\d{0,5}$/)
      .optional(),
    restart: z.literal('all').optional(),
    scale: z.record(name, quantity).optional(),
  })
  .check(exactlyOneOf(['deploy', 'crash', 'restart', 'scale']))

const schema: z.ZodType<CeladonYml> = z
  .strictObject({
    start: date.optional().meta({ description: 'First day, UTC.' }),
    duration: duration.optional(),
    seed: z.union([name, z.int()], { error: 'text or a whole number' }).optional(),
    generation: z.enum(GENERATIONS).optional(),
    server: server.optional(),
    processes: z.record(name, processEntry).optional(),
    workload: workload.optional(),
    endpoints: z.array(endpoint).min(1).optional(),
    jobs: z.array(job).optional(),
    clock: z.array(z.strictObject({ job: name, every: wholeSeconds })).optional(),
    scheduler: z
      .array(
        z
          .strictObject({ command: name, every: schedulerInterval, at: timeOfDay.optional() })
          .check(insideInterval),
      )
      .optional(),
    tasks: z.array(z.strictObject({ command: name, ...work })).optional(),
    events: z.array(event).optional(),
  })
  .meta({ title: 'celadon.yml', description: 'Traffic and work of a Heroku app, for Celadon' })

/** JSON Schema (draft 2020-12) of `celadon.yml`, for editors. */
export const celadonYmlSchema: Readonly<Record<string, unknown>> = z.toJSONSchema(schema, {
  io: 'input',
})

/** Reads the content of a `celadon.yml`; a file without any key says nothing and is fine. */
export function readCeladonYml(document: SourceDocument, problems: Problems): CeladonYml | null {
  return document.value === null ? {} : readAs(schema, document, problems)
}
