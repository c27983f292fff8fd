import { LeastLoaded } from './least-loaded.js'
import { StaleView, TrueView } from './load-view.js'
import { requireDuration } from './option-checks.js'
import type { Policy } from './policy.js'
import type { Ties } from './ties.js'

/** Options of {@link leastOutstanding}. */
export interface LeastOutstandingOptions {
  /**
   * Time for which an instance uses what the dynos told it, in milliseconds; the first choice after
   * that asks all of them anew. Default 0: it sees the truth at every choice.
   */
  readonly staleMs?: number
  /** Which of several equal dynos is taken. Default `'random'`. */
  readonly ties?: Ties
}

/**
 * The dyno that has the fewest requests, whoever sent them and even when nobody waits for them any
 * more. Every instance knows it, but maybe late: then all run to the dyno that was the emptiest, and
 * with an old view that is worse than chance (Mitzenmacher, "How Useful Is Old Information?", 2000).
 * An instance does not add what it has sent since. A dyno that came since, or that does not tell,
 * counts with what the instance itself has under way there. Looks at all candidates: O(n).
 *
 * @throws `ROUTER_POLICY_OPTION_INVALID` when `staleMs` is not a finite number, 0 or more
 */
export function leastOutstanding(options: LeastOutstandingOptions = {}): Policy {
  const { staleMs = 0, ties = 'random' } = options
  requireDuration('leastOutstanding', 'staleMs', staleMs)
  return {
    name: staleMs === 0 ? 'least outstanding' : `least outstanding as of ${staleMs} ms ago`,
    create({ scheduler, pool, instances, stream }) {
      const view =
        staleMs === 0 ? new TrueView() : new StaleView(staleMs, scheduler, pool, instances)
      return new LeastLoaded(view, ties, stream)
    },
  }
}
