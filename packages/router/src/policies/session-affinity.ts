import type { HttpRequest } from '@celadon/contracts'
import type { Balancer, Candidate, Policy } from './policy.js'
import { randomChoice } from './random-choice.js'

/** Options of {@link sessionAffinity}. */
export interface SessionAffinityOptions {
  /** Chooses for a new session, for one whose dyno is gone, and without a session. Default random. */
  readonly fallback?: Policy
}

/**
 * The dyno that served the session before (Heroku's session affinity, a cookie that the router sets).
 * When it is no candidate any more, the session moves to another one and stays there. The cookie is
 * known as soon as a dyno is chosen, not only with the answer. Searches the dyno by name: O(n).
 */
export function sessionAffinity({
  fallback = randomChoice(),
}: SessionAffinityOptions = {}): Policy {
  const { settings } = fallback
  return {
    name: 'session affinity',
    ...(settings === undefined ? {} : { settings }),
    create: (context) => new SessionAffinity(fallback.create(context)),
  }
}

class SessionAffinity implements Balancer {
  constructor(private readonly fallback: Balancer) {}

  choose(candidates: readonly Candidate[], request: HttpRequest, instance: number): number {
    const { session } = request
    if (session === null) return this.fallback.choose(candidates, request, instance)
    for (let index = 0; index < candidates.length; index += 1) {
      if ((candidates[index] as Candidate).name === session.dyno) return index
    }
    const index = this.fallback.choose(candidates, request, instance)
    session.dyno = candidates[index]?.name ?? ''
    return index
  }
}
