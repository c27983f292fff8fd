import type { Generation } from '@celadon/contracts'
import { isoSecond } from '@celadon/kernel'
import { ByteWriter, utf8 } from '../bytes/byte-writer.js'

const SECOND_MICROS = 1_000_000
const UTC = utf8('+00:00')
const NO_BYTES = utf8('')

/**
 * The timestamp of a log line: `2026-03-02T09:43:06.123456+00:00`. The generations up to 2012 print
 * whole seconds: `2012-02-07T09:43:06+00:00`.
 *
 * @param atMicros whole microseconds since 1970 (UTC)
 */
export function formatTimestamp(atMicros: number, generation: Generation): string {
  const out = new ByteWriter()
  new TimestampFormat(generation).write(atMicros, out)
  return out.toString()
}

/** Cuts off what goes beyond the whole second. */
export function wholeSecond(atMicros: number): number {
  return Math.floor(atMicros / SECOND_MICROS) * SECOND_MICROS
}

/** Formats timestamps in the order of time: the text of a second is made once. */
export class TimestampFormat {
  private readonly micros: boolean
  private secondMicros: number = Number.NaN
  private secondText = NO_BYTES

  constructor(generation: Generation) {
    this.micros = generation !== 'bamboo-2010' && generation !== 'cedar-2012'
  }

  write(atMicros: number, out: ByteWriter): void {
    let rest = atMicros - this.secondMicros
    if (!(rest >= 0 && rest < SECOND_MICROS)) {
      this.secondMicros = wholeSecond(atMicros)
      this.secondText = utf8(isoSecond(this.secondMicros / 1000) + (this.micros ? '.' : ''))
      rest = atMicros - this.secondMicros
    }
    out.bytes(this.secondText)
    if (this.micros) out.digits(rest, 6)
    out.bytes(UTC)
  }
}
