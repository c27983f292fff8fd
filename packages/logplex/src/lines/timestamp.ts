import type { Generation } from '@celadon/contracts'
import { isoSecond } from '@celadon/kernel'

const SECOND_MICROS = 1_000_000

const THREE_DIGITS: readonly string[] = Array.from({ length: 1000 }, (_, value) =>
  String(value).padStart(3, '0'),
)

/**
 * The timestamp of a log line: `2026-03-02T09:43:06.123456+00:00`. The generations up to 2012 print
 * whole seconds: `2012-02-07T09:43:06+00:00`.
 *
 * @param atMicros whole microseconds since 1970 (UTC)
 */
export function formatTimestamp(atMicros: number, generation: Generation): string {
  return new TimestampFormat(generation).format(atMicros)
}

/** Cuts off what goes beyond the whole second. */
export function wholeSecond(atMicros: number): number {
  return Math.floor(atMicros / SECOND_MICROS) * SECOND_MICROS
}

/** Formats timestamps in the order of time: the text of a second is made once. */
export class TimestampFormat {
  private readonly micros: boolean
  private secondMicros: number = Number.NaN
  private secondText = ''

  constructor(generation: Generation) {
    this.micros = generation !== 'bamboo-2010' && generation !== 'cedar-2012'
  }

  format(atMicros: number): string {
    let rest = atMicros - this.secondMicros
    if (!(rest >= 0 && rest < SECOND_MICROS)) {
      this.startSecond(wholeSecond(atMicros))
      rest = atMicros - this.secondMicros
    }
    if (!this.micros) return this.secondText
    const milliseconds = Math.floor(rest / 1000)
    return `${this.secondText}${THREE_DIGITS[milliseconds]}${THREE_DIGITS[rest - milliseconds * 1000]}+00:00`
  }

  private startSecond(secondMicros: number): void {
    this.secondMicros = secondMicros
    this.secondText = isoSecond(secondMicros / 1000) + (this.micros ? '.' : '+00:00')
  }
}
