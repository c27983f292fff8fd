import { kernelError } from '../errors.js'

const SERVERS_MAX = 16_777_216

/** What a {@link FifoStation} is made of. */
export interface FifoStationOptions {
  /** Number of servers, an integer from 1 to 16,777,216. Default 1. */
  readonly servers?: number
}

/**
 * Servers with one line before them, first come, first served, computed customer by customer without
 * events: service begins at the arrival or when the first server gets free, whichever is later
 * (Lindley 1952 for one server, Kiefer and Wolfowitz 1955 for several). A model with events gives
 * the same times, bit for bit.
 *
 * That holds while nothing changes the fate of a customer who has come: no overtaking, no failure,
 * always the same servers. What can be said with it:
 *
 * - Many stations are an array. A customer goes to one by chance, in turn, to the one with the lowest
 *   {@link freeAtMs}, or to the one with the shortest `WaitingLine`.
 * - A deadline after which a customer is told that it took too long, but served to the end, passes
 *   when start + demand is greater than arrival + deadline.
 * - A customer who leaves the line when its patience ends before service begins is not served at
 *   all: {@link freeAtMs} is greater than arrival + patience.
 * - Of stations in a row, each takes customers at the end of their service at the one before. One
 *   server lets them go in the order in which they came; several do not, so sort them by that time.
 *
 * Where a deadline or a patience ends at the very moment at which service ends or begins, a model with
 * events goes by what was scheduled first.
 */
export class FifoStation {
  /** Number of servers. */
  readonly servers: number
  /** When each server gets free, as a binary heap: the earliest at 0. */
  private readonly freeAt: Float64Array
  private arrivedAt = 0

  /** @throws `KERNEL_ARGUMENT_INVALID` when the number of servers is outside of its range */
  constructor(options: FifoStationOptions = {}) {
    const { servers = 1 } = options
    if (!(Number.isInteger(servers) && servers >= 1 && servers <= SERVERS_MAX)) {
      throw kernelError(
        'KERNEL_ARGUMENT_INVALID',
        `The servers of a FIFO station must be an integer from 1 to ${SERVERS_MAX}, but were ${servers}.`,
      )
    }
    this.servers = servers
    this.freeAt = new Float64Array(servers)
  }

  /** When the first server gets free, in ms since the start; 0 while there is one never used. */
  get freeAtMs(): number {
    return this.freeAt[0] as number
  }

  /**
   * Takes the next customer. Returns when its service begins, in ms since the start; the wait is that
   * less the arrival, and service ends `demandMs` later.
   *
   * @param arrivalMs in ms since the start, not before the customer who came last
   * @param demandMs how long a server will be busy; `Infinity` for one that hangs for good
   * @throws `KERNEL_ARGUMENT_INVALID` when the arrival is before the last one, or one of the two is
   *   negative or not a number
   */
  serve(arrivalMs: number, demandMs: number): number {
    if (!(arrivalMs >= this.arrivedAt && demandMs >= 0)) throw this.refusal(arrivalMs, demandMs)
    this.arrivedAt = arrivalMs
    const startMs = Math.max(arrivalMs, this.freeAtMs)
    this.replaceFirst(startMs + demandMs)
    return startMs
  }

  /** The server that was free first gets free at another time. */
  private replaceFirst(timeMs: number): void {
    const { freeAt, servers } = this
    let place = 0
    for (let child = 1; child < servers; child = 2 * place + 1) {
      const sibling = child + 1
      if (sibling < servers && (freeAt[sibling] as number) < (freeAt[child] as number)) {
        child = sibling
      }
      const earlier = freeAt[child] as number
      if (earlier >= timeMs) break
      freeAt[place] = earlier
      place = child
    }
    freeAt[place] = timeMs
  }

  private refusal(arrivalMs: number, demandMs: number): Error {
    return kernelError(
      'KERNEL_ARGUMENT_INVALID',
      arrivalMs >= this.arrivedAt
        ? `A FIFO station needs a demand of 0 ms or more, but got ${demandMs} (arrival at ${arrivalMs} ms).`
        : `A FIFO station takes customers in the order of their arrival, but one came at ${arrivalMs} ms after one at ${this.arrivedAt} ms.`,
    )
  }
}
