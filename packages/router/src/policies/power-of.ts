import type { HttpRequest, RandomSource } from '@celadon/contracts'
import { type LoadView, OwnView, TrueView } from './load-view.js'
import { requireCount } from './option-checks.js'
import type { Balancer, Candidate, Policy } from './policy.js'
import type { Ties } from './ties.js'

/** Options of {@link powerOf}. */
export interface PowerOfOptions {
  /** Dynos that are drawn, at least 1. Default 2. */
  readonly choices?: number
  /**
   * What counts as load: `own`: requests that the asking instance has under way there; `true`: all
   * that the dyno has. Default `'own'`.
   */
  readonly view?: 'own' | 'true'
  /** Which of several equal dynos is taken; `random`: the one that was drawn first. Default `'random'`. */
  readonly ties?: Ties
}

/**
 * The power of d choices: draws d dynos, each from all of them, so that one may be drawn twice, and
 * takes the one with the least load (Mitzenmacher, 1996; Vvedenskaya, Dobrushin and Karpelevich,
 * 1996). Costs O(d), however many dynos there are.
 *
 * @throws `ROUTER_POLICY_OPTION_INVALID` when `choices` is not a whole number of at least 1
 */
export function powerOf(options: PowerOfOptions = {}): Policy {
  const { choices = 2, view = 'own', ties = 'random' } = options
  requireCount('powerOf', 'choices', choices)
  return {
    name: `power of ${choices} choices${view === 'true' ? ', true view' : ''}`,
    create({ stream }) {
      return new PowerOf(choices, view === 'true' ? new TrueView() : new OwnView(), ties, stream)
    },
  }
}

class PowerOf implements Balancer {
  constructor(
    private readonly choices: number,
    private readonly view: LoadView,
    private readonly ties: Ties,
    private readonly stream: RandomSource,
  ) {}

  choose(candidates: readonly Candidate[], _request: HttpRequest, instance: number): number {
    const { view, stream } = this
    let best = stream.below(candidates.length)
    let least = view.load(candidates[best] as Candidate, instance)
    for (let drawn = 1; drawn < this.choices; drawn += 1) {
      const index = stream.below(candidates.length)
      const load = view.load(candidates[index] as Candidate, instance)
      if (load < least || (load === least && this.ties === 'index' && index < best)) {
        best = index
        least = load
      }
    }
    return best
  }
}
