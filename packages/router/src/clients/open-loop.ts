import type { ArrivalProcess, RandomStream, Simulation, Source } from '@celadon/kernel'
import type { RequestMix } from './request-mix.js'
import type { RequestTarget } from './request-target.js'

/** What {@link openLoop} needs. */
export interface OpenLoopOptions {
  readonly simulation: Simulation
  /** When requests come, such as a `RateProfile`. It belongs to this loop alone. */
  readonly arrivals: ArrivalProcess
  readonly mix: RequestMix
  readonly target: RequestTarget
  /** The arrivals' random stream is named after it. Default `clients`. */
  readonly name?: string
}

/**
 * Makes an open loop: requests arrive whatever became of those before them, as with many users who
 * know nothing of each other. Load generators call it an arrival-rate executor. `start` lets it begin.
 *
 * @example
 * openLoop({ simulation, arrivals: new RateProfile([{ atMs: 0, perSecond: 50 }]), mix, target: router }).start()
 */
export function openLoop(options: OpenLoopOptions): OpenLoop {
  return new OpenLoop(options)
}

/** Clients that do not wait for each other's answers. What comes of them their target tells. */
export class OpenLoop {
  /** Requests sent so far. */
  sent = 0
  private readonly simulation: Simulation
  private readonly arrivals: ArrivalProcess
  private readonly stream: RandomStream
  private readonly mix: RequestMix
  private readonly target: RequestTarget
  private source: Source<OpenLoop> | null = null

  /** Use {@link openLoop}. */
  constructor(options: OpenLoopOptions) {
    const { simulation, arrivals, mix, target, name = 'clients' } = options
    this.simulation = simulation
    this.arrivals = arrivals
    this.stream = simulation.stream(`${name}/arrivals`)
    this.mix = mix
    this.target = target
  }

  /** Begins to send requests, or begins again after {@link stop}. */
  start(): void {
    if (this.source !== null) {
      this.source.start()
      return
    }
    const { arrivals, stream } = this
    const gap = (now: number): number => arrivals.next(now, stream) - now
    this.source = this.simulation.source<OpenLoop>(gap, arrive, this)
  }

  /** Sends no more requests. Those under way go on. */
  stop(): void {
    this.source?.stop()
  }

  /** @internal */
  arrive(): void {
    this.sent += 1
    this.target.handle(this.mix.next())
  }
}

function arrive(loop: OpenLoop): void {
  loop.arrive()
}
