import type {
  DynoHost,
  DynoProcess,
  Job,
  MemoryOptions,
  Program,
  RunningProgram,
} from '@celadon/contracts'
import type { DelayedJobQueue } from './delayed-job-queue.js'
import { durationMs, positiveMs, queueNames } from './option-checks.js'
import { APP_MEMORY, BOOT_MS, PID, POLL_MS } from './process-defaults.js'
import { NO_TICKET, type PollingWorker, sleptAlreadyMs } from './sleeping-workers.js'

/** The process of a delayed_job worker, and which jobs it takes. */
export interface DelayedJobWorkerOptions {
  /** Named queues that the worker takes jobs from (delayed_job, `QUEUES`). Default: all. */
  readonly queues?: readonly string[]
  /** Pause in milliseconds after a pass that found nothing. Default 5000 (`sleep_delay`). */
  readonly pollMs?: number
  /** Default 6000 milliseconds, a guess. */
  readonly bootMs?: number
  /** Default: from 150 MB to 220 MB within some 200 jobs, a guess. */
  readonly memory?: MemoryOptions
}

/** Jobs in one pass (delayed_job, `work_off(100)`). */
const JOBS_PER_PASS = 100

/** `rake jobs:work`: one process that works one job after the other. */
export function delayedJobWorker(
  queue: DelayedJobQueue,
  options: DelayedJobWorkerOptions = {},
): Program {
  const settings: Settings = {
    queues: options.queues === undefined ? null : queueNames('queues', options.queues),
    pollMs: positiveMs('pollMs', options.pollMs ?? POLL_MS),
    memory: options.memory ?? APP_MEMORY,
  }
  return {
    name: settings.queues === null ? 'delayed_job' : `delayed_job ${settings.queues.join(',')}`,
    bootMs: durationMs('bootMs', options.bootMs ?? BOOT_MS),
    slots: 1,
    start(host) {
      const worker = new DelayedJobWorker(queue, settings, host)
      worker.start()
      return worker
    },
  }
}

interface Settings {
  readonly queues: readonly string[] | null
  readonly pollMs: number
  readonly memory: MemoryOptions
}

class DelayedJobWorker implements RunningProgram, PollingWorker {
  readonly queues: readonly string[] | null
  readonly pollMs: number
  sleepingSince = 0
  pollTicket = NO_TICKET

  private readonly process: DynoProcess
  private job: Job | null = null
  private status: 'running' | 'stopping' | 'gone' = 'running'
  private working = false
  private passStartedAt = 0
  private passJobs = 0
  private passFailures = 0

  constructor(
    private readonly queue: DelayedJobQueue,
    settings: Settings,
    private readonly host: DynoHost,
  ) {
    this.queues = settings.queues
    this.pollMs = settings.pollMs
    this.process = host.spawn({ threads: 1, globalLock: null, memory: settings.memory })
  }

  start(): void {
    this.say('Starting job worker')
    this.poll()
    if (this.job === null) this.sleepingSince -= sleptAlreadyMs(this, this.host)
  }

  poll(): void {
    this.beginPass()
    this.workOff()
  }

  terminate(): void {
    if (this.status !== 'running') return
    this.status = 'stopping'
    this.say('Exiting...')
    // Ruby finishes its `sleep` after the signal handler has run.
    if (this.job === null) this.queue.sleepingWorkers.pollOnce(this)
  }

  kill(): void {
    this.status = 'gone'
    if (this.job !== null) this.queue.workerKilled(this.job)
    else this.queue.sleepingWorkers.remove(this)
    this.job = null
  }

  /** The work of the present job has ended. */
  attemptEnded(job: Job): void {
    this.job = null
    this.passJobs += 1
    const prior = job.attempts
    const end = this.queue.attemptEnded(job)
    if (end === 'done') {
      const seconds = (this.host.scheduler.now - job.startedAt) / 1000
      this.say(`${described(job)} COMPLETED after ${seconds.toFixed(4)}`)
    } else {
      this.passFailures += 1
      this.say(`${described(job)} FAILED (${prior} prior attempts) with ${job.work.error}`)
    }
    if (end === 'failed') {
      const failures = `${job.attempts} consecutive failures`
      this.say(`${described(job)} FAILED permanently because of ${failures}`)
    }
    this.workOff()
  }

  /**
   * Works jobs until one takes time. A loop and not a recursion: when the database refuses
   * connections, job after job fails at the same moment.
   */
  private workOff(): void {
    if (this.working) return
    this.working = true
    while (this.status !== 'gone' && this.job === null) {
      if (this.status === 'stopping') {
        this.exit()
        break
      }
      const job = this.passJobs < JOBS_PER_PASS ? this.queue.reserve(this.queues) : null
      if (job !== null) {
        this.begin(job)
      } else if (this.passJobs > 0) {
        this.reportPass()
        this.beginPass()
      } else {
        this.queue.sleepingWorkers.add(this)
        break
      }
    }
    this.working = false
  }

  private begin(job: Job): void {
    this.job = job
    this.say(`${described(job)} RUNNING`)
    this.process.run(job.work, attemptEnded, this, job)
  }

  private exit(): void {
    if (this.passJobs > 0) this.reportPass()
    this.status = 'gone'
    this.host.exit(0)
  }

  private beginPass(): void {
    this.passStartedAt = this.host.scheduler.now
    this.passJobs = 0
    this.passFailures = 0
  }

  private reportPass(): void {
    const seconds = (this.host.scheduler.now - this.passStartedAt) / 1000
    const rate = seconds > 0 ? (this.passJobs / seconds).toFixed(4) : 'Inf'
    this.say(`${this.passJobs} jobs processed at ${rate} j/s, ${this.passFailures} failed`)
  }

  private say(text: string): void {
    this.host.log(`[Worker(host:${this.host.name} pid:${PID})] ${text}`)
  }
}

function attemptEnded(worker: DelayedJobWorker, job: Job): void {
  worker.attemptEnded(job)
}

function described(job: Job): string {
  return `Job ${job.jobClass.name} (id=${job.id})`
}
