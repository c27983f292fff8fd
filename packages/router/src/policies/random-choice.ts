import type { HttpRequest, RandomSource } from '@celadon/contracts'
import type { Balancer, Candidate, Policy } from './policy.js'

/** Every candidate with the same probability: what Heroku's routers do since Cedar. */
export function randomChoice(): Policy {
  return { name: 'random', create: ({ stream }) => new RandomChoice(stream) }
}

/** Every candidate with the same probability. */
export class RandomChoice implements Balancer {
  constructor(private readonly stream: RandomSource) {}

  choose(candidates: readonly Candidate[], _request: HttpRequest): number {
    return this.stream.below(candidates.length)
  }
}
