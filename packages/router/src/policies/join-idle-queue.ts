import type { Backend, DynoPool, HttpRequest, RandomSource } from '@celadon/contracts'
import type { Balancer, Candidate, Policy, PolicyContext } from './policy.js'

/**
 * Join-Idle-Queue (Lu, Xie, Kliot, Geller, Larus and Greenberg, 2011): a dyno that has a free slot
 * reports to one router instance, drawn at random. An instance sends a request to the dyno that
 * reported to it first; when nobody has, to any dyno at random. Nobody asks for loads when a request
 * comes. A dyno that another instance chose at random meanwhile withdraws its report at once.
 *
 * Needs dynos that tell `load` and `watchLoad`; others never report and are only chosen at random. So
 * is, until its next request, a dyno to which connecting failed after it had reported. Searches the
 * dyno among the candidates: O(n).
 */
export function joinIdleQueue(): Policy {
  return { name: 'join idle queue', create: (context) => new JoinIdleQueue(context) }
}

class JoinIdleQueue implements Balancer {
  private readonly pool: DynoPool
  private readonly stream: RandomSource
  /** The dynos that reported to each instance, in that order. */
  private readonly reports: Reporter[][]
  private readonly reporters: Map<Backend, Reporter> = new Map()

  constructor({ pool, stream, instances }: PolicyContext) {
    this.pool = pool
    this.stream = stream
    this.reports = Array.from({ length: instances }, () => [])
    this.poolChanged()
    pool.watch(() => this.poolChanged())
  }

  choose(candidates: readonly Candidate[], _request: HttpRequest, instance: number): number {
    const reports = this.reports[instance] as Reporter[]
    for (let left = reports.length; left > 0; left -= 1) {
      const reporter = reports[0] as Reporter
      withdraw(reporter)
      const index = candidates.findIndex(({ backend }) => backend === reporter.backend)
      // This instance cannot use it, so the report goes on to another one.
      if (index < 0) this.report(reporter)
      else if (freeSlots(candidates[index] as Candidate) > 0) return this.taken(candidates, index)
    }
    return this.taken(candidates, this.stream.below(candidates.length))
  }

  /** A request leaves for a dyno: it reports while it has yet another free slot, and only then. */
  private taken(candidates: readonly Candidate[], index: number): number {
    const candidate = candidates[index] as Candidate
    const reporter = this.reporters.get(candidate.backend)
    if (reporter === undefined) return index
    if (freeSlots(candidate) <= 1) withdraw(reporter)
    else if (reporter.reports === null) this.report(reporter)
    return index
  }

  private report(reporter: Reporter): void {
    const reports = this.reports[this.stream.below(this.reports.length)] as Reporter[]
    reports.push(reporter)
    reporter.reports = reports
  }

  private poolChanged(): void {
    const up = new Set(this.pool.backends)
    for (const [backend, reporter] of this.reporters) {
      if (up.has(backend)) continue
      withdraw(reporter)
      reporter.ignore()
      this.reporters.delete(backend)
    }
    for (const backend of up) if (!this.reporters.has(backend)) this.follow(backend)
  }

  private follow(backend: Backend): void {
    if (backend.load === undefined || backend.watchLoad === undefined) return
    const reporter = new Reporter(backend)
    reporter.ignore = backend.watchLoad(() => this.requestLeft(reporter))
    this.reporters.set(backend, reporter)
    this.requestLeft(reporter)
  }

  private requestLeft(reporter: Reporter): void {
    const { load = 0, slots = 1 } = reporter.backend
    if (reporter.reports === null && load < slots) this.report(reporter)
  }
}

/** A dyno that tells when it has a free slot. */
class Reporter {
  /** Where its report lies; null when it has none. */
  reports: Reporter[] | null = null
  /** Ends the watch of its load. */
  ignore: () => void = () => {}

  constructor(readonly backend: Backend) {}
}

function withdraw(reporter: Reporter): void {
  const { reports } = reporter
  if (reports === null) return
  reports.splice(reports.indexOf(reporter), 1)
  reporter.reports = null
}

/** A request that is being connected is not yet in the load that the dyno tells. */
function freeSlots({ backend, active }: Candidate): number {
  return (backend.slots ?? 1) - Math.max(backend.load ?? 0, active)
}
