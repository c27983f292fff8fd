import { type IntervalSummary, MeteredInterval } from './metered-interval.js'
import type { MetricsWindow } from './metrics.js'

/** The run at one resolution: the interval that is open, and those before it, as far as they are shown. */
export class Resolution {
  /** What happened in the open interval, but for what the finer resolution has not handed on yet. */
  readonly open: MeteredInterval = new MeteredInterval()
  /** Virtual time at which the open interval started. */
  startMs = 0
  /** The newest intervals that are over, oldest first. */
  private readonly over: IntervalSummary[] = []

  constructor(
    readonly window: MetricsWindow,
    /** Length of an interval in milliseconds. */
    readonly resolutionMs: number,
    /** Intervals in the window. */
    private readonly capacity: number,
  ) {}

  get endMs(): number {
    return this.startMs + this.resolutionMs
  }

  /** Ends the open interval and begins the next one. */
  close(): void {
    this.over.push(this.open.summary())
    if (this.over.length > this.capacity) this.over.shift()
    this.open.reset()
    this.startMs = this.endMs
  }

  /** The newest interval that is over; undefined in the first one. */
  get last(): IntervalSummary | undefined {
    return this.over.at(-1)
  }

  /**
   * The intervals of the window.
   *
   * @param unfinished the open interval; null when nothing of it has passed
   */
  intervals(unfinished: IntervalSummary | null): readonly IntervalSummary[] {
    const all = unfinished === null ? this.over : [...this.over, unfinished]
    return all.slice(-this.capacity)
  }
}
