import { kernelError } from '../errors.js'

/** An error about the parameters of a distribution; the message ends without a full stop. */
export function invalid(message: string): Error {
  return kernelError('KERNEL_ARGUMENT_INVALID', `Distribution: ${message}.`)
}

export function requirePositive(what: string, value: number): void {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return
  throw invalid(`${what} must be a number above 0, but was ${value}`)
}

/**
 * Weights as shares of their sum.
 *
 * @param what whose weights they are, for the error
 */
export function sharesOf(what: string, weights: readonly number[]): Float64Array {
  if (weights.length === 0) throw invalid(`${what} needs at least one part`)
  for (const [index, weight] of weights.entries()) {
    requirePositive(`${what} weight ${index + 1} of ${weights.length}`, weight)
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Float64Array.from(weights, (weight) => weight / total)
}
