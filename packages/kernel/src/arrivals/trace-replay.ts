import { kernelError } from '../errors.js'
import type { ArrivalProcess } from './arrival-process.js'

/** What a {@link TraceReplay} is made of. */
export interface TraceReplayOptions {
  /** Recorded arrival times in milliseconds, in order; equal ones are arrivals at the same time. */
  readonly timesMs: ArrayLike<number>
  /** Factor on all times: 2 replays at half the speed. Default 1. */
  readonly scale?: number
  /** The record begins anew after so many of its milliseconds. Default: it is replayed once. */
  readonly periodMs?: number
}

/** Recorded arrivals, one by one. It draws no random numbers. */
export class TraceReplay implements ArrivalProcess {
  private readonly timesMs: Float64Array
  private readonly scale: number
  private readonly periodMs: number
  private lap = 0
  private index = 0
  private lastMs: number = Number.NEGATIVE_INFINITY

  /**
   * @param options the times are copied
   * @throws `KERNEL_ARGUMENT_INVALID` when a time is negative, not finite or before the one that
   *   precedes it, the scale is not a finite number above 0, or the period is not after the last time
   */
  constructor({ timesMs, scale = 1, periodMs = Number.POSITIVE_INFINITY }: TraceReplayOptions) {
    this.timesMs = Float64Array.from(timesMs)
    this.scale = scale
    this.periodMs = periodMs
    let previous = 0
    for (const [index, atMs] of this.timesMs.entries()) {
      if (!(atMs >= 0 && atMs < Number.POSITIVE_INFINITY)) {
        throw invalid(`has arrival ${index + 1} at ${atMs} ms; a time is finite, 0 or more`)
      }
      if (atMs < previous) {
        throw invalid(
          `goes back in time with arrival ${index + 1}: ${previous} ms, then ${atMs} ms`,
        )
      }
      previous = atMs
    }
    if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) {
      throw invalid(`has the scale ${scale}; a scale is a finite number above 0`)
    }
    if (!(periodMs > previous)) {
      throw invalid(
        `has a period of ${periodMs} ms; it must be after the last arrival, ${previous} ms`,
      )
    }
  }

  /**
   * The time of the next recorded arrival; `Infinity` after the last one. Arrivals before `nowMs` are
   * left out, but not those at the same recorded time as the one before.
   */
  next(nowMs: number): number {
    for (;;) {
      const atMs = this.peek()
      // A clock that adds delays can be one rounding past the time of the arrival before.
      if (atMs >= nowMs || atMs === this.lastMs) {
        this.advance()
        this.lastMs = atMs
        return Math.max(atMs, nowMs)
      }
      this.advance()
    }
  }

  private peek(): number {
    if (this.index >= this.timesMs.length) return Number.POSITIVE_INFINITY
    const startMs = this.lap === 0 ? 0 : this.lap * this.periodMs
    return (startMs + (this.timesMs[this.index] as number)) * this.scale
  }

  private advance(): void {
    this.index += 1
    if (this.index < this.timesMs.length || this.periodMs === Number.POSITIVE_INFINITY) return
    this.index = 0
    this.lap += 1
  }
}

function invalid(what: string): Error {
  return kernelError('KERNEL_ARGUMENT_INVALID', `A trace ${what}.`)
}
