import * as z from 'zod'
import type { AlertReminder, AlertRule, AlertSensitivity } from '../metrics/alert-rule.js'
import { PREDICATE } from './schema.js'
import { duration, exactlyOneOf, percentage } from './values.js'

/** One of `alerts` in `celadon.yml`, with times in milliseconds. */
export interface AlertEntry {
  readonly response_time?: number | undefined
  readonly failed_requests?: number | undefined
  readonly for?: keyof typeof SENSITIVITY | undefined
  readonly remind?: keyof typeof REMINDER | undefined
}

const SENSITIVITY: Readonly<Record<'1m' | '5m' | '10m', AlertSensitivity>> = {
  '1m': 1,
  '5m': 5,
  '10m': 10,
}

const REMINDER: Readonly<Record<'never' | '5m' | '1h' | '1d', AlertReminder>> = {
  never: 'never',
  '5m': 'every-5-minutes',
  '1h': 'hourly',
  '1d': 'daily',
}

function belowAll({ value, issues }: z.core.ParsePayload<number>): void {
  if (value < 1) return
  const message = 'is all of them; accepted: a percentage below 100%'
  issues.push({ code: 'custom', message, input: value, params: PREDICATE })
}

export const alertEntry: z.ZodType<AlertEntry> = z
  .strictObject({
    response_time: duration
      .optional()
      .meta({ description: 'Watches the 95th percentile of service= of the router.' }),
    failed_requests: percentage
      .check(belowAll)
      .optional()
      .meta({ description: 'Watches the share of answers with a status from 500.' }),
    for: z
      .enum(['1m', '5m', '10m'])
      .optional()
      .meta({ description: 'How long it has to be exceeded.' }),
    remind: z.enum(['never', '5m', '1h', '1d']).optional(),
  })
  .check(exactlyOneOf(['response_time', 'failed_requests']))

/** The thresholds that are watched. */
export function readAlerts(entries: readonly AlertEntry[]): readonly AlertRule[] {
  return entries.map(
    ({ response_time, failed_requests, for: length = '1m', remind = 'never' }) => ({
      type: response_time === undefined ? 'failed-requests' : 'response-time',
      threshold: response_time ?? failed_requests ?? 0,
      sensitivityMinutes: SENSITIVITY[length],
      reminder: REMINDER[remind],
    }),
  )
}
