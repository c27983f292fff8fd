import type { HttpRequest, RandomSource } from '@celadon/contracts'
import type { LoadView } from './load-view.js'
import type { Balancer, Candidate } from './policy.js'
import type { Ties } from './ties.js'

/** Takes the dyno with the least load in some view. Looks at all candidates. */
export class LeastLoaded implements Balancer {
  constructor(
    private readonly view: LoadView,
    private readonly ties: Ties,
    private readonly stream: RandomSource,
  ) {}

  choose(candidates: readonly Candidate[], _request: HttpRequest, instance: number): number {
    const { view } = this
    let least = Number.POSITIVE_INFINITY
    let first = 0
    let equals = 0
    for (let index = 0; index < candidates.length; index += 1) {
      const load = view.load(candidates[index] as Candidate, instance)
      if (load < least) {
        least = load
        first = index
        equals = 1
      } else if (load === least) {
        equals += 1
      }
    }
    if (equals <= 1 || this.ties === 'index') return first
    let index = first
    for (let left = this.stream.below(equals); left > 0; left -= 1) {
      do index += 1
      while (view.load(candidates[index] as Candidate, instance) !== least)
    }
    return index
  }
}
