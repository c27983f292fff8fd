import type { LCode } from '@celadon/contracts'
import type { Logplex } from '@celadon/logplex'

/**
 * Messages of the app's log that were lost on the way, by the code that reports them: `L10` in its
 * drains, `L12` and `L13` between dynos and logplex.
 */
export function logLosses(logplex: Logplex): ReadonlyMap<LCode, number> {
  const dropped = logplex.drains.reduce((sum, { statistics }) => sum + statistics.dropped, 0)
  const losses: readonly (readonly [LCode, number])[] = [
    ['L10', dropped],
    ['L12', logplex.delivery?.dropped ?? 0],
    ['L13', logplex.delivery?.lost ?? 0],
  ]
  return new Map(losses.filter(([, count]) => count > 0))
}
