import type { Distribution } from './distribution.js'
import { invalid } from './parameters.js'

/**
 * Recorded values, drawn again: each as often as it was recorded. The quantile is a step function,
 * so mean and variance are exactly those of the record (n in the denominator), a draw is a value
 * that was seen, and a gap between two groups of values stays a gap. Nothing beyond the greatest
 * value is ever drawn.
 *
 * @param samples in any order; they are copied
 * @throws `KERNEL_ARGUMENT_INVALID` when there are none, or one is negative or not finite
 */
export function empirical(samples: ArrayLike<number>): Distribution {
  const sorted = Float64Array.from(samples)
  const count = sorted.length
  if (count === 0) throw invalid('empirical needs at least one sample')
  const wrong = sorted.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY))
  if (wrong >= 0) {
    throw invalid(
      `empirical needs finite samples, 0 or more, but sample ${wrong + 1} of ${count} is ${sorted[wrong]}`,
    )
  }
  sorted.sort()
  const mean = sorted.reduce((sum, value) => sum + value / count, 0)
  return {
    name: `empirical(${count} ${count === 1 ? 'sample' : 'samples'})`,
    mean,
    variance: sorted.reduce((sum, value) => sum + (value - mean) ** 2 / count, 0),
    quantile: (p) => sorted[Math.min(Math.floor(p * count), count - 1)] as number,
    cdf: (x) => countUpTo(x, sorted) / count,
  }
}

/**
 * A histogram of recorded values: bin `i` reaches from `edges[i]` to `edges[i + 1]` and holds
 * `counts[i]` of them. Within a bin every value is equally likely.
 *
 * @throws `KERNEL_ARGUMENT_INVALID` when there is not one edge more than counts, edges do not rise
 *   from 0 or more, or counts are negative or all 0
 */
export function piecewiseUniform(options: {
  readonly edges: ArrayLike<number>
  readonly counts: ArrayLike<number>
}): Distribution {
  const edges = Float64Array.from(options.edges)
  const counts = Float64Array.from(options.counts)
  const total = requireBins(edges, counts)
  const bins = counts.length
  /** Share of the draws below each edge. */
  const below = new Float64Array(bins + 1)
  let mean = 0
  let sum = 0
  for (let bin = 0; bin < bins; bin += 1) {
    const [low, high] = [edges[bin] as number, edges[bin + 1] as number]
    mean += ((counts[bin] as number) / total) * ((low + high) / 2)
    sum += counts[bin] as number
    below[bin + 1] = sum / total
  }
  let variance = 0
  for (let bin = 0; bin < bins; bin += 1) {
    const [low, high] = [edges[bin] as number, edges[bin + 1] as number]
    const square = ((low + high) / 2 - mean) ** 2 + (high - low) ** 2 / 12
    variance += ((counts[bin] as number) / total) * square
  }
  return {
    name: `piecewiseUniform(${bins} ${bins === 1 ? 'bin' : 'bins'}, ${total} values)`,
    mean,
    variance,
    quantile: (p) => interpolate(p, below, edges),
    cdf: (x) => interpolate(x, edges, below),
  }
}

function requireBins(edges: Float64Array, counts: Float64Array): number {
  if (counts.length === 0 || edges.length !== counts.length + 1) {
    throw invalid(
      `piecewiseUniform needs counts and one edge more, but got ${counts.length} counts and ${edges.length} edges`,
    )
  }
  for (const [index, edge] of edges.entries()) {
    const previous = index === 0 ? -Number.MIN_VALUE : (edges[index - 1] as number)
    if (edge > previous && edge < Number.POSITIVE_INFINITY) continue
    throw invalid(
      `piecewiseUniform needs finite edges that rise from 0 or more, but edge ${index + 1} of ${edges.length} is ${edge}`,
    )
  }
  let total = 0
  for (const [index, count] of counts.entries()) {
    if (!(count >= 0 && count < Number.POSITIVE_INFINITY)) {
      throw invalid(
        `piecewiseUniform needs counts of 0 or more, but count ${index + 1} of ${counts.length} is ${count}`,
      )
    }
    total += count
  }
  if (total === 0) throw invalid('piecewiseUniform needs a count above 0, but all are 0')
  return total
}

/** The line through the points (from, to) at a place; constant before the first and after the last. */
function interpolate(place: number, from: Float64Array, to: Float64Array): number {
  const right = countUpTo(place, from)
  if (right === 0) return to[0] as number
  if (right === from.length) return to[right - 1] as number
  const [left, start] = [from[right - 1] as number, to[right - 1] as number]
  const part = (place - left) / ((from[right] as number) - left)
  return start + part * ((to[right] as number) - start)
}

/** How many of the sorted values are not above x. */
function countUpTo(x: number, sorted: Float64Array): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) <= x) low = middle + 1
    else high = middle
  }
  return low
}
