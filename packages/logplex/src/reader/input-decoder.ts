type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Bytes that tell the encoding. */
const SIGNATURE_BYTES = 4
const NOTHING = new Uint8Array(0)
const BYTE_ORDER_MARK = '\ufeff'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Turns bytes that come piece by piece into text, whatever they are cut into: UTF-8, or UTF-16 as
 * Windows writes it, with a byte order mark or without. What is not text becomes U+FFFD.
 */
export class InputDecoder {
  private encoding: Encoding | null = null
  private utf16 = new TextDecoder('utf-16le')
  /** The bytes before the encoding is known, then those of a character that is not complete. */
  private held: Uint8Array = NOTHING

  decode(chunk: Uint8Array): string {
    const bytes = joined(this.held, chunk)
    if (this.encoding === null && bytes.length < SIGNATURE_BYTES) {
      this.held = bytes.slice()
      return ''
    }
    this.held = NOTHING
    return this.encoding === null ? this.first(bytes) : this.further(bytes, this.encoding)
  }

  /** What is left at the end of the input; the next byte begins another one. */
  end(): string {
    const { held, encoding } = this
    this.held = NOTHING
    this.encoding = null
    if (encoding !== null && encoding !== 'utf-8') return this.utf16.decode()
    const text = utf8.decode(held)
    return encoding === null ? withoutMark(text) : text
  }

  private first(bytes: Uint8Array): string {
    const encoding = encodingOf(bytes)
    this.encoding = encoding
    if (encoding !== 'utf-8') this.utf16 = new TextDecoder(encoding, { ignoreBOM: true })
    return withoutMark(this.further(bytes, encoding))
  }

  private further(bytes: Uint8Array, encoding: Encoding): string {
    if (encoding !== 'utf-8') return this.utf16.decode(bytes, { stream: true })
    const end = bytes.length - openBytes(bytes)
    if (end === bytes.length) return utf8.decode(bytes)
    this.held = bytes.slice(end)
    return utf8.decode(bytes.subarray(0, end))
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}

/** A log starts with two characters of ASCII: UTF-16 has a zero byte beside each. */
function encodingOf([first = 0, second = 0, third = 0, fourth = 0]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first > 0 && second === 0 && third > 0 && fourth === 0) return 'utf-16le'
  if (first === 0 && second > 0 && third === 0 && fourth > 0) return 'utf-16be'
  return 'utf-8'
}

/** A text without the byte order mark before it. */
export function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

/** Bytes at the end that begin a character of UTF-8 and need more to complete it. */
function openBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return back < lengthOf(byte) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

function lengthOf(lead: number): number {
  if (lead >= 0xf0) return 4
  return lead >= 0xe0 ? 3 : 2
}
