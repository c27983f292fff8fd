import type {
  DynoHost,
  DynoProcess,
  Job,
  MemoryOptions,
  ProcessOptions,
  Program,
  RunningProgram,
} from '@celadon/contracts'
import { durationMs, positiveMs, queueNames } from './option-checks.js'
import { APP_MEMORY, BOOT_MS, PID, POLL_MS } from './process-defaults.js'
import type { ResqueQueue } from './resque-queue.js'
import { NO_TICKET, type PollingWorker, sleptAlreadyMs } from './sleeping-workers.js'

/** The processes of a resque worker, and which jobs it takes. */
export interface ResqueWorkerOptions {
  /**
   * Lists to take jobs from, in strict order; `*` stands for all in alphabetical order (resque,
   * `QUEUES`). Default `['*']`.
   */
  readonly queues?: readonly string[]
  /** Pause in milliseconds after it found nothing. Default 5000 (`INTERVAL`). */
  readonly pollMs?: number
  /**
   * Time in milliseconds from taking a job until its child process begins to work. Default 10, a
   * guess for a process of 150 MB that reconnects to its database after the fork.
   */
  readonly forkMs?: number
  /** Memory that a child has for itself while it works a job. Default 60 MB, a guess. */
  readonly childMemoryMb?: number
  /** Default 6000 milliseconds, a guess. */
  readonly bootMs?: number
  /** Memory of the parent. It works no job, so it stays at `startMb`. Default 150 MB, a guess. */
  readonly memory?: MemoryOptions
}

/** `rake resque:work`: a parent that takes one job after the other and forks a child for each. */
export function resqueWorker(queue: ResqueQueue, options: ResqueWorkerOptions = {}): Program {
  const childMb = options.childMemoryMb ?? 60
  const settings: Settings = {
    queues: queueNames('queues', options.queues ?? ['*']),
    pollMs: positiveMs('pollMs', options.pollMs ?? POLL_MS),
    forkMs: durationMs('forkMs', options.forkMs ?? 10),
    parent: { threads: 0, globalLock: null, memory: options.memory ?? APP_MEMORY },
    child: {
      threads: 1,
      globalLock: null,
      memory: { startMb: childMb, fullMb: childMb, growthWorks: 1, leakMb: 0 },
    },
  }
  return {
    name: `resque ${settings.queues.join(',')}`,
    bootMs: durationMs('bootMs', options.bootMs ?? BOOT_MS),
    slots: 1,
    start(host) {
      const worker = new ResqueWorker(queue, settings, host)
      worker.start()
      return worker
    },
  }
}

interface Settings {
  readonly queues: readonly string[]
  readonly pollMs: number
  readonly forkMs: number
  readonly parent: ProcessOptions
  readonly child: ProcessOptions
}

class ResqueWorker implements RunningProgram, PollingWorker {
  readonly queues: readonly string[]
  readonly pollMs: number
  sleepingSince = 0
  pollTicket = NO_TICKET

  private status: 'running' | 'stopping' | 'gone' = 'running'
  private job: Job | null = null
  private forkTicket = NO_TICKET
  private child: DynoProcess | null = null

  constructor(
    private readonly queue: ResqueQueue,
    private readonly settings: Settings,
    private readonly host: DynoHost,
  ) {
    this.queues = settings.queues
    this.pollMs = settings.pollMs
  }

  start(): void {
    this.host.spawn(this.settings.parent)
    this.say(`Starting worker ${this.host.name}:${PID}:${this.queues.join(',')}`)
    this.poll()
    if (this.job === null) this.sleepingSince -= sleptAlreadyMs(this, this.host)
  }

  poll(): void {
    if (this.status === 'stopping') {
      this.exit()
      return
    }
    const job = this.queue.reserve(this.queues)
    if (job === null) {
      this.queue.sleepingWorkers.add(this)
      return
    }
    this.job = job
    this.say(`got: ${inspected(job)}`)
    this.forkTicket = this.host.scheduler.schedule(this.settings.forkMs, forked, this)
  }

  /** The child is there and begins to work. */
  forked(): void {
    this.forkTicket = NO_TICKET
    const job = this.job as Job
    const child = this.host.spawn(this.settings.child)
    this.child = child
    child.run(job.work, attemptEnded, this, job)
  }

  /** The work of the present job has ended. */
  attemptEnded(job: Job): void {
    this.endChild()
    this.job = null
    if (this.queue.attemptEnded(job) === 'done') this.say(`done: ${inspected(job)}`)
    else this.sayFailed(job)
    this.poll()
  }

  terminate(): void {
    if (this.status !== 'running') return
    this.status = 'stopping'
    this.say('Exiting...')
    const { job } = this
    if (job === null) {
      // Ruby finishes its `sleep` after the signal handler has run.
      this.queue.sleepingWorkers.pollOnce(this)
      return
    }
    this.endChild()
    this.job = null
    this.queue.childKilled(job)
    this.sayFailed(job)
    this.exit()
  }

  kill(): void {
    this.status = 'gone'
    this.endChild()
    if (this.job !== null) this.queue.workerKilled(this.job)
    else this.queue.sleepingWorkers.remove(this)
    this.job = null
  }

  private endChild(): void {
    if (this.forkTicket !== NO_TICKET) this.host.scheduler.cancel(this.forkTicket)
    this.forkTicket = NO_TICKET
    this.child?.kill()
    this.child = null
  }

  private exit(): void {
    this.status = 'gone'
    this.host.exit(0)
  }

  private sayFailed(job: Job): void {
    this.say(`${inspected(job)} failed: #<${job.work.error}>`)
  }

  private say(text: string): void {
    this.host.log(`*** ${text}`)
  }
}

function forked(worker: ResqueWorker): void {
  worker.forked()
}

function attemptEnded(worker: ResqueWorker, job: Job): void {
  worker.attemptEnded(job)
}

/** How resque writes a job; its only argument is taken to be the job's id. */
function inspected(job: Job): string {
  return `(Job{${job.jobClass.queue}} | ${job.jobClass.name} | [${job.id}])`
}
