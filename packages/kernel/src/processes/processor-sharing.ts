import { kernelError } from '../errors.js'
import type { Simulation } from '../simulation/simulation.js'
import { TimeWeighted } from '../statistics/time-weighted.js'
import { CoreRuns } from './core-runs.js'
import { Heap } from './heap.js'
import { ProcessComputation } from './process-computation.js'
import type { Waitable } from './waitable.js'

/**
 * Something that computes on a {@link ProcessorSharing}, on one at a time. The processor keeps its
 * notes in it, so that computing allocates nothing.
 */
export interface Computation {
  /** For the processor: the virtual service at which it is done. */
  rank: number
  /** For the processor: the order of starts. */
  sequence: number
  /** For the processor: where it is among the others. Must be -1 at first. */
  place: number
  /** Called when it has had its processor time. */
  computed(): void
}

/** What a {@link ProcessorSharing} is made of. */
export interface ProcessorSharingOptions {
  /** Number of cores, fractions allowed, 0 or more. Default 1. */
  readonly cores?: number
  /** Counts the cores in use, over time. Several processors may share one. Default: one of its own. */
  readonly busy?: TimeWeighted
}

const NO_TICKET = -1

/**
 * A processor whose cores are shared equally by whatever computes. Up to `cores` computations run
 * at full speed; n of them run at `cores / n` of it each.
 *
 * While there are no more of them than cores, each has an event of its own. When they become more,
 * the service that each computation receives from then on is the same for all, so one number,
 * `service`, stands for it: a computation is done when it reaches the value noted at its start, and
 * one event waits for the first. That goes on until at most one computation is left.
 */
export class ProcessorSharing {
  /** Cores in use, over time. */
  readonly busy: TimeWeighted
  private coreCount: number
  private speedFactor = 1
  private readonly runs: CoreRuns
  /** True while computations are in the heap and not in runs of their own. */
  private crowded = false
  private readonly computations = new Heap<Computation>()
  private service = 0
  private servedAt: number
  private ticket = NO_TICKET
  private choosing = false

  /** @throws `KERNEL_ARGUMENT_INVALID` when the number of cores is negative or not finite */
  constructor(
    private readonly simulation: Simulation,
    options: ProcessorSharingOptions = {},
  ) {
    const { cores = 1, busy = new TimeWeighted(0, simulation.now) } = options
    requireCores(cores)
    this.coreCount = cores
    this.busy = busy
    this.runs = new CoreRuns(simulation, this)
    this.servedAt = simulation.now
  }

  /** Number of cores. */
  get cores(): number {
    return this.coreCount
  }

  /** Computations that are runnable, as a load average counts them. */
  get runnable(): number {
    return this.crowded ? this.computations.length : this.runs.length
  }

  /**
   * Changes the number of cores. What computes goes on at its new speed, with 0 cores not at all.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when it is negative or not finite
   */
  setCores(cores: number): void {
    requireCores(cores)
    if (!this.crowded && this.runs.length > cores) this.crowd()
    if (!this.crowded) {
      this.coreCount = cores
      return
    }
    this.advance()
    const { runnable } = this
    this.noteBusy(Math.min(runnable, cores) - Math.min(runnable, this.coreCount))
    this.coreCount = cores
    this.reschedule()
  }

  /** Speed of each core; 1 unless {@link setSpeed} has changed it. */
  get speed(): number {
    return this.speedFactor
  }

  /**
   * Changes how fast every core computes: at speed 0.5 a computation of 10 ms takes 20 ms. What
   * computes goes on at its new speed.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when it is not finite or not above 0
   */
  setSpeed(speed: number): void {
    if (!(speed > 0 && speed < Number.POSITIVE_INFINITY)) throw speedInvalid(speed)
    if (this.crowded) this.advance()
    else this.runs.stretch(this.speedFactor / speed)
    this.speedFactor = speed
    if (this.crowded) this.reschedule()
  }

  /**
   * `yield* cpu.compute(demandMs)` computes until the process has had `demandMs` of a whole core.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when the demand is negative or not finite
   */
  compute(demandMs: number): Iterable<Waitable, void> {
    const computation = new ProcessComputation(this)
    this.start(computation, demandMs)
    return computation
  }

  /**
   * The same for models without processes: gives `computation` the processor until it has had
   * `demandMs` of a whole core; then `computation.computed()` is called.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when the demand is negative or not finite, or when the
   *   computation is under way already
   */
  start(computation: Computation, demandMs: number): void {
    if (!(demandMs >= 0 && demandMs < Number.POSITIVE_INFINITY && computation.place < 0)) {
      throw startInvalid(computation, demandMs)
    }
    if (!this.crowded) {
      if (this.runs.length + 1 <= this.coreCount) {
        this.runs.start(computation, demandMs / this.speedFactor)
        this.busy.add(1, this.simulation.now)
        return
      }
      this.crowd()
    }
    this.advance()
    computation.rank = this.service + demandMs
    this.computations.add(computation)
    this.countChanged(this.runnable - 1)
    // The next event stays as it is where another one is done before and no slower than it was.
    const slower = this.runnable > this.coreCount
    if (slower || this.computations.first === computation) this.reschedule()
  }

