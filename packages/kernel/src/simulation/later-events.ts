/** Where the events of a bucket go. */
interface EventReceiver {
  receive(time: number, slot: number): void
}

/** With fewer events than this, a heap alone is faster. */
const BUCKETS_FROM = 256
/** Events that a bucket is meant to hold, as far as there may be so many buckets. */
const PER_BUCKET = 4
/** With more buckets, the ends that are written to would not stay in the second-level cache. */
const BUCKETS_MAX = 4096
const CHUNK_BITS = 6
const CHUNK = 1 << CHUNK_BITS
const NONE = -1
/** The bucket of what lies beyond the others. */
const BEYOND = BUCKETS_MAX

/**
 * Events that are not due for a while, in unsorted buckets of equal width in time. Whatever lies
 * beyond the last one is in one more bucket; when the others are used up, they are laid anew over
 * its earlier part. A bucket is a list of chunks of 64 events side by side: with a million events,
 * reading memory in order is what counts.
 *
 * The bucket of an event is a function of its time that never falls, so the order between buckets is
 * exact whatever the rounding.
 */
export class LaterEvents {
  /** Events in the buckets, cancelled ones included. */
  size = 0
  /** Earlier events belong into the heap; `Infinity` while there are no buckets. */
  from: number = Number.POSITIVE_INFINITY

  /** Buckets, without the one for what lies beyond them. */
  private count = 0
  /** The bucket that was taken last. */
  private current = NONE
  private origin = 0
  private bucketsPerMs = 0
  /** The chunk of each bucket that is being filled, and how many events are in it. */
  private readonly chunks: Int32Array = new Int32Array(BUCKETS_MAX + 1).fill(NONE)
  private readonly fills: Int32Array = new Int32Array(BUCKETS_MAX + 1)

  private times: Float64Array = new Float64Array(0)
  private slots: Int32Array = new Int32Array(0)
  /** The chunk that was filled before this one, or the next free one. */
  private links: Int32Array = new Int32Array(0)
  private firstFree = NONE

  /** Adds an event unless it belongs into the heap; tells which. */
  add(time: number, slot: number): boolean {
    const bucket = this.bucketOf(time)
    if (this.count === 0 || bucket <= this.current) return false
    this.append(bucket, time, slot)
    return true
  }

  /** Gives up the buckets; whatever is added now waits until they are laid anew. */
  gather(): void {
    this.pourAll(this)
  }

  /** Moves the earliest events into the heap: those of a bucket, or all when they are few. */
  pour(heap: EventReceiver): void {
    do {
      while (this.current + 1 < this.count) {
        this.current += 1
        if (this.chunks[this.current] === NONE) continue
        this.from = this.origin + this.current / this.bucketsPerMs
        this.empty(this.current, heap)
        return
      }
    } while (this.layBuckets())
    this.pourAll(heap)
  }

  /** Moves every event into the heap. */
  pourAll(to: EventReceiver): void {
    const { count, current } = this
    this.count = 0
    this.current = NONE
    this.origin = 0
    this.bucketsPerMs = 0
    this.from = Number.POSITIVE_INFINITY
    // What lies beyond goes first: when all is only gathered, the rest comes there and stays.
    this.empty(BEYOND, to)
    for (let bucket = current + 1; bucket < count; bucket += 1) this.empty(bucket, to)
  }

  /** Adds an event, wherever its time lies. */
  receive(time: number, slot: number): void {
    this.append(this.bucketOf(time), time, slot)
  }

  private bucketOf(time: number): number {
    const bucket = Math.floor((time - this.origin) * this.bucketsPerMs)
    return bucket < this.count ? bucket : BEYOND
  }

  private append(bucket: number, time: number, slot: number): void {
    let chunk = this.chunks[bucket] as number
    let fill = this.fills[bucket] as number
    if (chunk === NONE || fill === CHUNK) {
      chunk = this.claimChunk(chunk)
      this.chunks[bucket] = chunk
      fill = 0
    }
    const at = (chunk << CHUNK_BITS) + fill
    this.times[at] = time
    this.slots[at] = slot
    this.fills[bucket] = fill + 1
    this.size += 1
  }

  private empty(bucket: number, to: EventReceiver): void {
    const { times, slots, links } = this
    let chunk = this.chunks[bucket] as number
    let fill = this.fills[bucket] as number
    this.chunks[bucket] = NONE
    while (chunk !== NONE) {
      const start = chunk << CHUNK_BITS
      this.size -= fill
      for (let at = start; at < start + fill; at += 1) {
        to.receive(times[at] as number, slots[at] as number)
      }
      const next = links[chunk] as number
      this.links[chunk] = this.firstFree
      this.firstFree = chunk
      chunk = next
      fill = CHUNK
    }
  }

  /**
   * Lays buckets over the events beyond, up to twice their mean distance from the first. Returns
   * false where that makes no sense: for few events, or all at one time.
   */
  private layBuckets(): boolean {
    const { times, links } = this
    let finite = 0
    let sum = 0
    let first = Number.POSITIVE_INFINITY
    let fill = this.fills[BEYOND] as number
    for (
      let chunk = this.chunks[BEYOND] as number;
      chunk !== NONE;
      chunk = links[chunk] as number
    ) {
      const start = chunk << CHUNK_BITS
      for (let at = start; at < start + fill; at += 1) {
        const time = times[at] as number
        if (time === Number.POSITIVE_INFINITY) continue
        finite += 1
        sum += time
        if (time < first) first = time
      }
      fill = CHUNK
    }
    const count = Math.min(Math.ceil(finite / PER_BUCKET), BUCKETS_MAX)
    const bucketsPerMs = count / (2 * (sum / finite - first))
    if (finite < BUCKETS_FROM || !(bucketsPerMs > 0 && bucketsPerMs < Number.POSITIVE_INFINITY)) {
      return false
    }
    this.count = count
    this.current = NONE
    this.origin = first
    this.bucketsPerMs = bucketsPerMs
    this.empty(BEYOND, this)
    return true
  }

  private claimChunk(before: number): number {
    if (this.firstFree === NONE) this.addChunks()
    const chunk = this.firstFree
    this.firstFree = this.links[chunk] as number
    this.links[chunk] = before
    return chunk
  }

  private addChunks(): void {
    const chunks = this.links.length
    const capacity = Math.max(16, 2 * chunks)
    const times = new Float64Array(capacity << CHUNK_BITS)
    const slots = new Int32Array(capacity << CHUNK_BITS)
    const links = new Int32Array(capacity)
    times.set(this.times)
    slots.set(this.slots)
    links.set(this.links)
    for (let chunk = chunks; chunk < capacity; chunk += 1) links[chunk] = chunk + 1
    links[capacity - 1] = NONE
    this.firstFree = chunks
    this.times = times
    this.slots = slots
    this.links = links
  }
}
