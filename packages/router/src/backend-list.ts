import type { Backend } from '@celadon/contracts'
import type { Candidate } from './policy.js'

const GONE = -1

/** What one router instance knows of one dyno. */
export class BackendState implements Candidate {
  readonly name: string
  active = 0
  quarantinedUntil = 0
  /** Index in the pool; -1 when the dyno is no longer in it. */
  position: number = GONE

  constructor(readonly backend: Backend) {
    this.name = backend.name
  }
}

/** The dynos as one router instance knows them. Other instances have their own list. */
export class BackendList {
  /** All dynos, in the order of the pool. */
  private states: BackendState[] = []
  /** Those that are below their limit, in the same order. */
  private open: BackendState[] = []
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
    for (const state of this.states) {
      known.set(state.backend, state)
      state.position = GONE
    }
    this.states = backends.map((backend) => known.get(backend) ?? new BackendState(backend))
    for (const [position, state] of this.states.entries()) state.position = position
    this.open = this.states.filter((state) => state.active < this.activeMax)
  }

  /** Dynos that may get a request now, in the order of the pool. Valid until the next call. */
  candidates(now: number): readonly BackendState[] {
    const { open, eligible } = this
    if (now >= this.quarantineEndsAt) return open
    eligible.length = 0
    for (const state of open) if (state.quarantinedUntil <= now) eligible.push(state)
    return eligible
  }

  allQuarantined(now: number): boolean {
    return this.states.every((state) => state.quarantinedUntil > now)
  }

  /** A request is under way on a candidate. */
  begin(state: BackendState): void {
    state.active += 1
    if (state.active === this.activeMax) this.open.splice(this.placeOf(state), 1)
  }

  /** A request is no longer under way on a dyno, which may have left the pool meanwhile. */
  end(state: BackendState): void {
    state.active -= 1
    if (state.active !== this.activeMax - 1 || state.position === GONE) return
    this.open.splice(this.placeOf(state), 0, state)
  }

  /** Avoids a dyno until then. Each call names a later time than the one before, or the same. */
  quarantine(state: BackendState, untilMs: number): void {
    state.quarantinedUntil = untilMs
    this.quarantineEndsAt = untilMs
  }

  /** Where a dyno is among the open ones, or belongs, by binary search. */
  private placeOf({ position }: BackendState): number {
    let low = 0
    let high = this.open.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.open[middle] as BackendState).position < position) low = middle + 1
      else high = middle
    }
    return low
  }
}
