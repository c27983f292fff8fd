import type { IntervalSummary } from './metered-interval.js'
import type { Alert } from './metrics.js'

/** Minutes in a row that have to be above the threshold before an alert is raised. */
export type AlertSensitivity = 1 | 5 | 10

/** How often an alert that lasts is told again. */
export type AlertReminder = 'never' | 'every-5-minutes' | 'hourly' | 'daily'

/**
 * A threshold that is watched. Source: Heroku Dev Center, "Application Metrics", 2024; that an alert
 * ends with the first minute that is not above is a guess.
 */
export interface AlertRule {
  /** The 95th percentile of `service=`, or the share of answers of the class 5xx. */
  readonly type: Alert['type']
  /** In milliseconds for `response-time`, a share from 0 to 1 for `failed-requests`. */
  readonly threshold: number
  /** Default 1. */
  readonly sensitivityMinutes?: AlertSensitivity
  /** Default `never`. */
  readonly reminder?: AlertReminder
}

/** Time between reminders in milliseconds. */
export const REMINDER_MS: Readonly<Record<AlertReminder, number>> = {
  never: Number.POSITIVE_INFINITY,
  'every-5-minutes': 300_000,
  hourly: 3_600_000,
  daily: 86_400_000,
}

/** Lengths of the time that a threshold may be exceeded before an alert is raised. */
const SENSITIVITIES: readonly number[] = [1, 5, 10]

/** A minute's value in the unit of the threshold; null without requests. */
export function minuteValue(type: Alert['type'], { p95, answers }: IntervalSummary): number | null {
  if (type === 'response-time') return p95
  const all = answers.reduce((sum, count) => sum + count, 0)
  return all === 0 ? null : (answers[5] as number) / all
}

/** For people, and short: `p95 above 500 ms`, `5xx above 5 %`. */
export function describeRule({ type, threshold }: AlertRule): string {
  return type === 'response-time'
    ? `p95 above ${threshold} ms`
    : `5xx above ${Number((threshold * 100).toPrecision(6))} %`
}

/** What is wrong with a rule; empty when nothing is. */
export function ruleProblems({
  type,
  threshold,
  sensitivityMinutes = 1,
  reminder = 'never',
}: AlertRule): string[] {
  const accepted = type === 'response-time' ? 'above 0 ms' : 'a share from 0 to less than 1'
  const fits =
    type === 'response-time'
      ? threshold > 0 && threshold < Number.POSITIVE_INFINITY
      : threshold >= 0 && threshold < 1
  return [
    ...(fits
      ? []
      : [`the threshold of an alert of ${type} is ${threshold}; it must be ${accepted}`]),
    ...(SENSITIVITIES.includes(sensitivityMinutes)
      ? []
      : [`an alert has a sensitivity of ${sensitivityMinutes} minutes; accepted: 1, 5, 10`]),
    ...(Object.hasOwn(REMINDER_MS, reminder)
      ? []
      : [
          `an alert has the reminder ${reminder}; accepted: ${Object.keys(REMINDER_MS).join(', ')}`,
        ]),
  ]
}
