import type {
  Backend,
  BootTime,
  Connection,
  DynoFiles,
  DynoHost,
  DynoProcess,
  DynoSize,
  HttpRequest,
  ProcessOptions,
  Program,
  ResponsePort,
  RunningProgram,
} from '@celadon/contracts'
import type { ProcessorSharing, RandomStream, Simulation } from '@celadon/kernel'
import type { ManifoldContext } from '../context.js'
import type { DynoGroup } from '../formation/dyno-group.js'
import type { Host } from '../hosts/host.js'
import { Container } from './container.js'
import { LifeFiles } from './files.js'
import { RequestCount } from './request-count.js'
import { UsageCheck } from './usage-check.js'

/**
 * `stopping`: SIGTERM was sent, the program ends. `down`: it has ended as it should. `crashed`: it
 * has ended although it should run.
 */
export type DynoState = 'starting' | 'up' | 'stopping' | 'down' | 'crashed'

/** Exit status of a process that a signal has ended: 128 and the number of the signal. */
const SIGKILLED = 137
const SIGTERMED = 143
/** Exit status of a program that has failed. */
const FAILED = 1

/**
 * One life of a dyno, from its start to its end. A restart makes a new one under the same name; the
 * old one may still be stopping meanwhile.
 */
export class Dyno implements DynoHost, Backend {
  state: DynoState = 'down'
  /** True when it was up before the run began. */
  adopted = false
  /** When its command was started; -1: not yet. */
  launchedAt = -1
  readonly size: DynoSize
  readonly scheduler: Simulation
  readonly files: DynoFiles
  /** @internal */
  readonly context: ManifoldContext
  private readonly container: Container
  private readonly requests: RequestCount
  private readonly usage: UsageCheck
  private host: Host | null = null
  /** The program once it serves. */
  private running: RunningProgram | null = null
  private portBound = false

  constructor(
    readonly name: string,
    /** @internal */
    readonly group: DynoGroup,
    private readonly program: Program,
  ) {
    const { context, size, statistics } = group
    this.context = context
    this.scheduler = context.simulation
    this.size = size
    this.files = new LifeFiles(context.fileHistory, context.settings.writableFolders, this)
    this.container = new Container(name, size, context, statistics)
    this.requests = new RequestCount(this.scheduler, statistics.waiting)
    this.usage = new UsageCheck(this)
  }

  /** True when this life is over: its events count no more. */
  get ended(): boolean {
    return this.state === 'down' || this.state === 'crashed'
  }

  get memoryMb(): number {
    return this.container.memoryMb
  }

  /** @internal */
  get cpu(): ProcessorSharing {
    return this.container.cpu
  }

  get load(): number {
    return this.requests.load
  }

  get slots(): number {
    return this.program.slots
  }

  watchLoad(listener: () => void): () => void {
    return this.requests.watch(listener)
  }

  stream(purpose: string): RandomStream {
    return this.scheduler.stream(`dyno/${this.name}/${purpose}`)
  }

  /** Starts the dyno; `from` is the state that the log names as the one before. */
  start(from: DynoState): void {
    this.state = 'starting'
    if (from !== 'starting') {
      const before = from === 'down' ? this.context.wording.down : from
      this.say(`State changed from ${before} to starting`)
    }
    this.moveIn()
    const { provisionMs } = this.context.settings
    this.scheduler.schedule(provisionMs.quantile(this.stream('provision').float()), launch, this)
  }

  /** Puts the dyno into the state of one that has long been up. */
  adopt(): void {
    this.adopted = true
    this.state = 'starting'
    this.launchedAt = this.scheduler.now
    this.group.statistics.starts += 1
    this.moveIn()
    this.ready()
    this.comeUp()
  }

  /** Stops the dyno in order: SIGTERM, time to finish, SIGKILL. */
  terminate(): void {
    if (this.state !== 'starting' && this.state !== 'up') return
    if (this.launchedAt < 0) {
      this.end('down')
      return
    }
    this.leave('stopping')
    this.say(this.context.wording.sigterm)
    if (this.running === null) {
      this.exit(SIGTERMED)
      return
    }
    this.scheduler.schedule(this.context.settings.graceMs, graceOver, this)
    this.running.terminate()
  }

  /** SIGKILL to everything on it: what is under way is lost. */
  kill(): void {
    this.fail(SIGKILLED)
  }

  /** The program has ended, by itself or because it was told to. */
  exit(status: number): void {
    if (this.ended) return
    this.container.endProcesses()
    this.say(this.context.wording.exited(status))
    const from = this.state
    this.end(from === 'stopping' || !this.group.restarts ? 'down' : 'crashed')
    this.group.exited(this, from)
  }

  /** @internal */
  hostFailed(): void {
    if (this.ended) return
    const { running, state } = this
    this.container.endProcesses()
    this.end('down')
    this.group.lost(this, state)
    running?.kill()
  }

