import { calendarTime, daysSince1970 } from '@celadon/kernel'

const DAY_MS = 86_400_000

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: DAY_MS,
}

/** `250ms`, `30s`, `5m`, `24h`, `7d`. */
export const DURATION: RegExp = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/
/** `07:30` or `07:30:15`. */
export const TIME_OF_DAY: RegExp = /^(\d{1,4}):([0-5]\d)(?::([0-5]\d))?$/
/** `2026-03-02`. */
export const DATE: RegExp = /^(\d{4})-(\d\d)-(\d\d)$/
const INSTANT =
  /^(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?:\.\d+)?(?:Z|([+-])(\d\d):?([0-5]\d))?$/

/** Longest duration that is accepted: a leap year. */
const DURATION_MAX_MS = 366 * DAY_MS

/**
 * Milliseconds in `250ms`, `30s`, `5m`, `24h` or `7d`. Null when the text is none of these, is 0 or
 * is longer than a leap year.
 */
export function parseDuration(text: string): number | null {
  const [, amount = '', unit = ''] = DURATION.exec(text) ?? []
  const durationMs = Number(amount) * (UNIT_MS[unit] ?? 0)
  return durationMs > 0 && durationMs <= DURATION_MAX_MS ? durationMs : null
}

/**
 * Milliseconds since the start of the first day in `07:30` or `07:30:15`; `31:30` is half past
 * seven on the second day. Null when the text is none of these.
 */
export function parseTimeOfDay(text: string): number | null {
  const [, hours, minutes, seconds = '0'] = TIME_OF_DAY.exec(text) ?? []
  if (hours === undefined) return null
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

/** Milliseconds from 1970 to 00:00 UTC of a date such as `2026-03-02`; null when it is none. */
export function parseDate(text: string): number | null {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return null
  const epochMs = daysSince1970(year, month, day) * DAY_MS
  // 31 April would be 1 May: a date that comes back as another one does not exist.
  const found = calendarTime(epochMs)
  return found.month === month && found.day === day ? epochMs : null
}

/**
 * Milliseconds from 1970 to an ISO 8601 time such as `2026-03-02T07:30:00Z`, UTC unless it names an
 * offset; parts of a second are dropped. Null when the text is none.
 */
export function parseInstant(text: string): number | null {
  const [, date = '', time = '', sign = '+', hours = '0', minutes = '0'] = INSTANT.exec(text) ?? []
  const dayMs = parseDate(date)
  const timeMs = parseTimeOfDay(time)
  if (dayMs === null || timeMs === null) return null
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000
  return dayMs + timeMs - (sign === '-' ? -offsetMs : offsetMs)
}
