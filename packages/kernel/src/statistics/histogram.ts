import { kernelError } from '../errors.js'

const MANTISSA_BITS = 7
const CELLS_PER_OCTAVE = 1 << MANTISSA_BITS
const LOWEST_EXPONENT = -10
const OCTAVES = 44
const CELLS = OCTAVES * CELLS_PER_OCTAVE
const OFFSET = (1023 + LOWEST_EXPONENT) << MANTISSA_BITS

/** One float and its two halves; which half is the high one depends on the machine. */
const float = new Float64Array(1)
const halves = new Uint32Array(float.buffer)
const HIGH: number = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0

/**
 * Counts non-negative values in cells whose width grows with the value, so that every quantile
 * from 2^-10 to 2^34 (in milliseconds: from a microsecond to 198 days) is known within
 * {@link Histogram.RELATIVE_ERROR}. Smaller values count as 0, greater ones fall into the last cell.
 * Recording costs a few nanoseconds and no memory; histograms of parts add up to the histogram of
 * the whole.
 */
export class Histogram {
  /** Largest relative error of {@link quantile}: half a cell, 1/256. */
  static readonly RELATIVE_ERROR: number = 1 / 256

  /** Values recorded so far. */
  count = 0
  /** Their sum, exact but for rounding. */
  sum = 0
  /** The greatest value, exact; 0 when nothing was recorded. */
  max = 0
  /** The smallest value, exact; `Infinity` when nothing was recorded. */
  min: number = Number.POSITIVE_INFINITY
  private readonly cells = new Float64Array(CELLS + 1)

  /**
   * Takes one value in. What rounding leaves below 0 counts as 0.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when it is not a number or infinite
   */
  record(value: number): void {
    if (!(value < Number.POSITIVE_INFINITY)) {
      throw invalid(`record needs a finite value, but value number ${this.count + 1} is ${value}`)
    }
    this.count += 1
    this.sum += value
    if (value > this.max) this.max = value
    if (value < this.min) this.min = value
    const cell = cellOf(value)
    this.cells[cell] = (this.cells[cell] as number) + 1
  }

  /** Arithmetic mean, exact; 0 when nothing was recorded. */
  get mean(): number {
    return this.count === 0 ? 0 : this.sum / this.count
  }

  /**
   * The value below or at which a share `p` of the recorded values lies, `p` in [0, 1]; 0 when
   * nothing was recorded.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when `p` is outside of [0, 1]
   */
  quantile(p: number): number {
    if (!(p >= 0 && p <= 1)) throw invalid(`quantile needs p from 0 to 1, but p is ${p}`)
    return this.count === 0 ? 0 : this.ranked(Math.ceil(p * this.count))
  }

  /**
   * The value at a place of the sorted values, the smallest one at 1.
   *
   * @internal
   */
  ranked(rank: number): number {
    if (rank <= 0) return this.min
    let seen = 0
    for (let cell = 0; cell <= CELLS; cell += 1) {
      seen += this.cells[cell] as number
      if (seen >= rank) return Math.min(Math.max(middleOf(cell), this.min), this.max)
    }
    return this.max
  }

  /** Number of values above `threshold`, exact up to the cell in which the threshold lies. */
  countAbove(threshold: number): number {
    let seen = 0
    for (let cell = cellOf(threshold) + 1; cell <= CELLS; cell += 1) {
      seen += this.cells[cell] as number
    }
    return seen
  }

  /** Adds what another histogram counted. */
  merge(other: Histogram): void {
    this.count += other.count
    this.sum += other.sum
    this.max = Math.max(this.max, other.max)
    this.min = Math.min(this.min, other.min)
    for (let cell = 0; cell <= CELLS; cell += 1) {
      this.cells[cell] = (this.cells[cell] as number) + (other.cells[cell] as number)
    }
  }

  /** Forgets everything. */
  reset(): void {
    if (this.count === 0) return
    this.count = 0
    this.sum = 0
    this.max = 0
    this.min = Number.POSITIVE_INFINITY
    this.cells.fill(0)
  }
}

/** Cell 0 is for zero and tiny values; above it, exponent and upper mantissa bits are the index. */
function cellOf(value: number): number {
  if (!(value > 0)) return 0
  float[0] = value
  const cell = ((halves[HIGH] as number) >>> (20 - MANTISSA_BITS)) - OFFSET + 1
  if (cell < 1) return 0
  if (cell > CELLS) return CELLS
  return cell
}

function middleOf(cell: number): number {
  return cell === 0 ? 0 : (startOf(cell) + startOf(cell + 1)) / 2
}

function startOf(cell: number): number {
  halves[HIGH] = (cell - 1 + OFFSET) << (20 - MANTISSA_BITS)
  halves[1 - HIGH] = 0
  return float[0] as number
}

function invalid(what: string): Error {
  return kernelError('KERNEL_ARGUMENT_INVALID', `Histogram.${what}.`)
}
