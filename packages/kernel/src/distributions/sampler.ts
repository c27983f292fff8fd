import { kernelError } from '../errors.js'
import type { RandomStream } from '../random/random-stream.js'
import type { Distribution } from './distribution.js'

const CELLS = 4096
const LAST_PROBE = 0.8541019662496845
/**
 * Places in a cell at which the quantile is compared with its chord: multiples of the golden ratio,
 * which no regular row of steps hits.
 */
const PROBES: readonly number[] = [0.2360679774997897, 0.6180339887498949, LAST_PROBE]
const PROBE_ERROR = 5e-5
/** A quantile that does not rise over this part of a cell is taken for a row of steps. */
const STEP_WIDTH = 2 ** -16

/**
 * Draws from a distribution by looking up its quantile in a table: one random number and a few
 * nanoseconds, whatever the distribution. Inside of a cell the quantile is interpolated linearly
 * where that is good enough; in cells in which it bends more or jumps, as at the ends, the exact
 * quantile is computed.
 */
export class Sampler {
  /**
   * Largest relative error of a draw, beside the exact quantile of the same random number: 1/10,000.
   * The mean is therefore within 1/10,000 and the second moment within 2/10,000; for the families of
   * the kernel the tests find a tenth of that.
   */
  static readonly RELATIVE_ERROR: number = 1e-4

  /** Quantiles at the edges of the cells; NaN where the cells on both sides are not interpolated. */
  private readonly quantiles: Float64Array

  /**
   * Computes some 20,000 quantiles: one to twenty milliseconds, for a mixture up to a hundred.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when a quantile is negative or not a number
   */
  constructor(
    readonly distribution: Distribution,
    private readonly stream: RandomStream,
  ) {
    this.quantiles = compile(distribution)
  }

  /** The next draw. */
  next(): number {
    const position = this.stream.float() * CELLS
    const cell = Math.floor(position)
    const low = this.quantiles[cell] as number
    const value = low + (position - cell) * ((this.quantiles[cell + 1] as number) - low)
    return Number.isNaN(value) ? this.distribution.quantile(position / CELLS) : value
  }
}

function compile(distribution: Distribution): Float64Array {
  const quantiles = new Float64Array(CELLS + 1).fill(Number.NaN)
  let high = Number.NaN
  for (let cell = CELLS - 1; cell >= 0; cell -= 1) {
    const low = quantileOf(distribution, cell / CELLS)
    if (isNearlyLinear(distribution, cell, low, high)) quantiles[cell] = low
    high = low
  }
  return quantiles
}

/** Whether a cell may be interpolated: the quantile follows its chord and does not rise in steps. */
function isNearlyLinear(
  distribution: Distribution,
  cell: number,
  low: number,
  high: number,
): boolean {
  if (low === high) return true
  let value = low
  for (const place of PROBES) {
    value = quantileOf(distribution, (cell + place) / CELLS)
    const chord = low + place * (high - low)
    if (Math.abs(value - chord) > PROBE_ERROR * value) return false
  }
  return value < quantileOf(distribution, (cell + LAST_PROBE + STEP_WIDTH) / CELLS)
}

function quantileOf(distribution: Distribution, p: number): number {
  const value = distribution.quantile(p)
  if (value >= 0) return value
  throw kernelError(
    'KERNEL_ARGUMENT_INVALID',
    `A sampler needs quantiles of 0 or more, but ${distribution.name} has ${value} at ${p}.`,
  )
}
