import type { ClientLink } from '@celadon/contracts'
import type { Distribution } from '@celadon/kernel'
import type { UserPoint } from '@celadon/router'
import * as z from 'zod'
import type { Workload } from '../app.js'
import { repeatDaily } from './traffic.js'
import {
  concurrency,
  count,
  duration,
  inOrderOfTime,
  percentage,
  serviceTime,
  share,
  speed,
  timeOfDay,
} from './values.js'

/** How clients behave, as `workload` of `celadon.yml` says it, with times in milliseconds. */
export interface ClientsEntry {
  readonly users?: readonly UserPoint[] | undefined
  readonly think?: Distribution | undefined
  readonly sessions?: number | undefined
  readonly patience?: Distribution | undefined
  readonly link?: LinkEntry | undefined
  readonly retries?: RetriesEntry | undefined
  readonly hedge?: HedgeEntry | undefined
}

interface LinkEntry {
  readonly down?: number | undefined
  readonly up?: number | undefined
}

interface RetriesEntry {
  readonly attempts?: number | undefined
  readonly backoff: number
  readonly factor?: number | undefined
  readonly max?: number | undefined
  readonly jitter?: number | undefined
  readonly budget?: number | undefined
}

interface HedgeEntry {
  readonly after: number
  readonly copies?: number | undefined
}

const userCount = z.int({ error: 'a whole number from 0 to 1000000' }).min(0).max(1_000_000)

const userPoint = z
  .strictObject({ at: timeOfDay, users: userCount })
  .transform(({ at, users }): UserPoint => ({ atMs: at, users }))

const users: z.ZodType<readonly UserPoint[], unknown> = z.union(
  [
    count.transform((number) => [{ atMs: 0, users: number }]),
    z.array(userPoint).min(1).check(inOrderOfTime),
  ],
  { error: 'a whole number from 1 to 1000000, or a list of { at, users }' },
)

const link = z.strictObject({
  down: speed.optional().meta({ description: 'Speed of responses to the client.' }),
  up: speed.optional().meta({ description: 'Speed of request bodies from the client.' }),
})

const retries = z.strictObject({
  attempts: concurrency.optional().meta({ description: 'At most, the first one included.' }),
  backoff: duration.meta({ description: 'Pause before the second attempt.' }),
  factor: z.number({ error: 'a number from 1 to 1000' }).min(1).max(1000).optional(),
  max: duration.optional().meta({ description: 'No pause is longer.' }),
  jitter: share
    .optional()
    .meta({ description: 'Share of a pause that is left to chance, 0 to 1.' }),
  budget: percentage.optional().meta({ description: 'Retries that each request earns.' }),
})

const hedge = z.strictObject({
  after: duration.meta({ description: 'Time without an answer after which a copy is sent.' }),
  copies: concurrency.optional().meta({ description: 'At most, the first request not counted.' }),
})

/** Keys of `workload` that say how clients behave. */
export const clientKeys: {
  readonly [Key in keyof ClientsEntry]-?: z.ZodType<ClientsEntry[Key], unknown>
} = {
  users: users.optional().meta({ description: 'Users who wait for their answers.' }),
  think: serviceTime
    .optional()
    .meta({ description: "From an answer until the same user's next request." }),
  sessions: count.optional().meta({ description: 'Browsers that the requests come from.' }),
  patience: serviceTime
    .optional()
    .meta({ description: 'Time after which a client leaves without an answer.' }),
  link: link.optional(),
  retries: retries.optional(),
  hedge: hedge.optional(),
}

/** How clients behave, as far as `celadon.yml` says it. */
export function readClients(
  entry: ClientsEntry,
  durationMs: number,
): Omit<Workload, 'rate' | 'endpoints'> {
  const { think, sessions, patience, link: described } = entry
  return {
    ...(entry.users === undefined
      ? {}
      : {
          users: {
            users: repeatDaily(entry.users, durationMs),
            ...(think === undefined ? {} : { thinkMs: think }),
          },
        }),
    ...(sessions === undefined ? {} : { sessions }),
    ...(patience === undefined ? {} : { patienceMs: patience }),
    ...(described === undefined ? {} : { link: linkOf(described) }),
    ...(entry.retries === undefined ? {} : { retries: retriesOf(entry.retries) }),
    ...(entry.hedge === undefined ? {} : { hedge: hedgeOf(entry.hedge) }),
  }
}

function linkOf({ down, up }: LinkEntry): ClientLink {
  return {
    uploadBytesPerMs: up ?? Number.POSITIVE_INFINITY,
    downloadBytesPerMs: down ?? Number.POSITIVE_INFINITY,
  }
}

function retriesOf(entry: RetriesEntry): NonNullable<Workload['retries']> {
  const { attempts, backoff, factor, max, jitter, budget } = entry
  return {
    ...(attempts === undefined ? {} : { attemptsMax: attempts }),
    backOff: {
      firstMs: backoff,
      ...(factor === undefined ? {} : { factor }),
      ...(max === undefined ? {} : { maxMs: max }),
      ...(jitter === undefined ? {} : { jitter }),
    },
    ...(budget === undefined ? {} : { budget: { ratio: budget } }),
  }
}

function hedgeOf({ after, copies }: HedgeEntry): NonNullable<Workload['hedge']> {
  return { afterMs: after, ...(copies === undefined ? {} : { hedgesMax: copies }) }
}
