import { type Interval, meanInterval } from '@celadon/kernel'

/**
 * Intervals of tests: one in 10,000 misses the truth, so that all of them together hold. Seeds are
 * fixed; it is the claim that has to be certain.
 */
const CONFIDENCE = 0.9999

/** The mean of a figure over replications. */
export function certain<Figures>(
  runs: readonly Figures[],
  figure: (figures: Figures) => number,
): Interval {
  return meanInterval(runs.map(figure), CONFIDENCE)
}

/** By how much a figure is greater in `runs` than in `others`, pair by pair of the same seed. */
export function certainDifference<Figures>(
  runs: readonly Figures[],
  others: readonly Figures[],
  figure: (figures: Figures) => number,
): Interval {
  const differences = runs.map(
    (figures, index) => figure(figures) - figure(others[index] as Figures),
  )
  return meanInterval(differences, CONFIDENCE)
}
