import type { AddOn, AddOnCall, Scheduler, Step, Work } from '@celadon/contracts'
import type { OsProcess } from './os-process.js'
import type { Computation } from './processor-sharing.js'

type Done = (owner: unknown, subject: unknown) => void

/** A thread of a process: takes a unit of work through its steps, one after the other. */
export class Thread implements Computation, AddOnCall {
  doneAtService = 0
  operations = 0
  demandMs = 0
  /** Next thread that waits for the global lock. */
  nextForLock: Thread | null = null

  private work: Work | null = null
  private stepIndex = 0
  private done: Done | null = null
  private owner: unknown = null
  private subject: unknown = null
  private attachment = ''

  constructor(
    private readonly process: OsProcess,
    private readonly scheduler: Scheduler,
  ) {}

  run(work: Work, done: Done, owner: unknown, subject: unknown): void {
    this.work = work
    this.stepIndex = -1
    this.done = done
    this.owner = owner
    this.subject = subject
    if (work.steps.length === 0) this.scheduler.schedule(work.demandMs, resume, this)
    else this.advance()
  }

  /** The CPU is through with a step. */
  computed(): void {
    this.process.releaseLock()
    this.advance()
  }

  /** An add-on is through with a call. */
  finish(error?: string): void {
    if (!this.process.alive) return
    this.process.connectionFree(this.attachment)
    if (error !== undefined) (this.work as Work).error = error
    this.advance()
  }

  /** Goes on with the next step, unless the process died while this one was waited for. */
  advance(): void {
    if (!this.process.alive) return
    const work = this.work as Work
    this.stepIndex += 1
    const step = work.steps[this.stepIndex]
    if (step === undefined || work.error !== null) this.complete()
    else this.take(step, step.share * work.demandMs, work)
  }

  private take(step: Step, demandMs: number, work: Work): void {
    this.demandMs = demandMs
    switch (step.type) {
      case 'cpu':
        this.process.compute(this)
        break
      case 'wait':
        this.scheduler.schedule(demandMs, resume, this)
        break
      case 'call': {
        const addOn = this.process.addOn(step.addOn)
        const refusal = this.process.connectionTake(step.addOn, addOn)
        if (refusal !== null) {
          work.error = refusal
          this.complete()
          return
        }
        this.operations = step.operations
        this.attachment = step.addOn
        this.call(addOn)
      }
    }
  }

  private call(addOn: AddOn): void {
    if (addOn.call === undefined) this.finish()
    else addOn.call(this)
  }

  private complete(): void {
    const { done, owner, subject } = this
    this.work = null
    this.done = null
    this.owner = null
    this.subject = null
    this.process.threadIdle(this)
    ;(done as Done)(owner, subject)
  }
}

function resume(thread: Thread): void {
  thread.advance()
}
