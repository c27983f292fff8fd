/** Variance of counts over their mean: about 1 for those of a Poisson process. */
export function indexOfDispersion(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1)
  return variance / mean
}

/**
 * Where the index of dispersion of `windows` independent counts lies with a probability of 99.9 %,
 * if the true one is `index`: (n - 1) / index times it is chi-squared with n - 1 degrees of freedom,
 * whose quantiles follow from the normal one (3.2905) by the cube root of Wilson and Hilferty. Holds
 * for counts that are nearly normal.
 */
export function dispersionInterval(index: number, windows: number): [number, number] {
  const ninth = 2 / (9 * (windows - 1))
  return [
    index * (1 - ninth - 3.2905 * Math.sqrt(ninth)) ** 3,
    index * (1 - ninth + 3.2905 * Math.sqrt(ninth)) ** 3,
  ]
}
