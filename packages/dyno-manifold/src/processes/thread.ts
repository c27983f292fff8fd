import type { AddOnCall, Scheduler, Step, Work } from '@celadon/contracts'
import type { Computation } from '@celadon/kernel'
import type { ConnectionPool } from './connection-pool.js'
import type { OsProcess } from './os-process.js'

type Done = (owner: unknown, subject: unknown) => void

const NO_TICKET = -1

/** A thread of a process: takes a unit of work through its steps, one after the other. */
export class Thread implements Computation, AddOnCall {
  rank = 0
  sequence = 0
  place = -1
  operations = 0
  /** What the step demands; of one that computes, what is left of it. */
  demandMs = 0
  /** Next thread that waits for the interpreter's lock. */
  nextForLock: Thread | null = null
  /** Set while the thread is at work. */
  work: Work | null = null
  /** True when an add-on will answer a call that was given up: the thread never works again. */
  isAwaited = false

  private stepIndex = 0
  private done: Done | null = null
  private owner: unknown = null
  private subject: unknown = null
  /** Set while it sleeps or is blocked by a write. */
  private ticket: number = NO_TICKET
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
    if (work.steps.length === 0) this.sleep(work.demandMs)
    else this.advance()
  }

  /** The CPU is through with a step. */
  computed(): void {
    if (this.process.computed()) this.advance()
  }

  /** An add-on is through with a call. */
  finish(error?: string): void {
    const { connections, work } = this
    if (connections === null || work === null || !this.process.alive) return
    this.connections = null
    connections.giveBack()
    if (error !== undefined) work.error = error
    this.advance()
  }

  wake(): void {
    this.ticket = NO_TICKET
    this.advance()
  }

  /** Gives up what the thread waits for; the rest of the work is skipped. */
  interrupt(work: Work, error: string): void {
    this.isAwaited = this.connections !== null
    this.connections?.giveBackBroken()
    this.connections = null
    if (this.ticket !== NO_TICKET) this.scheduler.cancel(this.ticket)
    this.ticket = NO_TICKET
    work.error = error
  }

  /** Goes on with the next step, unless the process died while this one was waited for. */
  private advance(): void {
    if (!this.process.alive) return
    const work = this.work as Work
    this.stepIndex += 1
    const step = work.steps[this.stepIndex]
    if (step === undefined || work.error !== null) this.complete()
    else this.take(step, work)
  }

  private take(step: Step, work: Work): void {
    if (step.type === 'send') {
      this.send(step.bytes, work)
      return
    }
    this.demandMs = step.share * work.demandMs
    switch (step.type) {
      case 'cpu':
        this.process.compute(this)
        break
      case 'wait':
        this.sleep(this.demandMs)
        break
      case 'call':
        this.call(step.addOn, step.operations, work)
    }
  }

  private sleep(delayMs: number): void {
    this.ticket = this.scheduler.schedule(delayMs, wake, this)
  }

  private send(bytes: number, work: Work): void {
    const blockedMs = work.output === null ? 0 : work.output.send(bytes)
    if (blockedMs < 0) this.complete()
    else if (blockedMs > 0) this.sleep(blockedMs)
    else this.advance()
  }

  private call(name: string, operations: number, work: Work): void {
    const connections = this.process.connectionsTo(name)
    const refusal = connections.take()
    if (refusal !== null) {
      work.error = refusal
      this.complete()
      return
    }
    this.connections = connections
    this.operations = operations
    const { addOn } = connections
    if (addOn.call === undefined) this.finish()
    else addOn.call(this)
  }

  /** Tells who gave the work that it is over. */
  complete(): void {
    const { done, owner, subject } = this
    this.work = null
    this.done = null
    this.owner = null
    this.subject = null
    this.process.workDone(this)
    ;(done as Done)(owner, subject)
  }
}

function wake(thread: Thread): void {
  thread.wake()
}
