import { daysSince1970 } from '@celadon/kernel'

const SECOND_MICROS = 1_000_000
const DAY_SECONDS = 86_400
const YEAR_MICROS = 365.2425 * DAY_SECONDS * SECOND_MICROS
/** Characters of `2026-03-02T09:43:06`. */
const SECOND_LENGTH = 19
const FRACTION_DIGITS = 6

const SPACE = 0x20
const PLUS = 0x2b
const COMMA = 0x2c
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const COLON = 0x3a
const UPPER_T = 0x54
const UPPER_Z = 0x5a

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const YEARLESS = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? /

/**
 * Reads timestamps where they stand in a text. Lines come mostly in order, so what was worked out of
 * the last second is used again.
 */
export class StampReader {
  /** What the last call read: whole microseconds since 1970 (UTC). */
  atMicros = 0
  /** Place after what the last call read. */
  next = 0

  private secondText = ''
  private secondMicros = 0
  /** The last time that was read, for times without a year; `NaN` before the first. */
  private nearMicros = Number.NaN

  /** @param year of the first time, should it not name one */
  constructor(private readonly year: number | null) {}

  /**
   * A full time, with `T` or a space before the hour: whole seconds or parts of them, `Z`, `UTC`,
   * `+00:00`, `-0800` or nothing, which is taken as UTC.
   */
  readFull(text: string, start: number): boolean {
    if (!this.readSecond(text, start)) return false
    const fraction = text.charCodeAt(start + SECOND_LENGTH)
    let position = start + SECOND_LENGTH
    let micros = 0
    if (fraction === POINT || fraction === COMMA) {
      position += 1
      let scale = SECOND_MICROS
      for (let digit = digitAt(text, position); digit >= 0; digit = digitAt(text, position)) {
        scale /= 10
        if (scale >= 1) micros += digit * scale
        position += 1
      }
    }
    this.next = position
    this.atMicros = this.secondMicros + micros - this.readOffset(text, position)
    this.nearMicros = this.atMicros
    return true
  }

  /**
   * A time without a year, `Mar 02 09:43:06 ` or `Mar  2 09:43:06 `, taken as UTC. The year is that
   * which brings it nearest to the time before it, or the one given at first.
   *
   * @returns the time; null when it is none, `NaN` when no year is known
   */
  readYearless(text: string): number | null {
    const match = YEARLESS.exec(text)
    if (match === null) return null
    const month = MONTHS.indexOf(match[1] ?? '') / 3 + 1
    const [day = 0, hour = 0, minute = 0, second = 0] = match.slice(2, 6).map(Number)
    if (!Number.isInteger(month) || month < 1 || day < 1 || day > 31) return null
    if (hour > 23 || minute > 59 || second > 60) return null
    this.next = match[0].length
    const inDay = (hour * 60 + minute) * 60 + second
    const micros = Number((match[6] ?? '').padEnd(FRACTION_DIGITS, '0'))
    const inYear = (year: number): number =>
      (daysSince1970(year, month, day) * DAY_SECONDS + inDay) * SECOND_MICROS + micros
    this.atMicros = Number.isNaN(this.nearMicros)
      ? inYear(this.year ?? Number.NaN)
      : this.nearest(inYear)
    if (!Number.isNaN(this.atMicros)) this.nearMicros = this.atMicros
    return this.atMicros
  }

  private nearest(inYear: (year: number) => number): number {
    const { nearMicros } = this
    const year = 1970 + Math.floor(nearMicros / YEAR_MICROS)
    let best = Number.POSITIVE_INFINITY
    for (let candidate = year - 1; candidate <= year + 1; candidate += 1) {
      const atMicros = inYear(candidate)
      if (Math.abs(atMicros - nearMicros) < Math.abs(best - nearMicros)) best = atMicros
    }
    return best
  }

  /** `2026-03-02T09:43:06` */
  private readSecond(text: string, start: number): boolean {
    if (this.secondText !== '' && text.startsWith(this.secondText, start)) return true
    const year = twoDigits(text, start) * 100 + twoDigits(text, start + 2)
    const month = twoDigits(text, start + 5)
    const day = twoDigits(text, start + 8)
    const hour = twoDigits(text, start + 11)
    const minute = twoDigits(text, start + 14)
    const second = twoDigits(text, start + 17)
    if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31 && year >= 0)) return false
    if (!(hour <= 23 && minute <= 59 && second <= 60)) return false
    const middle = text.charCodeAt(start + 10)
    if (text.charCodeAt(start + 4) !== MINUS || text.charCodeAt(start + 7) !== MINUS) return false
    if (text.charCodeAt(start + 13) !== COLON || text.charCodeAt(start + 16) !== COLON) return false
    if (middle !== UPPER_T && middle !== SPACE) return false
    const days = daysSince1970(year, month, day)
    this.secondMicros = (days * DAY_SECONDS + (hour * 60 + minute) * 60 + second) * SECOND_MICROS
    this.secondText = text.slice(start, start + SECOND_LENGTH)
    return true
  }

  /** Microseconds east of UTC. */
  private readOffset(text: string, start: number): number {
    const sign = text.charCodeAt(start)
    if (sign === UPPER_Z) {
      this.next = start + 1
      return 0
    }
    if (sign === SPACE) {
      const after = text.charCodeAt(start + 1)
      if (text.startsWith('UTC', start + 1)) this.next = start + 4
      else if (after === PLUS || after === MINUS) return this.readOffset(text, start + 1)
      return 0
    }
    if (sign !== PLUS && sign !== MINUS) return 0
    const colon = text.charCodeAt(start + 3) === COLON ? 1 : 0
    const hours = twoDigits(text, start + 1)
    const minutes = twoDigits(text, start + 3 + colon)
    if (!(hours <= 23 && minutes <= 59)) return 0
    this.next = start + 5 + colon
    const micros = (hours * 60 + minutes) * 60 * SECOND_MICROS
    return sign === MINUS ? -micros : micros
  }
}

/** The value of a digit; -1 when there is none. */
function digitAt(text: string, position: number): number {
  const value = text.charCodeAt(position) - ZERO
  return value >= 0 && value <= 9 ? value : -1
}

/** `NaN` unless two digits stand there. */
function twoDigits(text: string, position: number): number {
  const tens = digitAt(text, position)
  const ones = digitAt(text, position + 1)
  return tens < 0 || ones < 0 ? Number.NaN : tens * 10 + ones
}
