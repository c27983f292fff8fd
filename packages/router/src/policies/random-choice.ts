import type { HttpRequest, RandomSource } from '@celadon/contracts'
import type { Balancer, Candidate, Policy } from './policy.js'

/** Every candidate with the same probability: what Heroku's routers do since Cedar. */
export function randomChoice(): Policy {
  return { name: 'random', create: ({ random }) => new RandomChoice(random) }
}

/** Every candidate with the same probability. */
export class RandomChoice implements Balancer {
  constructor(private readonly random: RandomSource) {}

  choose(candidates: readonly Candidate[], _request: HttpRequest): number {
    return this.random.below(candidates.length)
  }
}