  /** @internal */
  setCores(cores: number): void {
    if (cores !== this.cpu.cores) this.cpu.setCores(cores)
  }

  connect(request: HttpRequest, port: ResponsePort): Connection {
    const { running } = this
    if (this.state !== 'up' || running?.connect === undefined) return 'refused'
    this.group.requestArrived()
    this.requests.arrived()
    const connection = running.connect(request, port)
    if (connection === 'accepted') this.requests.accepted()
    else this.requests.turnedAway()
    return connection
  }

  disconnected(request: HttpRequest, port: ResponsePort): void {
    this.running?.disconnected?.(request, port)
  }

  log(text: string): void {
    this.context.log('app', this.name, text)
  }

  requestStarted(request: HttpRequest): void {
    request.startedAt = this.scheduler.now
    this.requests.started()
  }

  requestFinished(request: HttpRequest): void {
    request.finishedAt = this.scheduler.now
    this.context.requestFinished(request, this.name)
    if (!this.ended) this.requests.finished()
  }

  requestDropped(_request: HttpRequest): void {
    if (!this.ended) this.requests.dropped()
  }

  spawn(options: ProcessOptions): DynoProcess {
    return this.container.spawn(options)
  }

  /** @internal */
  fileMissed(path: string): void {
    this.group.fileMissed(this, path)
  }

  bindPort(): void {
    this.portBound = true
    // A program that binds while it starts is not there to be connected to yet; see `ready`.
    if (this.running !== null) this.comeUp()
  }

  /** A line about this dyno by the manifold itself. */
  say(text: string): void {
    this.context.log('heroku', this.name, text)
  }

  /** The container is ready: the command is started. */
  launch(): void {
    if (this.state !== 'starting') return
    const { context, group, scheduler } = this
    this.launchedAt = scheduler.now
    group.statistics.starts += 1
    this.say(context.wording.starting(group.command))
    if (group.web) scheduler.schedule(context.settings.bootTimeoutMs, bootTimedOut, this)
    else this.comeUp()
    scheduler.schedule(this.drawBootMs(this.program.bootMs), ready, this)
  }

  /** The app has loaded: the program begins to serve. */
  ready(): void {
    if (this.state !== 'starting' && this.state !== 'up') return
    const running = this.program.start(this)
    if (this.ended) return
    this.running = running
    this.countCapacity(1)
    if (this.container.isOverfull) {
      this.log('Resource temporarily unavailable - fork(2)')
      this.fail(FAILED)
      return
    }
    this.usage.begin()
    const { crashEveryMs } = this.group
    if (crashEveryMs !== null) {
      this.scheduler.schedule(crashEveryMs.quantile(this.stream('crash').float()), breakDown, this)
    }
    if (this.portBound) this.comeUp()
  }

  /** The program ends with this status, and what is under way is lost. */
  fail(status: number): void {
    if (this.ended) return
    const { running } = this
    this.exit(status)
    running?.kill()
  }

  bootTimedOut(): void {
    if (this.state !== 'starting') return
    this.group.fault(this, 'R10')
    this.say('Stopping process with SIGKILL')
    this.kill()
  }

  graceOver(): void {
    if (this.state !== 'stopping') return
    this.group.fault(this, 'R12')
    this.say(this.context.wording.sigkill)
    this.kill()
  }

  private drawBootMs(bootMs: BootTime): number {
    return typeof bootMs === 'number' ? bootMs : bootMs.quantile(this.stream('boot').float())
  }

  private moveIn(): void {
    this.host = this.context.fleet.place(this)
    this.context.started(this.size)
  }

  private comeUp(): void {
    if (this.state !== 'starting') return
    this.state = 'up'
    if (!this.adopted) this.say('State changed from starting to up')
    this.group.statistics.up.add(1, this.scheduler.now)
    this.group.cameUp(this)
  }

  private end(state: 'down' | 'crashed'): void {
    this.requests.clear()
    if (this.running !== null) {
      this.running = null
      this.countCapacity(-1)
    }
    this.context.fleet.leave(this.host as Host, this)
    this.context.ended(this.size)
    this.leave(state)
  }

  private leave(state: DynoState): void {
    if (this.state === 'up') this.group.statistics.up.add(-1, this.scheduler.now)
    this.state = state
    this.group.changed()
  }

  private countCapacity(sign: 1 | -1): void {
    const { slots, cores } = this.group.statistics
    slots.add(sign * this.program.slots, this.scheduler.now)
    cores.add(sign * this.size.cores, this.scheduler.now)
  }
}

function launch(dyno: Dyno): void {
  dyno.launch()
}

function ready(dyno: Dyno): void {
  dyno.ready()
}

function breakDown(dyno: Dyno): void {
  dyno.fail(FAILED)
}

function bootTimedOut(dyno: Dyno): void {
  dyno.bootTimedOut()
}

function graceOver(dyno: Dyno): void {
  dyno.graceOver()
}
