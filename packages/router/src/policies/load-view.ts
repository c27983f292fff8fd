import type { Backend, DynoPool, Scheduler } from '@celadon/contracts'
import type { Candidate } from './policy.js'

/** How much a policy believes a dyno to have under way. */
export interface LoadView {
  /** Requests there, as far as router instance `instance` knows. */
  load(candidate: Candidate, instance: number): number
}

/** What the instance itself has under way there: all that Heroku's routers ever knew. */
export class OwnView implements LoadView {
  load(candidate: Candidate): number {
    return candidate.active
  }
}

/** What the dyno has at this moment. A dyno that does not tell counts as in {@link OwnView}. */
export class TrueView implements LoadView {
  load({ backend, active }: Candidate): number {
    return backend.load ?? active
  }
}

/** What the dynos had when the instance last asked them all. */
export class StaleView implements LoadView {
  private readonly reports: Report[]

  constructor(
    private readonly staleMs: number,
    private readonly scheduler: Scheduler,
    private readonly pool: DynoPool,
    instances: number,
  ) {
    this.reports = Array.from({ length: instances }, () => new Report())
  }

  load({ backend, active }: Candidate, instance: number): number {
    const report = this.reports[instance] as Report
    if (this.scheduler.now >= report.validUntil) this.renew(report)
    return report.loads.get(backend) ?? active
  }

  private renew(report: Report): void {
    report.loads.clear()
    for (const backend of this.pool.backends) {
      if (backend.load !== undefined) report.loads.set(backend, backend.load)
    }
    report.validUntil = this.scheduler.now + this.staleMs
  }
}

class Report {
  readonly loads: Map<Backend, number> = new Map()
  validUntil = Number.NEGATIVE_INFINITY
}
