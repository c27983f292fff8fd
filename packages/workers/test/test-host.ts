import type {
  DynoFiles,
  DynoHost,
  DynoProcess,
  DynoSize,
  JobClass,
  ProcessOptions,
  Program,
  RandomSource,
  RunningProgram,
  Work,
} from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'

const SIZE: DynoSize = {
  name: 'test',
  memoryMb: 512,
  cores: 1,
  guaranteedCores: 1,
  usdPerHour: 0,
  dedicated: true,
  memoryKillFactor: 2,
  processesMax: 256,
  quantityMax: 100,
  since: '2015',
  until: null,
}

/** A file system on which every file is gone. */
const FILES: DynoFiles = { write: () => true, read: () => null }

/** Makes a dyno on which work takes exactly its demand, whatever its steps are. */
export function createTestHost(simulation: Simulation, name = 'worker.1'): TestHost {
  return new TestHost(simulation, name)
}

export class TestHost implements DynoHost {
  readonly size: DynoSize = SIZE
  readonly files: DynoFiles = FILES
  readonly processes: TestProcess[] = []
  /** Lines of the log, each with the time at which it was written in seconds. */
  readonly lines: string[] = []
  exitStatus: number | null = null
  exitedAt = -1
  /** Set to stop keeping lines, for long runs. */
  quiet = false
  /** Set to let each job fail at once with this error, as a database does that is full. */
  refusal: string | null = null
  /** Share of its first sleep that a worker has behind it when it starts. */
  firstSleep = 0
  private program: RunningProgram | null = null

  constructor(
    readonly scheduler: Simulation,
    readonly name: string,
  ) {}

  get alive(): number {
    return this.processes.filter(({ alive }) => alive).length
  }

  /** Starts the program, without its boot time. */
  start(program: Program): void {
    this.program = program.start(this)
  }

  terminate(): void {
    this.program?.terminate()
  }

  /** Ends all processes at once and then tells the program, as the platform does. */
  kill(): void {
    if (this.exitStatus !== null) return
    for (const process of this.processes) process.kill()
    this.exitStatus = 137
    this.program?.kill()
  }

  /** Every draw is {@link firstSleep}; a worker draws nothing else. */
  stream(): RandomSource {
    return { float: () => this.firstSleep, below: () => 0, exponential: (mean) => mean }
  }

  log(text: string): void {
    if (!this.quiet) this.lines.push(`${this.scheduler.now / 1000} ${text}`)
  }

  spawn(options: ProcessOptions): DynoProcess {
    const process = new TestProcess(this, options)
    if (!this.quiet) this.processes.push(process)
    return process
  }

  exit(status: number): void {
    if (this.exitStatus !== null) throw new Error(`${this.name} exits twice`)
    this.exitStatus = status
    this.exitedAt = this.scheduler.now
    for (const process of this.processes) process.kill()
  }

  requestStarted(): void {
    throw new Error('A worker has no requests.')
  }

  requestFinished(): void {
    throw new Error('A worker has no requests.')
  }

  requestDropped(): void {
    throw new Error('A worker has no requests.')
  }

  bindPort(): void {
    throw new Error('A worker listens on no port.')
  }
}

class TestProcess implements DynoProcess {
  alive = true
  idle: number

  constructor(
    private readonly host: TestHost,
    readonly options: ProcessOptions,
  ) {
    this.idle = options.threads
  }

  run<Owner, Subject>(
    work: Work,
    done: (owner: Owner, subject: Subject) => void,
    owner: Owner,
    subject: Subject,
  ): void {
    if (!this.alive || this.idle === 0) throw new Error('The process has no idle thread.')
    if (this.host.refusal !== null) {
      work.error = this.host.refusal
      done(owner, subject)
      return
    }
    this.idle -= 1
    this.host.scheduler.schedule(
      work.demandMs,
      () => {
        if (!this.alive) return
        this.idle += 1
        done(owner, subject)
      },
      null,
    )
  }

  interrupt(): boolean {
    return false
  }

  occupy(): void {
    this.idle -= 1
  }

  vacate(): void {
    this.idle += 1
  }

  kill(): void {
    this.alive = false
  }
}

/** A kind of job; by default it takes a second and never fails. */
export function jobClass(
  options: Partial<JobClass> & { demandMs?: number | (() => number) } = {},
): JobClass {
  const { demandMs = 1000, ...rest } = options
  return {
    name: 'ReceiptMailer',
    queue: 'mailers',
    priority: 0,
    failureRate: 0,
    draw(work: Work) {
      work.demandMs = typeof demandMs === 'number' ? demandMs : demandMs()
    },
    ...rest,
  }
}
