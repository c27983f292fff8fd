// @ts-check
import { meanInterval } from '@celadon/kernel'

/**
 * Simulates once for each of the seeds 1, 2, … Alternatives that are simulated with the same seeds get
 * the same requests (common random numbers), so that their differences are known better than each of
 * them.
 *
 * @template Figures
 * @param {number} count
 * @param {(seed: string) => Figures} simulate
 * @returns {Figures[]}
 */
export function replicate(count, simulate) {
  return Array.from({ length: count }, (_, index) => simulate(String(index + 1)))
}

/**
 * The mean of a figure over the replications, with its interval.
 *
 * @template Figures
 * @param {readonly Figures[]} runs
 * @param {(figures: Figures) => number} figure
 * @param {number} [confidence]
 */
export function estimate(runs, figure, confidence = 0.95) {
  return meanInterval(runs.map(figure), confidence)
}

/**
 * By how much a figure is greater in `runs` than in `others`, pair by pair of the same seed.
 *
 * @template Figures
 * @param {readonly Figures[]} runs
 * @param {readonly Figures[]} others
 * @param {(figures: Figures) => number} figure
 * @param {number} [confidence]
 */
export function estimateDifference(runs, others, figure, confidence = 0.95) {
  const pairs = runs.map(
    (run, index) => /** @type {const} */ ([run, /** @type {Figures} */ (others[index])]),
  )
  return estimate(pairs, ([run, other]) => figure(run) - figure(other), confidence)
}
