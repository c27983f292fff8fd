import { meanOf } from './mean-interval.js'

/** Fewest groups of batches from which an interval is made; with fewer, Student's t grows out of use. */
const GROUPS_MIN = 8
/** One-sided test: independent batches fail it 1 time in 40. */
const CRITICAL = 1.96

/**
 * Correlation between neighbours, from von Neumann's ratio of squared successive differences to
 * squared deviations (1941): about 0 for independent values, towards 1 when each resembles the one
 * before. 0 when there are fewer than three values or all are equal.
 *
 * @internal
 */
export function neighbourCorrelation(values: Float64Array): number {
  const { length } = values
  if (length < 3) return 0
  const mean = meanOf(values)
  let differences = 0
  let squares = ((values[0] as number) - mean) ** 2
  for (let index = 1; index < length; index += 1) {
    const value = values[index] as number
    differences += (value - (values[index - 1] as number)) ** 2
    squares += (value - mean) ** 2
  }
  return squares === 0 ? 0 : 1 - differences / (2 * squares)
}

/**
 * Averages neighbouring batches in pairs until the test of von Neumann no longer finds them
 * correlated, as in Fishman (Grouping observations in digital simulation, 1978). Null when that
 * leaves fewer than 8.
 *
 * @internal
 */
export function uncorrelated(batches: Float64Array): Float64Array | null {
  let groups = batches
  while (groups.length >= GROUPS_MIN) {
    const { length } = groups
    const deviation = Math.sqrt((length - 2) / (length * length - 1))
    if (neighbourCorrelation(groups) <= CRITICAL * deviation) return groups
    groups = inPairs(groups)
  }
  return null
}

/**
 * The means of neighbouring batches, two by two. An odd one at the start is dropped.
 *
 * @internal
 */
export function inPairs(batches: Float64Array): Float64Array {
  const odd = batches.length % 2
  const pairs = new Float64Array((batches.length - odd) / 2)
  for (let index = 0; index < pairs.length; index += 1) {
    const first = batches[odd + 2 * index] as number
    pairs[index] = (first + (batches[odd + 2 * index + 1] as number)) / 2
  }
  return pairs
}
