import type { HttpRequest, RandomSource } from '@celadon/contracts'
import { requireWeight } from './option-checks.js'
import type { Balancer, Candidate, Policy } from './policy.js'

/** Options of {@link weighted}. */
export interface WeightedOptions {
  /**
   * Weights, 0 or more: by name of the dyno (those that are not listed have 1), or a function that
   * tells it at every choice.
   */
  readonly weights: Readonly<Record<string, number>> | ((candidate: Candidate) => number)
}

/**
 * At random, each dyno in proportion to its weight. One of weight 0 gets nothing; when all candidates
 * have 0, each gets the same. Looks at all candidates: O(n).
 *
 * @throws `ROUTER_POLICY_OPTION_INVALID` when a weight is not a finite number, 0 or more; at the
 *   choice when a function tells it
 */
export function weighted({ weights }: WeightedOptions): Policy {
  if (typeof weights !== 'function') {
    for (const [name, weight] of Object.entries(weights)) {
      requireWeight('weighted', `weights['${name}']`, weight)
    }
  }
  const weightOf =
    typeof weights === 'function'
      ? weights
      : ({ name }: Candidate) => (Object.hasOwn(weights, name) ? (weights[name] as number) : 1)
  return { name: 'weighted', create: ({ stream }) => new Weighted(weightOf, stream) }
}

class Weighted implements Balancer {
  /** Sums of the weights up to each candidate, of the choice under way. */
  private readonly sums: number[] = []

  constructor(
    private readonly weightOf: (candidate: Candidate) => number,
    private readonly stream: RandomSource,
  ) {}

  choose(candidates: readonly Candidate[], _request: HttpRequest): number {
    const { sums } = this
    let total = 0
    for (let index = 0; index < candidates.length; index += 1) {
      const weight = this.weightOf(candidates[index] as Candidate)
      requireWeight('weighted', 'weights', weight)
      total += weight
      sums[index] = total
    }
    if (total === 0) return this.stream.below(candidates.length)
    const point = this.stream.float() * total
    let index = 0
    while ((sums[index] as number) <= point) index += 1
    return index
  }
}
