import { GENERATIONS, type Generation } from '@celadon/contracts'
import * as z from 'zod'
import { type AlertEntry, alertEntry } from './alerts.js'
import type { SourceDocument } from './document.js'
import { type DynosEntry, dynosEntry } from './dynos.js'
import { type EndpointEntry, endpointEntry } from './endpoint.js'
import { type EventEntry, eventEntry } from './event.js'
import { type LogsEntry, logsEntry } from './logs.js'
import type { Problems } from './problems.js'
import { type RouterEntry, routerEntry } from './routing.js'
import { PREDICATE, readAs } from './schema.js'
import { parseDuration } from './time.js'
import { date, duration, name, share, timeOfDay } from './values.js'
import { type ServerEntry, serverEntry } from './web-server.js'
import { type WorkEntry, work } from './work-entry.js'
import { type WorkloadEntry, workloadEntry } from './workload.js'

/** What `celadon.yml` says, with times in milliseconds. What is missing was not said. */
export interface CeladonYml {
  readonly start?: number | undefined
  readonly duration?: number | undefined
  readonly seed?: string | number | undefined
  readonly generation?: Generation | undefined
  readonly server?: ServerEntry | undefined
  readonly router?: RouterEntry | undefined
  readonly dynos?: DynosEntry | undefined
  readonly processes?: Readonly<Record<string, ProcessEntry>> | undefined
  readonly workload?: WorkloadEntry | undefined
  readonly endpoints?: readonly EndpointEntry[] | undefined
  readonly jobs?: readonly JobEntry[] | undefined
  readonly clock?: readonly ClockEntry[] | undefined
  readonly scheduler?: readonly SchedulerEntry[] | undefined
  readonly tasks?: readonly TaskEntry[] | undefined
  readonly events?: readonly EventEntry[] | undefined
  readonly alerts?: readonly AlertEntry[] | undefined
  readonly logs?: LogsEntry | undefined
}

export interface ProcessEntry {
  readonly runs: 'delayed_job' | 'resque' | 'clock' | 'idle'
  readonly queues?: readonly string[] | undefined
  readonly boot?: number | undefined
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

const processEntry = z.strictObject({
  runs: z.enum(['delayed_job', 'resque', 'clock', 'idle']),
  queues: z.array(name).min(1).optional(),
  boot: duration.optional(),
})

const schema: z.ZodType<CeladonYml> = z
  .strictObject({
    start: date.optional().meta({ description: 'First day, UTC.' }),
    duration: duration.optional(),
    seed: z.union([name, z.int()], { error: 'text or a whole number' }).optional(),
    generation: z.enum(GENERATIONS).optional(),
    server: serverEntry.optional(),
    router: routerEntry.optional(),
    dynos: dynosEntry.optional(),
    processes: z.record(name, processEntry).optional(),
    workload: workloadEntry.optional(),
    endpoints: z.array(endpointEntry).min(1).optional(),
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
    events: z.array(eventEntry).optional(),
    alerts: z.array(alertEntry).optional(),
    logs: logsEntry.optional(),
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
