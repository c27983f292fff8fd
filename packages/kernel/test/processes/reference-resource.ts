import type { Discipline } from '../../src/index.js'

export interface Visit {
  readonly arriveAt: number
  readonly serviceMs: number
  readonly priority: number
  readonly patienceMs: number
}

export interface CapacityChange {
  readonly atMs: number
  readonly capacity: number
}

export interface Scenario {
  readonly discipline: Discipline
  readonly visits: readonly Visit[]
  readonly changes: readonly CapacityChange[]
}

/**
 * When each visitor's service starts, by a model that knows no events: it looks at everybody for the
 * next thing that happens. `null`: gave up. No two things may happen at the same time.
 */
export function startTimes({ discipline, visits, changes }: Scenario): (number | null)[] {
  const started: (number | null | undefined)[] = visits.map(() => undefined)
  const nextOf = better[discipline]
  let now = 0
  let capacity = 0
  for (;;) {
    const endsAt = (id: number): number => (started[id] as number) + (visits[id]?.serviceMs ?? 0)
    const waiting = [...visits.keys()].filter(
      (id) => started[id] === undefined && (visits[id]?.arriveAt ?? 0) <= now,
    )
    for (const id of waiting) {
      const { arriveAt, patienceMs } = visits[id] as Visit
      if (arriveAt + patienceMs <= now) started[id] = null
    }
    const line = waiting.filter((id) => started[id] === undefined)
    const inService = [...visits.keys()].filter(
      (id) => typeof started[id] === 'number' && endsAt(id) > now,
    )
    if (line.length > 0 && inService.length < capacity) {
      const first = line.reduce((a, b) => (nextOf(visits, a, b) ? a : b))
      started[first] = now
      continue
    }
    const times = [
      ...visits.map((visit) => visit.arriveAt),
      ...line.map((id) => (visits[id]?.arriveAt ?? 0) + (visits[id]?.patienceMs ?? 0)),
      ...inService.map(endsAt),
      ...changes.map((change) => change.atMs),
    ].filter((time) => time > now)
    if (times.length === 0) return started.map((time) => time ?? null)
    now = Math.min(...times)
    capacity = changes.findLast((change) => change.atMs <= now)?.capacity ?? capacity
  }
}

type Better = (visits: readonly Visit[], a: number, b: number) => boolean

const better: Record<Discipline, Better> = {
  fifo: (_, a, b) => a < b,
  lifo: (_, a, b) => a > b,
  priority: (visits, a, b) => {
    const difference = (visits[a]?.priority ?? 0) - (visits[b]?.priority ?? 0)
    return difference < 0 || (difference === 0 && a < b)
  },
}
