import { daysSince1970, isoSecond } from '@celadon/kernel'
import type { RunResult } from '@celadon/platform'
import { reportError } from './errors.js'
import { formatRound } from './quantity.js'

const UTC_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/

/**
 * Calendar start of a run in milliseconds since 1970, UTC.
 *
 * @throws `CeladonError` `REPORT_START_INVALID` when `app.startedAt` is no such time
 */
export function startEpochMs(app: RunResult['app']): number {
  const [text = '', year, month, day, hour, minute, second] = UTC_TIME.exec(app.startedAt) ?? []
  const epochMs =
    daysSince1970(Number(year), Number(month), Number(day)) * 86_400_000 +
    Number(hour) * 3_600_000 +
    Number(minute) * 60_000 +
    Number(second) * 1000
  // A 30 February would come back as a day of March.
  if (text === '' || `${isoSecond(epochMs)}Z` !== text) {
    throw reportError(
      'REPORT_START_INVALID',
      `app.startedAt is ${JSON.stringify(app.startedAt)}; accepted: UTC times like "2026-03-02T00:00:00Z"`,
    )
  }
  return epochMs
}

/** `2026-03-02 09:43`, in UTC. */
export function formatMinute(epochMs: number): string {
  return isoSecond(epochMs).replace('T', ' ').slice(0, -3)
}

/** `09:43:06`; with the date before it when the run is planned for more than a day. */
export function formatMoment(app: RunResult['app'], atMs: number): string {
  const text = isoSecond(startEpochMs(app) + atMs)
  const clock = text.slice(11)
  return app.plannedDurationMs > 86_400_000 ? `${text.slice(0, 10)} ${clock}` : clock
}

/** `24 h`; `stopped after 13.3 h of 24 h` when the run was interrupted. */
export function formatLength(app: RunResult['app']): string {
  const planned = formatSpan(app.plannedDurationMs)
  const isComplete = app.durationMs >= app.plannedDurationMs
  return isComplete ? planned : `stopped after ${formatSpan(app.durationMs)} of ${planned}`
}

/** `24 h`, `1.5 h`: a length of time without trailing zeros. */
export function formatSpan(durationMs: number): string {
  return formatRound(durationMs, 'duration')
}
