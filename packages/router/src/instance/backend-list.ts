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
    // Mostly one dyno comes or goes: all are looked at, but only what differs is looked up.
    const start = commonStart(before, backends)
    const same = commonEnd(before, backends, start)
    const replaced = before.slice(start, before.length - same)
    const known = new Map(replaced.map((state) => [state.backend, state]))
    const changed = backends
      .slice(start, backends.length - same)
      .map((backend) => known.get(backend) ?? new BackendState(backend))
    const staying = new Set(changed)
    for (const state of replaced) if (!staying.has(state)) state.leave()
    const after = before.slice(0, start).concat(changed, before.slice(before.length - same))
    for (let index = start; index < after.length; index += 1) {
      ;(after[index] as BackendState).position = index
    }
    this.states = after
    this.open = after.filter((state) => state.active < this.activeMax)
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

/** How many of the first dynos are the same. */
function commonStart(states: readonly BackendState[], backends: readonly Backend[]): number {
  let start = 0
  while (start < states.length && states[start]?.backend === backends[start]) start += 1
  return start
}

/** How many of the last dynos are the same, those of the common start aside. */
function commonEnd(
  states: readonly BackendState[],
  backends: readonly Backend[],
  start: number,
): number {
  const most = Math.min(states.length, backends.length) - start
  let same = 0
  while (same < most && states.at(-1 - same)?.backend === backends.at(-1 - same)) same += 1
  return same
}
