import type { RandomSource } from '@celadon/contracts'

/** What a router knows of a dyno when it chooses. */
export interface Candidate {
  /** For example `web.1`. */
  readonly name: string
  /** Requests that this router has under way there. Other routers' requests are not in it. */
  readonly active: number
}

/**
 * A balancing policy: picks one of the candidates, which are all dynos that are neither in
 * quarantine nor at their limit, at least one, in the order of their names. Returns its index.
 */
export type Policy = (candidates: readonly Candidate[], random: RandomSource) => number

/** Every candidate with the same probability: what Heroku's routers do since Cedar. */
export const randomChoice: Policy = (candidates, random) => random.below(candidates.length)
