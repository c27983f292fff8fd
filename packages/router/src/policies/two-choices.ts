import type { HttpRequest, RandomSource } from '@celadon/contracts'
import { type LoadView, OwnView, TrueView } from './load-view.js'
import type { Balancer, Candidate, Policy } from './policy.js'

/** Options of {@link twoChoices}. */
export interface TwoChoicesOptions {
  /**
   * By what a dyno counts as busy: `own`: requests that the asking instance has under way there;
   * `true`: all that the dyno has. Default `'own'`.
   */
  readonly view?: 'own' | 'true'
}

/**
 * A second chance, blindly: draws a dyno; when it is busy, draws once more and takes that one,
 * whatever it has under way. Busy is a dyno without a free slot. This is the mode `choice_of_two` of
 * the simulation that came with Rap Genius's article of February 2013. Costs O(1). {@link powerOf}
 * compares the two instead.
 */
export function twoChoices({ view = 'own' }: TwoChoicesOptions = {}): Policy {
  return {
    name: `two choices${view === 'true' ? ', true view' : ''}`,
    create: ({ stream }) =>
      new TwoChoices(view === 'true' ? new TrueView() : new OwnView(), stream),
  }
}

class TwoChoices implements Balancer {
  constructor(
    private readonly view: LoadView,
    private readonly stream: RandomSource,
  ) {}

  choose(candidates: readonly Candidate[], _request: HttpRequest, instance: number): number {
    const index = this.stream.below(candidates.length)
    const first = candidates[index] as Candidate
    if (this.view.load(first, instance) < (first.backend.slots ?? 1)) return index
    return this.stream.below(candidates.length)
  }
}
