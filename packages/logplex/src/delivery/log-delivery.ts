import type { LogSource } from '@celadon/contracts'
import type { LogChannel } from '../channel/log-channel.js'
import { LogplexInput } from './logplex-input.js'
import type { ResolvedDelivery } from './options.js'
import { Shuttle } from './shuttle.js'

/** Names of an app's dynos end in a number: `web.1`, `run.4821`. Add-ons and `api` do not. */
const DYNO = /\.\d+$/

/**
 * What became of the lines that dynos printed. At any moment
 * `taken = delivered + dropped + lost + refused + overflowed + waiting`.
 */
export interface DeliveryStatistics {
  /** Lines that dynos printed. */
  readonly taken: number
  /** Reached the app's log. */
  readonly delivered: number
  /** Dropped by log-shuttle since too many batches waited: L12. */
  readonly dropped: number
  /** Given up by log-shuttle after its attempts: L13. */
  readonly lost: number
  /** Answered by logplex with an error; nobody is told. */
  readonly refused: number
  /** Found logplex's queue full; nobody is told. */
  readonly overflowed: number
  /** On their way. */
  readonly waiting: number
  /**
   * Of those dropped and lost, how many an L12 or L13 of the log tells of. The others have no report
   * yet, or theirs was lost too.
   */
  readonly reported: number
}

/** The way from an app's dynos to its log: a log-shuttle for each process. */
export class LogDelivery {
  private readonly shuttles = new Map<string, Shuttle | null>()
  private readonly input: LogplexInput

  constructor(
    private readonly options: ResolvedDelivery,
    private readonly channel: LogChannel,
  ) {
    this.input = new LogplexInput(options, channel)
  }

  /** The log-shuttle of a process; `null` for one that is no dyno and writes to logplex itself. */
  shuttleOf(source: LogSource, process: string): Shuttle | null {
    if (source !== 'app') return null
    let shuttle = this.shuttles.get(process)
    if (shuttle === undefined) {
      const { options, channel, input } = this
      shuttle = DYNO.test(process) ? new Shuttle(options, channel, input) : null
      this.shuttles.set(process, shuttle)
    }
    return shuttle
  }

  get statistics(): DeliveryStatistics {
    const { delivered, overflowed, waiting } = this.input
    const total = { taken: 0, dropped: 0, lost: 0, refused: 0, reported: 0 }
    let underWay = waiting
    for (const shuttle of this.shuttles.values()) {
      if (shuttle === null) continue
      total.taken += shuttle.taken
      total.dropped += shuttle.dropped
      total.lost += shuttle.lost
      total.refused += shuttle.refused
      total.reported += shuttle.reported
      underWay += shuttle.waiting
    }
    return { ...total, delivered, overflowed, waiting: underWay }
  }
}
