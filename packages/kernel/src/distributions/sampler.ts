import type { RandomStream } from '../random/random-stream.js'
import type { Distribution } from './distribution.js'

const CELLS = 4096
/** Cells at either end in which the exact quantile is computed. */
const EXACT_CELLS = 16

/**
 * Draws from a distribution by looking up its quantile in a table: one random number and a few
 * nanoseconds, whatever the distribution. Inside a cell the quantile is interpolated linearly; in
 * the cells at both ends, where it bends most, the exact quantile is computed.
 */
export class Sampler {
  private readonly quantiles = new Float64Array(CELLS + 1)

  constructor(
    readonly distribution: Distribution,
    private readonly stream: RandomStream,
  ) {
    for (let cell = 1; cell < CELLS; cell += 1) {
      this.quantiles[cell] = distribution.quantile(cell / CELLS)
    }
  }

  /** The next draw. */
  next(): number {
    const position = this.stream.float() * CELLS
    const cell = Math.floor(position)
    if (cell < EXACT_CELLS || cell >= CELLS - EXACT_CELLS) {
      return this.distribution.quantile(position / CELLS)
    }
    const low = this.quantiles[cell] as number
    return low + (position - cell) * ((this.quantiles[cell + 1] as number) - low)
  }
}
