import type { AddOnCall, Scheduler, Step, Work } from '@celadon/contracts'
import type { Computation } from '@celadon/kernel'
import type { ConnectionPool } from './connection-pool.js'
import type { OsProcess } from './os-process.js'

type Done = (owner: unknown, subject: unknown) => void

/** A thread of a process: takes a unit of work through its steps, one after the other. */
export class Thread implements Computation, AddOnCall {
  rank = 0
  sequence = 0
  place = -1
  operations = 0
  demandMs = 0
  /** Next thread that waits for the global lock. */
  nextForLock: Thread | null = null

  // Set while the thread is at work.
  private work: Work | null = null
  private stepIndex = 0
  private done: Done | null = null
  private owner: unknown = null
  private subject: unknown = null
  /** Set while it waits for an add-on. */
  private connections: ConnectionPool | null = null

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
    const connections = this.connections as ConnectionPool
    this.connections = null
    connections.giveBack()
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
    else this.take(step, work)
  }

  private take(step: Step, work: Work): void {
    this.demandMs = step.share * work.demandMs
    switch (step.type) {
      case 'cpu':
        this.process.compute(this)
        break
      case 'wait':
        this.scheduler.schedule(this.demandMs, resume, this)
        break
      case 'call':
        this.call(step.addOn, step.operations)
    }
  }

  private call(name: string, operations: number): void {
    const connections = this.process.connectionsTo(name)
    const refusal = connections.take()
    if (refusal !== null) {
      ;(this.work as Work).error = refusal
      this.complete()
      return
    }
    this.connections = connections
    this.operations = operations
    const { addOn } = connections
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
