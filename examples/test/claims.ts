import type { Interval } from '@celadon/kernel'
import { estimate, estimateDifference } from '../experiment/replications.js'

/** One interval in 10,000 misses the truth, so that all claims of the tests together hold. */
const CONFIDENCE = 0.9999

/** The mean of a figure over replications. */
export function certain<Figures>(
  runs: readonly Figures[],
  figure: (figures: Figures) => number,
): Interval {
  return estimate(runs, figure, CONFIDENCE)
}

/** By how much a figure is greater in `runs` than in `others`, pair by pair of the same seed. */
export function certainDifference<Figures>(
  runs: readonly Figures[],
  others: readonly Figures[],
  figure: (figures: Figures) => number,
): Interval {
  return estimateDifference(runs, others, figure, CONFIDENCE)
}
