import type { RandomSource } from '@celadon/contracts'
import { atLeast, durationMs, invalidClient, share } from './option-checks.js'

/** How long a client pauses before it tries again. */
export interface BackOffOptions {
  /** Pause before the second attempt, in milliseconds. */
  readonly firstMs: number
  /** Each further pause is so many times as long. Default 2. */
  readonly factor?: number
  /** No pause is longer, in milliseconds. Default: no limit. */
  readonly maxMs?: number
  /**
   * Share of a pause that is left to chance: a pause p becomes one between (1 - jitter) p and p, each
   * equally likely. Default 0; 1 is the "full jitter" of Brooker, Exponential Backoff And Jitter
   * (AWS Architecture Blog, 2015).
   */
  readonly jitter?: number
}

/** Exponential back-off. */
export class BackOff {
  private readonly firstMs: number
  private readonly factor: number
  private readonly maxMs: number
  private readonly jitter: number

  /** @throws `ROUTER_CLIENT_INVALID` when an option is outside of its range */
  constructor(
    options: BackOffOptions,
    private readonly stream: RandomSource,
  ) {
    const { firstMs, factor = 2, maxMs = Number.POSITIVE_INFINITY, jitter = 0 } = options
    if (!(maxMs >= 0)) throw invalidClient('backOff.maxMs', 'a number of milliseconds', maxMs)
    this.firstMs = durationMs('backOff.firstMs', firstMs)
    this.factor = atLeast('backOff.factor', factor, 1)
    this.maxMs = maxMs
    this.jitter = share('backOff.jitter', jitter)
  }

  /** Pause after so many failed attempts, 1 or more, in milliseconds. */
  pauseMs(failures: number): number {
    const growth = Math.min(this.factor ** (failures - 1), Number.MAX_VALUE)
    const pauseMs = Math.min(this.firstMs * growth, this.maxMs)
    return this.jitter === 0 ? pauseMs : pauseMs * (1 - this.jitter * this.stream.float())
  }
}
