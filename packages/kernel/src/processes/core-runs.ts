import type { Simulation } from '../simulation/simulation.js'
import type { Computation } from './processor-sharing.js'

/** Hears that a computation which had a core for itself is done. */
interface CoreRunOwner {
  runDone(computation: Computation): void
}

/** A computation on a core of its own. Reused. */
class CoreRun {
  computation: Computation | null = null
  startedAt = 0
  durationMs = 0
  ticket = 0

  constructor(readonly runs: CoreRuns) {}

  leftMs(now: number): number {
    return Math.max(0, this.durationMs - (now - this.startedAt))
  }
}

/**
 * Computations that have a core each: all have the same speed and nothing that one does changes when
 * another is done, so each has an event of its own and none is ever moved.
 */
export class CoreRuns {
  /** Computations under way. */
  length = 0
  private readonly runs: CoreRun[] = []
  private sequence = 0

  constructor(
    private readonly simulation: Simulation,
    private readonly owner: CoreRunOwner,
  ) {}

  /** Gives a core to a computation that takes this long on it. */
  start(computation: Computation, durationMs: number): void {
    const run = this.runs[this.length] ?? this.addRun()
    run.computation = computation
    run.startedAt = this.simulation.now
    run.durationMs = durationMs
    run.ticket = this.simulation.schedule(durationMs, done, run)
    computation.place = this.length
    computation.sequence = this.sequence
    this.sequence += 1
    this.length += 1
  }

  has(computation: Computation): boolean {
    const { place } = computation
    return place >= 0 && place < this.length && this.runs[place]?.computation === computation
  }

  /** Time that a computation has left on its core, in milliseconds. */
  leftMs(computation: Computation): number {
    return (this.runs[computation.place] as CoreRun).leftMs(this.simulation.now)
  }

  /** Takes a computation away that is not done. */
  cancel(computation: Computation): void {
    this.simulation.cancel((this.runs[computation.place] as CoreRun).ticket)
    this.remove(computation)
  }

  /** The computation that was started first; there must be one. */
  get first(): Computation {
    let first = (this.runs[0] as CoreRun).computation as Computation
    for (let index = 1; index < this.length; index += 1) {
      const other = (this.runs[index] as CoreRun).computation as Computation
      if (other.sequence < first.sequence) first = other
    }
    return first
  }

  /** Every computation takes this many times as long as it has left. */
  stretch(factor: number): void {
    const { simulation } = this
    for (let index = 0; index < this.length; index += 1) {
      const run = this.runs[index] as CoreRun
      simulation.cancel(run.ticket)
      run.durationMs = run.leftMs(simulation.now) * factor
      run.startedAt = simulation.now
      run.ticket = simulation.schedule(run.durationMs, done, run)
    }
  }

  /** @internal */
  done(computation: Computation): void {
    this.remove(computation)
    this.owner.runDone(computation)
  }

  /** The run of the last one takes the place of this one. */
  private remove(computation: Computation): void {
    const { place } = computation
    const { runs } = this
    this.length -= 1
    const { length } = this
    const run = runs[place] as CoreRun
    run.computation = null
    computation.place = -1
    if (place === length) return
    const last = runs[length] as CoreRun
    runs[length] = run
    runs[place] = last
    ;(last.computation as Computation).place = place
  }

  private addRun(): CoreRun {
    const run = new CoreRun(this)
    this.runs.push(run)
    return run
  }
}

function done(run: CoreRun): void {
  run.runs.done(run.computation as Computation)
}
