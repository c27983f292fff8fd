import { LeastLoaded } from './least-loaded.js'
import { OwnView } from './load-view.js'
import type { Policy } from './policy.js'
import type { Ties } from './ties.js'

/** Options of {@link leastConnections}. */
export interface LeastConnectionsOptions {
  /** Which of several equal dynos is taken. Default `'random'`. */
  readonly ties?: Ties
}

/**
 * The dyno on which the asking instance has the fewest requests under way. With one instance this is
 * joining the shortest queue; the more instances share the traffic, the less each one sees, and the
 * wait grows to that of random routing. Looks at all candidates: O(n).
 */
export function leastConnections({ ties = 'random' }: LeastConnectionsOptions = {}): Policy {
  return {
    name: 'least connections',
    create: ({ stream }) => new LeastLoaded(new OwnView(), ties, stream),
  }
}
