import * as z from 'zod'
import { exactlyOneOf, name, quantity, timeOfDay } from './values.js'

/** One of `events` in `celadon.yml`, with times in milliseconds. */
export interface EventEntry {
  readonly at: number
  readonly deploy?: string | undefined
  readonly crash?: string | undefined
  readonly restart?: 'all' | undefined
  readonly scale?: Readonly<Record<string, number>> | undefined
  readonly fail_host?: string | undefined
  readonly restart_router?: number | undefined
  readonly maintenance?: 'on' | 'off' | undefined
}

const dyno: z.ZodType<string> = z
  .string({ error: 'a dyno such as web.1' })
  .regex(/^[A-Za-z0-9_-]+\.[1-9]\d{0,5}$/)

export const eventEntry: z.ZodType<EventEntry> = z
  .strictObject({
    at: timeOfDay,
    deploy: z
      .string({ error: 'the commit: 7 to 40 hexadecimal digits, in quotes' })
      .regex(/^[0-9a-f]{7,40}$/)
      .optional(),
    crash: dyno.optional(),
    restart: z.literal('all').optional(),
    scale: z.record(name, quantity).optional(),
    fail_host: dyno.optional().meta({ description: 'The host on which this dyno runs fails.' }),
    restart_router: z
      .int({ error: 'the number of a router, from 0' })
      .min(0)
      .optional()
      .meta({ description: 'This router is replaced; what it has open ends as H24.' }),
    maintenance: z.enum(['on', 'off']).optional(),
  })
  .check(
    exactlyOneOf([
      'deploy',
      'crash',
      'restart',
      'scale',
      'fail_host',
      'restart_router',
      'maintenance',
    ]),
  )
