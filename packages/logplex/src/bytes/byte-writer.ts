import { putBytes, putDigits, putText, putWhole, UNIT_BYTES_MAX } from './put.js'

const FIRST_CAPACITY = 4096
const WHOLE_DIGITS_MAX = 24

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Text as UTF-8 in one buffer that grows. */
export class ByteWriter {
  /** Bytes written since the last `clear`. Who writes into `room` moves it on. */
  length = 0
  private buffer: Uint8Array = new Uint8Array(FIRST_CAPACITY)

  /** The buffer, with room for this many bytes from `length` on. */
  room(bytes: number): Uint8Array {
    const needed = this.length + bytes
    if (needed > this.buffer.length) this.grow(needed)
    return this.buffer
  }

  /** Adds a text. A surrogate without its other half becomes U+FFFD. */
  text(text: string): void {
    this.length = putText(this.room(text.length * UNIT_BYTES_MAX), this.length, text)
  }

  /** Adds bytes as they are. */
  bytes(bytes: Uint8Array): void {
    this.length = putBytes(this.room(bytes.length), this.length, bytes)
  }

  /** Adds a whole number from 0 on, in decimal digits. */
  whole(value: number): void {
    this.length = putWhole(this.room(WHOLE_DIGITS_MAX), this.length, value)
  }

  /** Adds the lowest decimal digits of a whole number below 2^31, with zeros in front. */
  digits(value: number, digits: number): void {
    this.length = putDigits(this.room(digits), this.length, value, digits)
  }

  /** Adds one byte. */
  byte(value: number): void {
    this.room(1)[this.length] = value
    this.length += 1
  }

  /** What was written, in place: further writing writes over it. */
  view(): Uint8Array {
    return this.buffer.subarray(0, this.length)
  }

  /** What was written, as a text. */
  toString(): string {
    return decoder.decode(this.view())
  }

  clear(): void {
    this.length = 0
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.buffer.length * 2))
    larger.set(this.buffer.subarray(0, this.length))
    this.buffer = larger
  }
}

/** A text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}
