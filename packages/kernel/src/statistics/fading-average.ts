import { kernelError } from '../errors.js'

/**
 * The average of a level over time with a memory that fades exponentially, as the load averages of
 * Unix are. It is in the unit of the level.
 */
export class FadingAverage {
  /** The average as of the last {@link record}. */
  value: number
  private recordedAt: number

  /**
   * @param timeConstantMs what lies so far back weighs 1/e; a load average over one minute has 60,000
   * @param value the average at the start. Default 0
   * @param atMs virtual time of the start. Default 0
   * @throws `KERNEL_ARGUMENT_INVALID` when the time constant is not above 0
   */
  constructor(
    readonly timeConstantMs: number,
    value = 0,
    atMs = 0,
  ) {
    if (!(timeConstantMs > 0)) {
      throw kernelError(
        'KERNEL_ARGUMENT_INVALID',
        `The time constant of a FadingAverage must be above 0 ms, but was ${timeConstantMs}.`,
      )
    }
    this.value = value
    this.recordedAt = atMs
  }

  /** The level since the last call (or its mean since then), known at virtual time `nowMs`. */
  record(level: number, nowMs: number): void {
    const kept = Math.exp(-(nowMs - this.recordedAt) / this.timeConstantMs)
    this.value = this.value * kept + level * (1 - kept)
    this.recordedAt = nowMs
  }
}
