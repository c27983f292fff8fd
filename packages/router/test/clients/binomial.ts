/**
 * Whether a count of independent events is believable: within five standard deviations of its mean,
 * which a normal count leaves once in 1.7 million seeds.
 */
export function isBelievable(count: number, trials: number, probability: number): boolean {
  const deviation = Math.sqrt(trials * probability * (1 - probability))
  return Math.abs(count - trials * probability) <= 5 * deviation
}
