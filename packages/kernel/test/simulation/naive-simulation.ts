import { createSimulation } from '../../src/index.js'

/** What the tests of event order need: the kernel offers it, and so does the naive list below. */
export interface Engine {
  readonly now: number
  schedule(delayMs: number, event: number): number
  cancel(ticket: number): boolean
  /** Arms a timer of the ring with this index. */
  arm(ring: number, event: number): number
  disarm(ring: number, ticket: number): boolean
  run(untilMs?: number): void
}

export type OnEvent = (event: number) => void

/** An event as a timer's target, which has to be an object. */
interface TimerTarget {
  readonly event: number
}

export function kernelEngine(ringDelaysMs: readonly number[], onEvent: OnEvent): Engine {
  const simulation = createSimulation()
  const rings = ringDelaysMs.map((delayMs) =>
    simulation.timeout(delayMs, (target: TimerTarget) => onEvent(target.event)),
  )
  const fire = (_: null, event: number): void => onEvent(event)
  return {
    get now() {
      return simulation.now
    },
    schedule: (delayMs, event) => simulation.schedule(delayMs, fire, null, event),
    cancel: (ticket) => simulation.cancel(ticket),
    arm: (ring, event) => rings[ring]?.arm({ event }) ?? -1,
    disarm: (ring, ticket) => rings[ring]?.cancel(ticket) ?? false,
    run: (untilMs) => simulation.run(untilMs),
  }
}

interface Entry {
  readonly time: number
  readonly event: number
}

/** The plainest correct engine: a list in order of scheduling, searched for its earliest entry. */
export function naiveEngine(ringDelaysMs: readonly number[], onEvent: OnEvent): Engine {
  let now = 0
  const entries: (Entry | null)[] = []
  const add = (delayMs: number, event: number): number =>
    entries.push({ time: now + delayMs, event }) - 1
  const remove = (ticket: number): boolean => {
    const found = (entries[ticket] ?? null) !== null
    if (found) entries[ticket] = null
    return found
  }
  const earliest = (): number => {
    let best = -1
    for (const [index, entry] of entries.entries()) {
      if (entry !== null && entry.time < (entries[best]?.time ?? Infinity)) best = index
    }
    return best
  }
  return {
    get now() {
      return now
    },
    schedule: add,
    cancel: remove,
    arm: (ring, event) => add(ringDelaysMs[ring] ?? 0, event),
    disarm: (_, ticket) => remove(ticket),
    run(untilMs = Infinity) {
      for (;;) {
        const ticket = earliest()
        const entry = entries[ticket] ?? null
        if (entry === null || entry.time > untilMs) break
        remove(ticket)
        now = entry.time
        onEvent(entry.event)
      }
      if (untilMs < Infinity) now = Math.max(now, untilMs)
    },
  }
}
