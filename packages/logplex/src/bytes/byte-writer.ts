const FIRST_CAPACITY = 1024

/** Text as UTF-8 bytes in one buffer that grows. */
export class ByteWriter {
  /** Bytes written since the last `clear`. */
  length = 0
  private buffer: Uint8Array = new Uint8Array(FIRST_CAPACITY)
  private readonly encoder = new TextEncoder()

  /** Adds a text. */
  text(text: string): void {
    this.reserve(text.length * 3)
    this.length += this.encoder.encodeInto(text, this.buffer.subarray(this.length)).written
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.buffer.slice(0, this.length)
  }

  clear(): void {
    this.length = 0
  }

  private reserve(extra: number): void {
    const needed = this.length + extra
    if (needed <= this.buffer.length) return
    const larger = new Uint8Array(Math.max(needed, this.buffer.length * 2))
    larger.set(this.buffer.subarray(0, this.length))
    this.buffer = larger
  }
}
