import type { HttpRequest } from '@celadon/contracts'
import { Histogram } from '@celadon/kernel'

/**
 * What came of what users wanted. An ask is one thing that a user wants; it may take several
 * requests, its attempts, when they are made again or twice.
 *
 * At any moment asks = succeeded + failed + open, and attempts are at least as many as asks.
 */
export class AskStatistics {
  /** Things that users wanted. */
  asks = 0
  /** Requests that were sent for them. */
  attempts = 0
  /** Asks that came to a good answer. */
  succeeded = 0
  /** Asks that were given up: their last answer was an error. */
  failed = 0
  /** From the first request of an ask until its final answer, good or bad, in milliseconds. */
  readonly latency: Histogram = new Histogram()

  /** Asks without a final answer. */
  get open(): number {
    return this.asks - this.succeeded - this.failed
  }

  /** @internal */
  end(failed: boolean, latencyMs: number): void {
    if (failed) this.failed += 1
    else this.succeeded += 1
    this.latency.record(latencyMs)
  }
}

/**
 * Whether an answered request is an error to its client: an H-code, which includes the client's own
 * leaving (H27), or a status of 500 and more.
 */
export function isError(request: HttpRequest): boolean {
  return request.code !== '' || request.status >= 500
}
