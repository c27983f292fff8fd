import type { Distribution, RandomStream, Simulation } from '@celadon/kernel'

/**
 * How the dynos of other customers load a shared host: quiet periods alternate with busy ones. No
 * figures were ever published, so there is no preset.
 */
export interface NeighbourSettings {
  /** Length of a busy period. */
  readonly busyMs: Distribution
  /** Length of a quiet period, in which a dyno has its size's `cores`. */
  readonly quietMs: Distribution
  /**
   * Cores that a busy host leaves to all dynos of this app on it. They share them by their
   * `guaranteedCores`; none gets less than these or more than its `cores`.
   */
  readonly coresLeft: number
}

/** Hears of the beginning and the end of busy periods. */
export interface NeighboursListener {
  neighboursChanged(): void
}

const NO_TICKET = -1

/** The neighbours on one host: an alternating renewal process. */
export class Neighbours {
  busy = false
  private ticket = NO_TICKET

  constructor(
    readonly settings: NeighbourSettings,
    private readonly simulation: Simulation,
    private readonly stream: RandomStream,
    private readonly listener: NeighboursListener,
  ) {}

  /** Begins in either state with the probability that it has in the long run. */
  begin(): void {
    const { busyMs, quietMs } = this.settings
    this.busy = this.stream.float() * (busyMs.mean + quietMs.mean) < busyMs.mean
    this.scheduleTurn()
  }

  /** Nobody is left to be disturbed. */
  end(): void {
    this.simulation.cancel(this.ticket)
    this.ticket = NO_TICKET
  }

  turn(): void {
    this.busy = !this.busy
    this.scheduleTurn()
    this.listener.neighboursChanged()
  }

  private scheduleTurn(): void {
    const { busyMs, quietMs } = this.settings
    const lengthMs = (this.busy ? busyMs : quietMs).quantile(this.stream.float())
    this.ticket = this.simulation.schedule(lengthMs, turn, this)
  }
}

function turn(neighbours: Neighbours): void {
  neighbours.turn()
}
