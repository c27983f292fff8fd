/**
 * The messages that wait for a drain, oldest first. The newest stay: when it is full, the oldest is
 * dropped and counted, until the loss is reported. Source: logplex's source, `logplex_msg_buffer`.
 */
export class MessageBuffer {
  /** Messages that wait. */
  length = 0
  /** Messages that were dropped and not yet reported. */
  lost = 0
  /** Whole microseconds since 1970 at which the first of `lost` was dropped. */
  lostSinceMicros = 0
  /** Messages that were ever dropped. */
  dropped = 0
  private limit: number
  private head = 0
  private readonly ring: (Uint8Array | null)[]

  /** @param capacity most messages that ever wait */
  constructor(capacity: number) {
    this.limit = capacity
    this.ring = new Array(capacity).fill(null)
  }

  /** Whether the next message displaces the oldest. */
  get full(): boolean {
    return this.length >= this.limit
  }

  push(message: Uint8Array, atMicros: number): void {
    if (this.full) this.drop(1, atMicros)
    this.ring[(this.head + this.length) % this.ring.length] = message
    this.length += 1
  }

  /** The oldest message, which stays; null when there is none. */
  first(): Uint8Array | null {
    return this.ring[this.head] ?? null
  }

  /** Takes the oldest message off. */
  shift(): void {
    this.ring[this.head] = null
    this.head = (this.head + 1) % this.ring.length
    this.length -= 1
  }

  /** The loss is reported, or somebody else keeps count of it. */
  forgetLoss(): void {
    this.lost = 0
  }

  /** Changes how many messages may wait, at most the capacity; the oldest of the others are dropped. */
  resize(limit: number, atMicros: number): void {
    this.limit = limit
    if (this.length > limit) this.drop(this.length - limit, atMicros)
  }

  /** Drops all that waits. */
  clear(atMicros: number): void {
    if (this.length > 0) this.drop(this.length, atMicros)
  }

  private drop(count: number, atMicros: number): void {
    for (let index = 0; index < count; index += 1) this.shift()
    if (this.lost === 0) this.lostSinceMicros = atMicros
    this.lost += count
    this.dropped += count
  }
}
