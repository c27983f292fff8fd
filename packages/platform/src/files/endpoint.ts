import type { Step, WebSocketUse } from '@celadon/contracts'
import * as z from 'zod'
import { PLACEHOLDERS, unknownPlaceholders } from '../printed-line.js'
import { PREDICATE } from './schema.js'
import { amount, concurrency, duration, name, share } from './values.js'
import { type WorkEntry, work } from './work-entry.js'

/** One of `endpoints` in `celadon.yml`, with times in milliseconds. */
export interface EndpointEntry extends WorkEntry {
  readonly path: string
  readonly method?: string | undefined
  readonly weight?: number | undefined
  readonly bytes?: number | undefined
  readonly chunks?: number | undefined
  readonly request_bytes?: number | undefined
  readonly websocket?: WebSocketEntry | undefined
  readonly prints?: readonly string[] | undefined
  readonly enqueues?: Readonly<Record<string, number>> | undefined
}

interface WebSocketEntry {
  readonly length: number
  readonly client_every?: number | undefined
  readonly dyno_every?: number | undefined
}

/** A line of the log with placeholders. */
const template = name.check(({ value, issues }) => {
  const [unknown] = unknownPlaceholders(value)
  if (unknown === undefined) return
  const accepted = PLACEHOLDERS.map((known) => `{${known}}`).join(', ')
  const message = `has the placeholder {${unknown}}; accepted: ${accepted}`
  issues.push({ code: 'custom', message, input: value, params: PREDICATE })
})

export const endpointEntry: z.ZodType<EndpointEntry> = z.strictObject({
  path: z.string({ error: 'a path that begins with /' }).regex(/^\/\S*$/),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).optional(),
  weight: z.number({ error: 'a number above 0' }).gt(0).optional(),
  bytes: amount.optional(),
  chunks: concurrency.optional().meta({
    description: 'Parts in which the response is streamed, evenly over the service time.',
  }),
  request_bytes: amount.optional().meta({ description: "Size of the request's body." }),
  websocket: z
    .strictObject({
      length: duration,
      client_every: duration.optional(),
      dyno_every: duration.optional(),
    })
    .optional()
    .meta({
      description: 'Opens a WebSocket: its length, and the time between messages of each side.',
    }),
  prints: z.array(template).optional().meta({ description: 'Lines that it prints per request.' }),
  enqueues: z
    .record(name, share)
    .optional()
    .meta({ description: 'Jobs it enqueues: the probability by job name.' }),
  ...work,
})

/** The WebSocket of an endpoint; a side that says nothing about its messages sends none. */
export function webSocketUse({ length, client_every, dyno_every }: WebSocketEntry): WebSocketUse {
  return {
    lengthMs: length,
    clientEveryMs: client_every ?? Number.POSITIVE_INFINITY,
    dynoEveryMs: dyno_every ?? Number.POSITIVE_INFINITY,
  }
}

/**
 * The steps of work whose response is streamed in as many parts of equal duration, and of equal size
 * but for the byte that does not divide.
 */
export function streamed(steps: readonly Step[], chunks: number, bytes: number): readonly Step[] {
  const part: Step[] = steps.map((step) =>
    'share' in step ? { ...step, share: step.share / chunks } : step,
  )
  const sentBy = (count: number): number => Math.floor((bytes * count) / chunks)
  return Array.from({ length: chunks }, (_, index): Step[] => [
    ...part,
    { type: 'send', bytes: sentBy(index + 1) - sentBy(index) },
  ]).flat()
}
