import { atLeast } from './option-checks.js'

/** How many retries a client allows itself. */
export interface RetryBudgetOptions {
  /** Retries that each ask earns, for example 0.1. */
  readonly ratio: number
  /** Retries that can be saved, and that there are at the start. Default 10, a guess. */
  readonly burst?: number
}

/**
 * A token bucket for retries, as in Twitter's Finagle or, counted otherwise, in gRPC: an ask puts
 * `ratio` tokens in, a retry takes one out, and without a token there is none. So the attempts are at
 * most asks · (1 + ratio) + burst, however much fails: it is what keeps retries from growing into a
 * storm.
 */
export class RetryBudget {
  private readonly ratio: number
  private readonly burst: number
  private tokens: number

  /** @throws `ROUTER_CLIENT_INVALID` when an option is negative or not finite */
  constructor({ ratio, burst = 10 }: RetryBudgetOptions) {
    this.ratio = atLeast('budget.ratio', ratio, 0)
    this.burst = atLeast('budget.burst', burst, 0)
    this.tokens = burst
  }

  /** An ask was made. */
  earn(): void {
    this.tokens = Math.min(this.tokens + this.ratio, this.burst)
  }

  /** Takes a token; false when there is none. */
  spend(): boolean {
    if (this.tokens < 1) return false
    this.tokens -= 1
    return true
  }
}
