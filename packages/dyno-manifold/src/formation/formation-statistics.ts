import { TimeWeighted } from '@celadon/kernel'

/** Levels of one process type over time. All dynos of the type, old and new ones, count together. */
export class FormationStatistics {
  /** Dynos that the formation asks for: what is billed. */
  readonly quantity: TimeWeighted
  /** Dynos in state up. */
  readonly up: TimeWeighted
  /** Units of work that the running programs can have under way. */
  readonly slots: TimeWeighted
  /** Units of work under way. */
  readonly busy: TimeWeighted
  /** Cores of dynos whose program runs. */
  readonly cores: TimeWeighted
  /** Cores in use. */
  readonly busyCores: TimeWeighted
  /** Requests that wait on dynos. */
  readonly waiting: TimeWeighted
  starts = 0
  crashes = 0
  memoryMaxMb = 0
  /** Reads of files that only another life or another dyno had written. */
  filesMissed = 0
  /** Dyno errors by R-code. */
  readonly errors: Map<string, number> = new Map()

  constructor(nowMs: number) {
    this.quantity = new TimeWeighted(0, nowMs)
    this.up = new TimeWeighted(0, nowMs)
    this.slots = new TimeWeighted(0, nowMs)
    this.busy = new TimeWeighted(0, nowMs)
    this.cores = new TimeWeighted(0, nowMs)
    this.busyCores = new TimeWeighted(0, nowMs)
    this.waiting = new TimeWeighted(0, nowMs)
  }
}
