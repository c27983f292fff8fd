const MANTISSA_BITS = 7
const CELLS_PER_OCTAVE = 1 << MANTISSA_BITS
const LOWEST_EXPONENT = -10
const OCTAVES = 44
const CELLS = OCTAVES * CELLS_PER_OCTAVE
const OFFSET = (1023 + LOWEST_EXPONENT) << MANTISSA_BITS

const bits = new DataView(new ArrayBuffer(8))

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

  count = 0
  sum = 0
  max = 0
  min: number = Number.POSITIVE_INFINITY
  private readonly cells = new Float64Array(CELLS + 1)

  record(value: number): void {
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
   */
  quantile(p: number): number {
    if (this.count === 0) return 0
    const rank = Math.min(Math.ceil(p * this.count), this.count)
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
  bits.setFloat64(0, value)
  const cell = (bits.getUint32(0) >>> (20 - MANTISSA_BITS)) - OFFSET + 1
  return cell < 1 ? 0 : Math.min(cell, CELLS)
}

function middleOf(cell: number): number {
  if (cell === 0) return 0
  bits.setUint32(0, (cell - 1 + OFFSET) << (20 - MANTISSA_BITS))
  bits.setUint32(4, 0)
  const low = bits.getFloat64(0)
  bits.setUint32(0, (cell + OFFSET) << (20 - MANTISSA_BITS))
  return (low + bits.getFloat64(0)) / 2
}
