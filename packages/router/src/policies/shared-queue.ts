import { requireCount } from './option-checks.js'
import type { Policy } from './policy.js'
import { RandomChoice } from './random-choice.js'

/** Options of {@link sharedQueue}. */
export interface SharedQueueOptions {
  /** Requests that a dyno gets at the same time, at least 1. Default 1. */
  readonly perDyno?: number
}

/**
 * One queue for the whole app: a request waits in the router, first come, first served, until a dyno
 * has fewer than `perDyno` requests, and goes to such a dyno at random. Heroku called it intelligent
 * routing; it ended in mid 2010 (Heroku's announcements of February 2013). It needs a single router
 * that sees everything: the policy sets `instances` to 1 and `activePerDyno` to `perDyno`. Costs O(1).
 *
 * @throws `ROUTER_POLICY_OPTION_INVALID` when `perDyno` is not a whole number of at least 1
 */
export function sharedQueue({ perDyno = 1 }: SharedQueueOptions = {}): Policy {
  requireCount('sharedQueue', 'perDyno', perDyno)
  return {
    name: 'shared queue',
    settings: { instances: 1, activePerDyno: perDyno },
    create: ({ stream }) => new RandomChoice(stream),
  }
}
