import type { AddOn, DynoProcess, ProcessOptions, Scheduler, Work } from '@celadon/contracts'
import { CeladonError, type TimeWeighted } from '@celadon/kernel'
import type { DynoManifoldErrorCode } from './errors.js'
import { processMemoryMb } from './memory.js'
import type { ProcessorSharing } from './processor-sharing.js'
import { Thread } from './thread.js'

/** What a process shares with its dyno. */
export interface ProcessSurroundings {
  readonly name: string
  readonly scheduler: Scheduler
  readonly cpu: ProcessorSharing
  /** Threads at work, shared by all processes of one process type. */
  readonly busy: TimeWeighted
  addOn(name: string): AddOn
}

/** Connections of one process to one add-on. It keeps what it opened, as connection pools do. */
class Connections {
  inUse = 0
  open = 0
  constructor(readonly addOn: AddOn) {}
}

/** An operating-system process on a dyno: threads, their lock, memory and connections. */
export class OsProcess implements DynoProcess {
  alive = true
  /** Units of work that it has completed. */
  served = 0
  private readonly idleThreads: Thread[] = []
  private readonly threads: readonly Thread[]
  private lockHolder: Thread | null = null
  private lockFirst: Thread | null = null
  private lockLast: Thread | null = null
  private readonly connections = new Map<string, Connections>()

  constructor(
    private readonly options: ProcessOptions,
    private readonly dyno: ProcessSurroundings,
  ) {
    this.threads = Array.from({ length: options.threads }, () => new Thread(this, dyno.scheduler))
    this.idleThreads.push(...this.threads)
  }

  get idle(): number {
    return this.idleThreads.length
  }

  /** Memory that the process holds now, in MB. */
  get memoryMb(): number {
    return this.alive ? processMemoryMb(this.options.memory, this.served) : 0
  }

  run<Owner, Subject>(
    work: Work,
    done: (owner: Owner, subject: Subject) => void,
    owner: Owner,
    subject: Subject,
  ): void {
    const thread = this.idleThreads.pop()
    if (thread === undefined || !this.alive) {
      throw new CeladonError<DynoManifoldErrorCode>(
        'MANIFOLD_PROCESS_BUSY',
        `A process of ${this.dyno.name} was given work, but ${this.alive ? `all ${this.threads.length} of its threads are at work` : 'it is dead'}. Ask for process.idle first.`,
      )
    }
    this.dyno.busy.add(1, this.dyno.scheduler.now)
    thread.run(work, done as (owner: unknown, subject: unknown) => void, owner, subject)
  }

  kill(): void {
    if (!this.alive) return
    this.alive = false
    const { cpu, busy, scheduler } = this.dyno
    for (const thread of this.threads) cpu.remove(thread)
    busy.add(this.idleThreads.length - this.threads.length, scheduler.now)
    for (const { addOn, open } of this.connections.values()) addOn.disconnect?.(open)
    this.connections.clear()
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

  addOn(name: string): AddOn {
    return this.dyno.addOn(name)
  }

  /** Takes a connection from the pool or opens one. Returns the error when that is refused. */
  connectionTake(name: string, addOn: AddOn): string | null {
    let pool = this.connections.get(name)
    if (pool === undefined) {
      pool = new Connections(addOn)
      this.connections.set(name, pool)
    }
    if (pool.inUse === pool.open) {
      const refusal = addOn.connect?.() ?? null
      if (refusal !== null) return refusal
      pool.open += 1
    }
    pool.inUse += 1
    return null
  }

  connectionFree(name: string): void {
    const pool = this.connections.get(name)
    if (pool !== undefined) pool.inUse -= 1
  }

  threadIdle(thread: Thread): void {
    this.served += 1
    this.dyno.busy.add(-1, this.dyno.scheduler.now)
    this.idleThreads.push(thread)
  }
}
