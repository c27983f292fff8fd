import type { Backend } from '@celadon/contracts'
import { BackendState } from './backend-state.js'

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

  /** Takes other dynos over; what is known of those that stay is kept. */
  update(backends: readonly Backend[]): void {
    const before = this.states
    const known = new Map(before.map((state) => [state.backend, state]))
    this.states = backends.map((backend) => known.get(backend) ?? new BackendState(backend))
    const staying = new Set(this.states)
    for (const state of before) if (!staying.has(state)) state.leave()
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

  /** A request is no longer under way on a dyno, which may have left the list meanwhile. */
  end(state: BackendState): void {
    state.active -= 1
    if (state.active !== this.activeMax - 1 || state.isGone) return
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