  /**
   * Takes a computation away that is not done, and returns the demand that it has left. One that does
   * not compute here is left alone; its demand is 0.
   */
  cancel(computation: Computation): number {
    if (!this.has(computation)) return 0
    const left = this.left(computation)
    if (this.crowded) {
      this.advance()
      this.take(computation)
      this.reschedule()
    } else {
      this.runs.cancel(computation)
      this.busy.add(-1, this.simulation.now)
    }
    return left
  }

  /** The demand that a computation has left; 0 when it does not compute here. */
  left(computation: Computation): number {
    if (!this.has(computation)) return 0
    if (!this.crowded) return this.runs.leftMs(computation) * this.speedFactor
    const given = this.service + (this.simulation.now - this.servedAt) * this.rate
    return Math.max(0, computation.rank - given)
  }

  /** @internal Called when a computation is done that had a core for itself. */
  runDone(computation: Computation): void {
    this.busy.add(-1, this.simulation.now)
    computation.computed()
  }

  /** @internal Called when the first computation is done. */
  firstDone(): void {
    this.ticket = NO_TICKET
    const done = this.computations.first
    this.service = done.rank
    this.servedAt = this.simulation.now
    this.take(done)
    // What comes next often computes at once; the next event is chosen when that is known.
    this.choosing = true
    try {
      done.computed()
    } finally {
      this.choosing = false
      this.reschedule()
    }
  }

  private has(computation: Computation): boolean {
    return this.crowded ? this.computations.has(computation) : this.runs.has(computation)
  }

  /** There are more computations than cores from now on: all move into the heap. */
  private crowd(): void {
    const { runs, speedFactor } = this
    this.crowded = true
    this.servedAt = this.simulation.now
    while (runs.length > 0) {
      const { first } = runs
      const left = runs.leftMs(first) * speedFactor
      runs.cancel(first)
      first.rank = this.service + left
      this.computations.add(first)
    }
  }

  /** At most one computation is left, and a core for it. */
  private spread(): void {
    const { computations } = this
    this.crowded = false
    if (computations.length === 0) return
    const { first } = computations
    computations.remove(first)
    this.runs.start(first, Math.max(0, first.rank - this.service) / this.speedFactor)
  }

  private get rate(): number {
    const { runnable, coreCount, speedFactor } = this
    return runnable <= coreCount ? speedFactor : (speedFactor * coreCount) / runnable
  }

  private advance(): void {
    const { now } = this.simulation
    this.service += (now - this.servedAt) * this.rate
    this.servedAt = now
  }

  private take(computation: Computation): void {
    this.computations.remove(computation)
    this.countChanged(this.runnable + 1)
  }

  private countChanged(before: number): void {
    const { runnable, coreCount } = this
    this.noteBusy(Math.min(runnable, coreCount) - Math.min(before, coreCount))
  }

  private noteBusy(change: number): void {
    if (change !== 0) this.busy.add(change, this.simulation.now)
  }

  private reschedule(): void {
    const { simulation, computations } = this
    if (this.choosing) return
    if (this.ticket !== NO_TICKET) simulation.cancel(this.ticket)
    this.ticket = NO_TICKET
    if (computations.length <= 1 && computations.length <= this.coreCount) {
      this.spread()
      return
    }
    if (this.coreCount === 0) return
    const delayMs = Math.max(0, (computations.first.rank - this.service) / this.rate)
    this.ticket = simulation.schedule(delayMs, firstDone, this)
  }
}

function firstDone(processor: ProcessorSharing): void {
  processor.firstDone()
}

function startInvalid(computation: Computation, demandMs: number): Error {
  return kernelError(
    'KERNEL_ARGUMENT_INVALID',
    computation.place >= 0
      ? 'A computation was started that is under way already (or whose place was not -1 at first).'
      : `A demand must be a finite number of milliseconds, 0 or more, but was ${demandMs}.`,
  )
}

function speedInvalid(speed: number): Error {
  return kernelError(
    'KERNEL_ARGUMENT_INVALID',
    `The speed of a processor must be finite and above 0, but was ${speed}.`,
  )
}

function requireCores(cores: number): void {
  if (cores >= 0 && cores < Number.POSITIVE_INFINITY) return
  throw kernelError(
    'KERNEL_ARGUMENT_INVALID',
    `The number of cores must be finite, 0 or more, but was ${cores}.`,
  )
}
