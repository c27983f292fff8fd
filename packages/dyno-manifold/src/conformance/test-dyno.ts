import type {
  AddOn,
  DynoFiles,
  DynoHost,
  DynoProcess,
  DynoSize,
  HttpRequest,
  ProcessOptions,
  Program,
  RandomSource,
  RunningProgram,
} from '@celadon/contracts'
import { ProcessorSharing, type Simulation, TimeWeighted } from '@celadon/kernel'
import { OsProcess } from '../processes/os-process.js'
import { demand } from './demand.js'

const SIZE: DynoSize = {
  name: 'conformance',
  memoryMb: 512,
  cores: 1,
  guaranteedCores: 1,
  usdPerHour: 0,
  dedicated: true,
  memoryKillFactor: 2,
  processesMax: 256,
  quantityMax: 1,
  since: '2010',
  until: null,
}

const NO_FILES: DynoFiles = { write: () => true, read: () => null }

/** A dyno that runs one program and counts what the program tells it. */
export class TestDyno implements DynoHost {
  readonly name = 'web.1'
  readonly size: DynoSize = SIZE
  readonly files: DynoFiles = NO_FILES
  readonly cpu: ProcessorSharing
  readonly busy: TimeWeighted
  readonly running: RunningProgram
  bound = false
  exited = false
  started = 0
  finished = 0
  dropped = 0
  /** Most requests that were started and not finished at one time. */
  underWayMost = 0
  /** Ids of requests in the order in which they were started. */
  readonly order: number[] = []
  private readonly processes: OsProcess[] = []

  constructor(
    readonly scheduler: Simulation,
    program: Program,
  ) {
    this.busy = new TimeWeighted(0, scheduler.now)
    this.cpu = new ProcessorSharing(scheduler, { cores: SIZE.cores })
    this.running = program.start(this)
  }

  get underWay(): number {
    return this.started - this.finished
  }

  stream(purpose: string): RandomSource {
    return this.scheduler.stream(`conformance/${purpose}`)
  }

  log(): void {}

  requestStarted(request: HttpRequest): void {
    demand(!this.exited, 'a request is started after the program has exited')
    this.started += 1
    this.underWayMost = Math.max(this.underWayMost, this.underWay)
    this.order.push(request.id)
    request.startedAt = this.scheduler.now
  }

  requestFinished(request: HttpRequest): void {
    demand(request.startedAt >= 0, 'a request is finished that was never started')
    demand(request.finishedAt < 0, 'a request is finished twice')
    this.finished += 1
    request.finishedAt = this.scheduler.now
  }

  requestDropped(request: HttpRequest): void {
    demand(request.startedAt < 0, 'a request is dropped that was started')
    this.dropped += 1
  }

  spawn(options: ProcessOptions): DynoProcess {
    const process = new OsProcess(options, this)
    this.processes.push(process)
    return process
  }

  processEnded(process: OsProcess): void {
    this.processes.splice(this.processes.indexOf(process), 1)
  }

  addOn(name: string): AddOn {
    throw new Error(`No request of the conformance suite calls an add-on, but ${name} was called.`)
  }

  bindPort(): void {
    this.bound = true
  }

  exit(): void {
    demand(!this.exited, 'the program exits twice')
    this.exited = true
    for (const process of [...this.processes]) process.kill()
  }

  /** SIGTERM. */
  terminate(): void {
    if (!this.exited) this.running.terminate()
  }

  /** SIGKILL, as a dyno sends it: first to the processes. */
  kill(): void {
    if (this.exited) return
    this.exit()
    this.running.kill()
  }
}
