const ZERO = 0x30
const HYPHEN = 0x2d
const ASCII_MAX = 0x7f
/** Up to here a loop is faster than the call that copies. Measured on Node 20. */
const LOOP_BYTES_MAX = 12
const SMALL_MAX = 0x7fffffff

const HEX_DIGITS = '0123456789abcdef'
/** The two hexadecimal digits of each byte. */
const HEX_HIGH = Uint8Array.from({ length: 256 }, (_, byte) => HEX_DIGITS.charCodeAt(byte >> 4))
const HEX_LOW = Uint8Array.from({ length: 256 }, (_, byte) => HEX_DIGITS.charCodeAt(byte & 0xf))

const encoder = new TextEncoder()

// Each function writes into a buffer that has room, from `at` on, and returns where it ended.

/** Bytes that one UTF-16 unit takes at most in UTF-8. */
export const UNIT_BYTES_MAX = 3

/** Bytes of a UUID. */
export const UUID_BYTES = 36

/** Puts a text as UTF-8. A surrogate without its other half becomes U+FFFD. */
export function putText(buffer: Uint8Array, at: number, text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code > ASCII_MAX) {
      const rest = encoder.encodeInto(text.slice(index), buffer.subarray(at + index))
      return at + index + rest.written
    }
    buffer[at + index] = code
  }
  return at + text.length
}

/** Puts bytes as they are. */
export function putBytes(buffer: Uint8Array, at: number, bytes: Uint8Array): number {
  const count = bytes.length
  if (count > LOOP_BYTES_MAX) buffer.set(bytes, at)
  else for (let index = 0; index < count; index += 1) buffer[at + index] = bytes[index] as number
  return at + count
}

/** Puts a whole number from 0 on, in decimal digits. */
export function putWhole(buffer: Uint8Array, at: number, value: number): number {
  if (value > SMALL_MAX) return putText(buffer, at, String(value))
  let digits = 1
  for (let bound = 10; value >= bound; bound *= 10) digits += 1
  return putDigits(buffer, at, value, digits)
}

/** Puts the lowest decimal digits of a whole number below 2^31, with zeros in front. */
export function putDigits(buffer: Uint8Array, at: number, value: number, digits: number): number {
  let rest = value | 0
  for (let index = at + digits - 1; index >= at; index -= 1) {
    const next = (rest / 10) | 0
    buffer[index] = ZERO + rest - next * 10
    rest = next
  }
  return at + digits
}

/** Puts 128 bits, as four numbers of 32, in the form of a UUID. */
export function putUuid(
  buffer: Uint8Array,
  at: number,
  first: number,
  second: number,
  third: number,
  fourth: number,
): number {
  putHex(buffer, at, first >>> 16)
  putHex(buffer, at + 4, first)
  buffer[at + 8] = HYPHEN
  putHex(buffer, at + 9, second >>> 16)
  buffer[at + 13] = HYPHEN
  putHex(buffer, at + 14, second)
  buffer[at + 18] = HYPHEN
  putHex(buffer, at + 19, third >>> 16)
  buffer[at + 23] = HYPHEN
  putHex(buffer, at + 24, third)
  putHex(buffer, at + 28, fourth >>> 16)
  putHex(buffer, at + 32, fourth)
  return at + UUID_BYTES
}

function putHex(buffer: Uint8Array, at: number, value: number): void {
  const high = (value >>> 8) & 0xff
  const low = value & 0xff
  buffer[at] = HEX_HIGH[high] as number
  buffer[at + 1] = HEX_LOW[high] as number
  buffer[at + 2] = HEX_HIGH[low] as number
  buffer[at + 3] = HEX_LOW[low] as number
}
