import { expect } from 'vitest'

/**
 * So many of `runs` intervals covered the true value. If the probability of that lies between `least`
 * and `most`, the expectation fails for 1 seed in 1000 (normal approximation of the binomial).
 */
export function expectCoverage(covered: number, runs: number, least: number, most: number): void {
  const slack = (p: number): number => 3.29 * Math.sqrt((p * (1 - p)) / runs)
  expect(covered / runs).toBeGreaterThan(least - slack(least))
  expect(covered / runs).toBeLessThan(most + slack(most))
}
