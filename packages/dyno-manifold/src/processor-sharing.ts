import type { Scheduler } from '@celadon/contracts'
import type { TimeWeighted } from '@celadon/kernel'

/** Something that computes on a {@link ProcessorSharing}. */
export interface Computation {
  /** Set by the processor: the virtual service at which it is done. */
  doneAtService: number
  /** Called when it has had its CPU time. */
  computed(): void
}

const NO_TICKET = -1

/**
 * A dyno's CPU: `cores` of them, shared equally by whatever computes. Up to `cores` computations run
 * at full speed; n of them run at `cores / n` of it each.
 *
 * The service that each computation has received since the start is the same for all that were
 * there, so one number, `service`, stands for it, and a computation is done when `service` reaches
 * the value noted at its start.
 */
export class ProcessorSharing {
  private readonly running: Computation[] = []
  private service = 0
  private servedAt = 0
  private first: Computation | null = null
  private ticket = NO_TICKET
  private choosing = false

  /** @param busy cores in use, shared by the CPUs of one process type */
  constructor(
    private readonly scheduler: Scheduler,
    private readonly cores: number,
    private readonly busy: TimeWeighted,
  ) {}

  /** Computations that are runnable, as a load average counts them. */
  get runnable(): number {
    return this.running.length
  }

  /** Gives `computation` the CPU until it has had `demandMs` of a whole core. */
  start(computation: Computation, demandMs: number): void {
    this.advance()
    const before = this.running.length
    computation.doneAtService = this.service + demandMs
    this.running.push(computation)
    this.noteBusy(before)
    const slower = before + 1 > this.cores
    if (this.first === null || computation.doneAtService < this.first.doneAtService) {
      this.first = computation
      this.reschedule()
    } else if (slower) {
      this.reschedule()
    }
  }

  /** Takes a computation away that is not done, because its process was killed. */
  remove(computation: Computation): void {
    const index = this.running.indexOf(computation)
    if (index < 0) return
    this.advance()
    this.removeAt(index)
    this.findFirst()
    this.reschedule()
  }

  /** @internal called when the first computation is done */
  firstDone(): void {
    this.ticket = NO_TICKET
    const done = this.first as Computation
    this.service = done.doneAtService
    this.servedAt = this.scheduler.now
    this.removeAt(this.running.indexOf(done))
    this.findFirst()
    // What comes next often computes at once; the next event is chosen when that is known.
    this.choosing = true
    done.computed()
    this.choosing = false
    this.reschedule()
  }

  private get rate(): number {
    const count = this.running.length
    return count <= this.cores ? 1 : this.cores / count
  }

  private advance(): void {
    const { now } = this.scheduler
    this.service += (now - this.servedAt) * this.rate
    this.servedAt = now
  }

  private removeAt(index: number): void {
    const last = this.running.pop() as Computation
    if (index < this.running.length) this.running[index] = last
    this.noteBusy(this.running.length + 1)
  }

  private noteBusy(before: number): void {
    const change = Math.min(this.running.length, this.cores) - Math.min(before, this.cores)
    if (change !== 0) this.busy.add(change, this.scheduler.now)
  }

  private findFirst(): void {
    let first: Computation | null = null
    for (const computation of this.running) {
      if (first === null || computation.doneAtService < first.doneAtService) first = computation
    }
    this.first = first
  }

  private reschedule(): void {
    const { scheduler, first } = this
    if (this.choosing) return
    if (this.ticket !== NO_TICKET) scheduler.cancel(this.ticket)
    this.ticket = NO_TICKET
    if (first === null) return
    const delayMs = Math.max(0, (first.doneAtService - this.service) / this.rate)
    this.ticket = scheduler.schedule(delayMs, firstDone, this)
  }
}

function firstDone(cpu: ProcessorSharing): void {
  cpu.firstDone()
}
