import type { RandomSource } from '@celadon/contracts'

/** What a router knows of a dyno when it chooses. */
export interface Candidate {
  /** For example `web.1`. */
  readonly name: string
  /**
   * Requests that this router instance has under way there. Neither those of the other instances
   * nor those that ended as H12, on which the dyno may still work, are in it.
   */
  readonly active: number
}

/**
 * A balancing policy: picks one of the candidates and returns its index. Candidates are the dynos
 * that are neither in quarantine nor at their limit, in the order of the pool. There are at least
 * two: a single one is taken without asking. The list is the router's own and changes after the call.
 */
export type Policy = (candidates: readonly Candidate[], random: RandomSource) => number

/** Every candidate with the same probability: what Heroku's routers do since Cedar. */
export const randomChoice: Policy = (candidates, random) => random.below(candidates.length)
