import { uncorrelated } from './correlation.js'
import { Histogram } from './histogram.js'
import {
  type Interval,
  intervalBetween,
  requireShare,
  studentHalfWidth,
  unknownInterval,
} from './interval.js'

const BATCHES_MAX = 32
const BATCHES_MIN = BATCHES_MAX / 2
const FIRST_LENGTH = 64
/** Observations that each batch must be expected to have on either side of the quantile. */
const BEYOND_MIN = 10

/** An interval that was asked for and holds until the next batch is full. */
interface Answer {
  readonly p: number
  readonly interval: Interval
}

/**
 * Quantiles of correlated observations, such as the waits of one queue, and intervals for them from
 * one run. Each batch of observations has a histogram; when 32 batches are full they become 16 of
 * twice the length, so memory stays constant (1.4 MB).
 *
 * The intervals are by sectioning (Asmussen and Glynn, Stochastic Simulation, 2007, section III.5):
 * the estimate is the quantile of all batches together, and the spread of the batches' own quantiles
 * around it gives the width. The unit is that of the observations, which are 0 or more, as in
 * {@link Histogram}. Call {@link reset} at the end of the warm-up.
 */
export class BatchQuantiles {
  /** Observations in a batch: 64 at first, then doubling. */
  batchLength: number = FIRST_LENGTH
  /** First the full ones, then the open one, then those that wait to be used again. */
  private batches: Histogram[] = [new Histogram()]
  private full = 0
  private open: Histogram = this.batches[0] as Histogram
  private readonly answers: Answer[] = []

  /**
   * Takes one observation in.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when it is not a number or infinite
   */
  record(value: number): void {
    this.open.record(value)
    if (this.open.count === this.batchLength) this.closeBatch()
  }

  /** Observations since the start or the last {@link reset}. */
  get count(): number {
    return this.full * this.batchLength + this.open.count
  }

  /** A new histogram of all observations. */
  histogram(): Histogram {
    return this.merged(this.full + 1)
  }

  /**
   * The interval for a quantile in the long run, from the full batches; wider by the
   * {@link Histogram.RELATIVE_ERROR}. While the quantiles of neighbouring batches are correlated, they
   * are averaged in pairs. The interval is infinitely wide while there are fewer than 16 batches,
   * while fewer than 8 averages would be left, and while a batch is too short to have 10
   * observations on either side of the quantile: the 99th percentile takes 16,384 observations.
   *
   * A stop rule may ask after every event: the answer changes only when a batch is full.
   *
   * @param p the share of values below the quantile: 0.95 for the 95th percentile
   * @param confidence between 0 and 1. Default 0.95
   * @throws `KERNEL_ARGUMENT_INVALID` when `p` or `confidence` is not between 0 and 1
   */
  interval(p: number, confidence = 0.95): Interval {
    for (const { p: asked, interval } of this.answers) {
      if (asked === p && interval.confidence === confidence) return interval
    }
    const interval = this.compute(p, confidence)
    this.answers.push({ p, interval })
    return interval
  }

  /** Forgets everything, as at the end of the warm-up. */
  reset(): void {
    for (const batch of this.batches) batch.reset()
    this.batchLength = FIRST_LENGTH
    this.full = 0
    this.open = this.batches[0] as Histogram
    this.answers.length = 0
  }

  private closeBatch(): void {
    this.full += 1
    this.answers.length = 0
    if (this.full === BATCHES_MAX) this.join()
    if (this.full === this.batches.length) this.batches.push(new Histogram())
    this.open = this.batches[this.full] as Histogram
  }

  private join(): void {
    const joined = this.batches.filter((_, index) => index % 2 === 0)
    const unused = this.batches.filter((_, index) => index % 2 === 1)
    for (const [index, batch] of unused.entries()) {
      joined[index]?.merge(batch)
      batch.reset()
    }
    this.batches = [...joined, ...unused]
    this.full = BATCHES_MIN
    this.batchLength *= 2
  }

  private merged(batches: number): Histogram {
    const histogram = new Histogram()
    for (const batch of this.batches.slice(0, batches)) histogram.merge(batch)
    return histogram
  }

  private compute(p: number, confidence: number): Interval {
    requireShare('The p of BatchQuantiles', p)
    requireShare('The confidence of BatchQuantiles', confidence)
    const quantile = this.merged(this.full).quantile(p)
    const beyond = this.batchLength * Math.min(p, 1 - p)
    if (this.full < BATCHES_MIN || beyond < BEYOND_MIN) return unknownInterval(quantile, confidence)
    const full = this.batches.slice(0, this.full)
    const groups = uncorrelated(Float64Array.from(full, (batch) => batch.quantile(p)))
    if (groups === null) return unknownInterval(quantile, confidence)
    const halfWidth = studentHalfWidth(quantile, groups, confidence)
    return intervalBetween(
      quantile,
      (quantile - halfWidth) / (1 + Histogram.RELATIVE_ERROR),
      (quantile + halfWidth) / (1 - Histogram.RELATIVE_ERROR),
      confidence,
    )
  }
}
