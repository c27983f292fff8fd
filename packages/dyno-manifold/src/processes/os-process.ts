import type { AddOn, DynoProcess, ProcessOptions, Scheduler, Work } from '@celadon/contracts'
import type { ProcessorSharing, TimeWeighted } from '@celadon/kernel'
import { manifoldError } from '../errors.js'
import { ConnectionPool } from './connection-pool.js'
import { InterpreterLock } from './interpreter-lock.js'
import { processMemoryMb } from './memory.js'
import { Thread } from './thread.js'

/** What a process shares with its dyno. */
export interface ProcessSurroundings {
  readonly name: string
  readonly scheduler: Scheduler
  readonly cpu: ProcessorSharing
  /** Threads at work, shared by all processes of one process type. */
  readonly busy: TimeWeighted
  addOn(name: string): AddOn
  processEnded(process: OsProcess): void
}

/** An operating-system process on a dyno: threads, their lock, memory and connections. */
export class OsProcess implements DynoProcess {
  alive = true
  /** Units of work that it has completed. */
  private served = 0
  /** Threads that work or block, as a number. */
  private occupied = 0
  /** All threads so far: each is made when it is first needed. */
  private readonly threads: Thread[] = []
  private readonly spare: Thread[] = []
  private readonly lock: InterpreterLock | null
  /** By the name of the add-on. */
  private readonly connections = new Map<string, ConnectionPool>()

  constructor(
    private readonly options: ProcessOptions,
    private readonly dyno: ProcessSurroundings,
  ) {
    const { globalLock } = options
    this.lock = globalLock === null ? null : new InterpreterLock(globalLock.sliceMs, dyno.cpu)
  }

  get idle(): number {
    return this.alive ? this.options.threads - this.occupied : 0
  }

  /** Memory that the process holds now, in MB. */
  get memoryMb(): number {
    return processMemoryMb(this.options.memory, this.served)
  }

  run<Owner, Subject>(
    work: Work,
    done: (owner: Owner, subject: Subject) => void,
    owner: Owner,
    subject: Subject,
  ): void {
    this.occupy()
    const thread = this.spare.pop() ?? this.addThread()
    thread.run(work, done as (owner: unknown, subject: unknown) => void, owner, subject)
  }

  interrupt(work: Work, error: string): boolean {
    const index = this.alive ? this.threads.findIndex((thread) => thread.work === work) : -1
    const thread = this.threads[index]
    if (thread === undefined) return false
    if (this.lock === null) this.dyno.cpu.cancel(thread)
    else this.lock.withdraw(thread)
    thread.interrupt(work, error)
    if (thread.isAwaited) this.threads.splice(index, 1)
    thread.complete()
    return true
  }

  occupy(): void {
    if (this.idle <= 0) throw this.busyError()
    this.occupied += 1
    this.dyno.busy.add(1, this.dyno.scheduler.now)
  }

  vacate(): void {
    if (!this.alive) return
    this.occupied -= 1
    this.dyno.busy.add(-1, this.dyno.scheduler.now)
  }

  kill(): void {
    if (!this.alive) return
    this.alive = false
    const { cpu, busy, scheduler } = this.dyno
    for (const thread of this.threads) cpu.cancel(thread)
    this.lock?.close()
    busy.add(-this.occupied, scheduler.now)
    for (const pool of this.connections.values()) pool.close()
    this.dyno.processEnded(this)
  }

  /** Lets a thread compute its step, or queues it for the lock. */
  compute(thread: Thread): void {
    if (this.lock === null) this.dyno.cpu.start(thread, thread.demandMs)
    else this.lock.compute(thread)
  }

  /** A thread has computed its step. False when only its slice is over. */
  computed(): boolean {
    return this.lock === null || this.lock.pass()
  }

  /** The connections of this process to an add-on. */
  connectionsTo(addOn: string): ConnectionPool {
    let pool = this.connections.get(addOn)
    if (pool === undefined) {
      pool = new ConnectionPool(this.dyno.addOn(addOn))
      this.connections.set(addOn, pool)
    }
    return pool
  }

  /** A thread is through with its work. */
  workDone(thread: Thread): void {
    this.served += 1
    if (!thread.isAwaited) this.spare.push(thread)
    this.vacate()
  }

  private addThread(): Thread {
    const thread = new Thread(this, this.dyno.scheduler)
    this.threads.push(thread)
    return thread
  }

  private busyError(): Error {
    const reason = this.alive
      ? `all ${this.options.threads} of its threads are at work`
      : 'it is dead'
    return manifoldError(
      'MANIFOLD_PROCESS_BUSY',
      `A process of ${this.dyno.name} was given work, but ${reason}. Ask for process.idle first.`,
    )
  }
}
