import { daysSince1970 } from '@celadon/kernel'

const STAMP =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:Z|([+-])(\d\d):(\d\d))$/

/**
 * Whole microseconds since 1970 of a timestamp as RFC 5424 has it, `2026-03-02T09:43:06.123456-08:00`
 * or with `Z`; null when it is none.
 */
export function parseStamp(text: string): number | null {
  const match = STAMP.exec(text)
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number)
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  const micros = Number((match[7] ?? '').padEnd(6, '0'))
  const offsetMinutes = Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)
  const east = match[8] === '-' ? -offsetMinutes : offsetMinutes
  const minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute - east
  return (minutes * 60 + second) * 1_000_000 + micros
}
