import type { RatePoint } from '@celadon/kernel'
import * as z from 'zod'
import { type ClientsEntry, clientKeys } from './clients.js'
import {
  amount,
  duration,
  exactlyOneOf,
  goesWith,
  inOrderOfTime,
  name,
  timeOfDay,
} from './values.js'

/** `workload` of `celadon.yml`, with times in milliseconds. */
export interface WorkloadEntry extends ClientsEntry {
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

const spike = z
  .strictObject({
    at: timeOfDay,
    for: duration,
    times: amount.optional().meta({ description: 'Multiplies the rate.' }),
    add_per_second: amount.optional().meta({ description: 'Adds to the rate.' }),
  })
  .check(exactlyOneOf(['times', 'add_per_second']))

export const workloadEntry: z.ZodType<WorkloadEntry> = z
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
    ...clientKeys,
  })
  .check(exactlyOneOf(['rate', 'trace', 'users']))
  .check(goesWith('think', ['users']))
  .check(goesWith('spikes', ['rate', 'trace']))
  .check(goesWith('sessions', ['rate', 'trace']))
