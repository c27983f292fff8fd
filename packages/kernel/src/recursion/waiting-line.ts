import { kernelError } from '../errors.js'

const INITIAL_CAPACITY = 16

/**
 * How many wait at a `FifoStation`. Whoever comes finds those waiting whose service begins
 * later, and service begins in the order of arrival, so a ring of these times is enough.
 *
 * With it, a station can turn customers away: who would have to wait, because
 * `station.freeAtMs > arrivalMs`, and finds `line.lengthAt(arrivalMs)` at its limit, is lost and not
 * served. At a single server, a line that is joined with the ends of service counts all who are there,
 * so that a customer can go to the station where they are fewest.
 *
 * Service that begins at the very moment of an arrival has begun. In a model with events, which of
 * the two comes first depends on which was scheduled first.
 */
export class WaitingLine {
  private starts = new Float64Array(INITIAL_CAPACITY)
  private head = 0
  private length = 0
  private nowMs = 0
  private lastStartMs = 0

  /**
   * Adds a customer whose service begins at `startMs`.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when that is before the start of the one who came last
   */
  join(startMs: number): void {
    if (!(startMs >= this.lastStartMs)) {
      throw invalid(`service begins at ${startMs} ms after one at ${this.lastStartMs} ms`)
    }
    this.lastStartMs = startMs
    if (this.length === this.starts.length) this.grow()
    this.starts[(this.head + this.length) & (this.starts.length - 1)] = startMs
    this.length += 1
  }

  /**
   * Number of customers whose service begins after `nowMs`.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when `nowMs` is before that of the last call
   */
  lengthAt(nowMs: number): number {
    if (!(nowMs >= this.nowMs)) {
      throw invalid(`its length was asked for at ${nowMs} ms after ${this.nowMs} ms`)
    }
    this.nowMs = nowMs
    const mask = this.starts.length - 1
    while (this.length > 0 && (this.starts[this.head] as number) <= nowMs) {
      this.head = (this.head + 1) & mask
      this.length -= 1
    }
    return this.length
  }

  private grow(): void {
    const { starts, head } = this
    const grown = new Float64Array(2 * starts.length)
    grown.set(starts.subarray(head))
    grown.set(starts.subarray(0, head), starts.length - head)
    this.starts = grown
    this.head = 0
  }
}

function invalid(found: string): Error {
  return kernelError(
    'KERNEL_ARGUMENT_INVALID',
    `A waiting line needs times that never go back, but ${found}.`,
  )
}
