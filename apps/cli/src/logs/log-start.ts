const SECOND_MICROS = 1_000_000
const MINUTE_MICROS = 60 * SECOND_MICROS
const DAY_MICROS = 1440 * MINUTE_MICROS

const TIME_OF_DAY = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/
const DATE_AND_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?$/

/** From when on a log is shown: a moment, or a time of day that comes in the log or after its end. */
export type LogStart =
  | { readonly type: 'moment'; readonly atMicros: number }
  | {
      readonly type: 'time of day'
      readonly sinceMidnightMicros: number
      /** How exactly it was told: a log that begins within this has it at its beginning. */
      readonly unitMicros: number
    }

/** Reads `09:43`, `09:43:06`, `2026-03-02T09:43`; null when it is none of them. UTC without an offset. */
export function parseLogStart(text: string): LogStart | null {
  const [, day, time = '', zone = 'Z'] = DATE_AND_TIME.exec(text) ?? []
  if (day !== undefined) {
    const epochMs = Date.parse(`${day}T${time}${zone}`)
    return Number.isNaN(epochMs) ? null : { type: 'moment', atMicros: epochMs * 1000 }
  }
  const [, hours, minutes, seconds] = TIME_OF_DAY.exec(text) ?? []
  if (hours === undefined) return null
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return null
  return {
    type: 'time of day',
    sinceMidnightMicros: (hour * 60 + minute) * MINUTE_MICROS + second * SECOND_MICROS,
    unitMicros: seconds === undefined ? MINUTE_MICROS : SECOND_MICROS,
  }
}

/** The moment from which a log is shown whose first line has this time. */
export function startMicros(start: LogStart, firstMicros: number): number {
  if (start.type === 'moment') return start.atMicros
  const beginning = firstMicros - modulo(firstMicros, start.unitMicros)
  const waited = start.sinceMidnightMicros - modulo(beginning, DAY_MICROS)
  return beginning + modulo(waited, DAY_MICROS)
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
