import type { Alert, RunResult } from '@celadon/platform'
import { formatMoment } from '../period.js'
import { formatQuantity, formatRatio } from '../quantity.js'
import { type Line, piece } from '../terminal-line.js'

const SHOWN_MAX = 12

/** The alerts of the whole run: from when until when, what, how bad. Empty when none was raised. */
export function alertList({ app, metrics: { alerts } }: RunResult): Line[] {
  if (alerts.length === 0) return []
  const lines = alerts.slice(0, SHOWN_MAX).map((alert): Line => {
    const { raisedAtMs, endedAtMs, notifications } = alert
    const end = endedAtMs === null ? 'the end of the run' : formatMoment(app, endedAtMs)
    const mails = notifications === 1 ? '1 mail' : `${notifications} mails`
    return [
      piece(`  ${formatMoment(app, raisedAtMs)} to ${end}  `, 'dim'),
      piece(`${subject(alert)}, worst ${level(alert, alert.worst)}`, 'red'),
      piece(`, ${mails}`),
    ]
  })
  const more = alerts.length - lines.length
  return [
    [piece('Alerts', 'bold')],
    ...lines,
    ...(more > 0 ? [[piece(`  and ${more} more`, 'dim')]] : []),
  ]
}

function subject(alert: Alert): string {
  const what = alert.type === 'response-time' ? 'p95' : '5xx'
  return `${what} above ${level(alert, alert.threshold)}`
}

function level({ type }: Alert, value: number): string {
  return type === 'response-time' ? formatQuantity(value, 'duration') : formatRatio(value)
}
