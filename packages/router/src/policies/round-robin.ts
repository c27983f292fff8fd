import type { Backend, HttpRequest, RandomSource } from '@celadon/contracts'
import type { Balancer, Candidate, Policy } from './policy.js'

/**
 * Every dyno in turn, in the order of the pool. Each instance goes round by itself and begins at a
 * dyno of its own, drawn at random: several instances that began at the same one would march in
 * step. Costs O(1); O(n) when other dynos are candidates than at the choice before.
 */
export function roundRobin(): Policy {
  return {
    name: 'round robin',
    create: ({ instances, stream }) => new RoundRobin(instances, stream),
  }
}

class RoundRobin implements Balancer {
  private readonly turns: Turn[]

  constructor(
    instances: number,
    private readonly stream: RandomSource,
  ) {
    this.turns = Array.from({ length: instances }, () => new Turn())
  }

  choose(candidates: readonly Candidate[], _request: HttpRequest, instance: number): number {
    const turn = this.turns[instance] as Turn
    const next = this.next(candidates, turn)
    const index = next < candidates.length ? next : 0
    turn.index = index
    turn.backend = (candidates[index] as Candidate).backend
    return index
  }

  private next(candidates: readonly Candidate[], { backend, index }: Turn): number {
    if (backend === null) return this.stream.below(candidates.length)
    if (candidates[index]?.backend === backend) return index + 1
    const found = candidates.findIndex((candidate) => candidate.backend === backend)
    // When the last one is no candidate any more, its follower has moved up to its place.
    return found >= 0 ? found + 1 : index
  }
}

/** Whose turn it was at one instance. */
class Turn {
  backend: Backend | null = null
  index = 0
}
