import type { AddOn, DynoProcess, ProcessOptions, Scheduler, Work } from '@celadon/contracts'
import { CeladonError, type ProcessorSharing, type TimeWeighted } from '@celadon/kernel'
import { ConnectionPool } from './connection-pool.js'
import type { DynoManifoldErrorCode } from './errors.js'
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
  private readonly threads: readonly Thread[]
  private readonly idleThreads: Thread[]
  private lockHolder: Thread | null = null
  private lockFirst: Thread | null = null
  private lockLast: Thread | null = null
  /** By the name of the add-on. */
  private readonly connections = new Map<string, ConnectionPool>()

  constructor(
    private readonly options: ProcessOptions,
    private readonly dyno: ProcessSurroundings,
  ) {
    this.threads = Array.from({ length: options.threads }, () => new Thread(this, dyno.scheduler))
    this.idleThreads = [...this.threads]
  }

  get idle(): number {
    return this.idleThreads.length
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
    const thread = this.idleThreads.pop()
    if (thread === undefined) throw this.busyError()
    this.dyno.busy.add(1, this.dyno.scheduler.now)
    thread.run(work, done as (owner: unknown, subject: unknown) => void, owner, subject)
  }

  kill(): void {
    if (!this.alive) return
    this.alive = false
    const { cpu, busy, scheduler } = this.dyno
    for (const thread of this.threads) cpu.cancel(thread)
    busy.add(this.idleThreads.length - this.threads.length, scheduler.now)
    this.idleThreads.length = 0
    for (const pool of this.connections.values()) pool.close()
    this.dyno.processEnded(this)
  }

  /** Lets a thread compute its step, or queues it for the global lock. */
  compute(thread: Thread): void {
    if (!this.options.globalLock) {
      this.dyno.cpu.start(thread, thread.demandMs)
    } else if (this.lockHolder === null) {
      this.lockHolder = thread
      this.dyno.cpu.start(thread, thread.demandMs)
    } else {
      // Real interpreters hand the lock over after a time slice of 100 ms as well; computing steps
      // are mostly shorter, so here a thread keeps it until its step is done.
      thread.nextForLock = null
      if (this.lockLast === null) this.lockFirst = thread
      else this.lockLast.nextForLock = thread
      this.lockLast = thread
    }
  }

  releaseLock(): void {
    if (!this.options.globalLock) return
    const next = this.lockFirst
    this.lockHolder = next
    if (next === null) return
    this.lockFirst = next.nextForLock
    if (this.lockFirst === null) this.lockLast = null
    this.dyno.cpu.start(next, next.demandMs)
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

  threadIdle(thread: Thread): void {
    this.served += 1
    this.dyno.busy.add(-1, this.dyno.scheduler.now)
    this.idleThreads.push(thread)
  }

  private busyError(): Error {
    const reason = this.alive
      ? `all ${this.threads.length} of its threads are at work`
      : 'it is dead'
    return new CeladonError<DynoManifoldErrorCode>(
      'MANIFOLD_PROCESS_BUSY',
      `A process of ${this.dyno.name} was given work, but ${reason}. Ask for process.idle first.`,
    )
  }
}
