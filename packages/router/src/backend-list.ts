import type { Backend } from '@celadon/contracts'
import type { Candidate } from './policy.js'

/** What one router instance knows of one dyno. */
export class BackendState implements Candidate {
  readonly name: string
  active = 0
  quarantinedUntil = 0

  constructor(readonly backend: Backend) {
    this.name = backend.name
  }
}

/** The dynos as one router instance knows them. Other instances have their own list. */
export class BackendList {
  private states: BackendState[] = []
  private readonly eligible: BackendState[] = []
  private quarantineEndsAt = 0

  /** @param activeMax requests that may be under way on each dyno */
  constructor(private readonly activeMax: number) {}

  get size(): number {
    return this.states.length
  }

  /** Takes the dynos of the pool over; what is known of those that stay is kept. */
  update(backends: readonly Backend[]): void {
    const known = new Map<Backend, BackendState>()
    for (const state of this.states) known.set(state.backend, state)
    this.states = backends.map((backend) => known.get(backend) ?? new BackendState(backend))
  }

  /** Dynos that may get a request now, in the order of the pool. Valid until the next call. */
  candidates(now: number): readonly BackendState[] {
    const { states, eligible, activeMax } = this
    if (activeMax === Number.POSITIVE_INFINITY && now >= this.quarantineEndsAt) return states
    eligible.length = 0
    for (const state of states) {
      if (state.active < activeMax && state.quarantinedUntil <= now) eligible.push(state)
    }
    return eligible
  }

  allQuarantined(now: number): boolean {
    return this.states.every((state) => state.quarantinedUntil > now)
  }

  /** Avoids a dyno until then. Each call names a later time than the one before, or the same. */
  quarantine(state: BackendState, untilMs: number): void {
    state.quarantinedUntil = untilMs
    this.quarantineEndsAt = untilMs
  }
}
