import type {
  AddOn,
  Backend,
  Connection,
  DynoHost,
  DynoProcess,
  DynoSize,
  HttpRequest,
  ProcessOptions,
  Program,
  ResponsePort,
  RunningProgram,
} from '@celadon/contracts'
import {
  ProcessorSharing,
  type RandomStream,
  type Simulation,
  type TimeWeighted,
} from '@celadon/kernel'
import { OsProcess } from './os-process.js'
import type { ProcessType } from './process-type.js'
import { memoryInUse, RuntimeMetrics, uuid } from './runtime-metrics.js'

/**
 * `stopping`: SIGTERM was sent, the program ends. `down`: it has ended as it should. `crashed`: it
 * has ended although it should run.
 */
export type DynoState = 'starting' | 'up' | 'stopping' | 'down' | 'crashed'

/** Exit status of a process that a signal has ended: 128 and the number of the signal. */
const SIGKILLED = 137
const SIGTERMED = 143

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
  /** @internal */
  readonly cpu: ProcessorSharing
  readonly busy: TimeWeighted
  private readonly processes: OsProcess[] = []
  private readonly metrics: RuntimeMetrics
  /** The program once it serves. */
  private running: RunningProgram | null = null
  private portBound = false
  private waiting = 0

  /** @param role a `one-off` dyno runs its program once and is never restarted */
  constructor(
    readonly name: string,
    readonly type: ProcessType,
    private readonly program: Program,
    private readonly role: 'formation' | 'one-off',
  ) {
    this.scheduler = type.shared.simulation
    this.size = type.size
    this.busy = type.statistics.busy
    this.cpu = new ProcessorSharing(this.scheduler, {
      cores: this.size.cores,
      busy: type.statistics.busyCores,
    })
    const id = `${type.shared.appId}.${uuid(this.stream('uuid'))}`
    this.metrics = new RuntimeMetrics(`source=${name} dyno=heroku.${id}`, this.size.memoryMb)
  }

  /** True when this life is over: its events count no more. */
  get ended(): boolean {
    return this.state === 'down' || this.state === 'crashed'
  }

  get memoryMb(): number {
    let sum = 0
    for (const process of this.processes) sum += process.memoryMb
    return sum
  }

  stream(purpose: string): RandomStream {
    return this.scheduler.stream(`dyno/${this.name}/${purpose}`)
  }

  addOn(name: string): AddOn {
    return this.type.shared.addOn(name)
  }

  /** Starts the dyno; `from` is the state that the log names as the one before. */
  start(from: DynoState): void {
    this.state = 'starting'
    if (from !== 'starting') this.say(`State changed from ${from} to starting`)
    const provisionMs = this.type.shared.settings.provisionMs.quantile(
      this.stream('provision').float(),
    )
    this.scheduler.schedule(provisionMs, launch, this)
  }

  /** Puts the dyno into the state of one that has long been up. */
  adopt(): void {
    this.adopted = true
    this.state = 'starting'
    this.launchedAt = this.scheduler.now
    this.type.statistics.starts += 1
    this.ready()
    this.comeUp()
  }

  /** Stops the dyno in order: SIGTERM, time to finish, SIGKILL. */
  terminate(): void {
    if (this.state !== 'starting' && this.state !== 'up') return
    if (this.launchedAt < 0) {
      this.leave('down')
      return
    }
    this.leave('stopping')
    this.say('Stopping all processes with SIGTERM')
    if (this.running === null) {
      this.exit(SIGTERMED)
      return
    }
    this.scheduler.schedule(this.type.shared.settings.graceMs, graceOver, this)
    this.running.terminate()
    // It has closed the connections that no process had taken up.
    this.countWaiting(-this.waiting)
  }

  /** SIGKILL to everything on it: what is under way is lost. */
  kill(): void {
    if (this.ended) return
    const { running } = this
    this.exit(SIGKILLED)
    running?.kill()
  }

  /** The program has ended, by itself or because it was told to. */
  exit(status: number): void {
    if (this.ended) return
    for (const process of [...this.processes]) process.kill()
    this.say(`Process exited with status ${status}`)
    this.countWaiting(-this.waiting)
    if (this.running !== null) {
      this.running = null
      this.countCapacity(-1)
    }
    const from = this.state
    this.leave(from === 'stopping' || this.role === 'one-off' ? 'down' : 'crashed')
    this.type.exited(this, from)
  }

  connect(request: HttpRequest, port: ResponsePort): Connection {
    const { running } = this
    if (this.state !== 'up' || running?.connect === undefined) return 'refused'
    this.type.requestArrived()
    this.countWaiting(1)
    const connection = running.connect(request, port)
    if (connection !== 'accepted') this.countWaiting(-1)
    return connection
  }

  log(text: string): void {
    this.type.shared.log('app', this.name, text)
  }

  requestStarted(request: HttpRequest): void {
    request.startedAt = this.scheduler.now
    this.countWaiting(-1)
  }

  requestFinished(request: HttpRequest): void {
    request.finishedAt = this.scheduler.now
    this.type.shared.requestFinished(request, this.name)
  }

  spawn(options: ProcessOptions): DynoProcess {
    const process = new OsProcess(options, this)
    this.processes.push(process)
    return process
  }

  /** @internal A process of this dyno is no more. */
  processEnded(process: OsProcess): void {
    this.processes.splice(this.processes.indexOf(process), 1)
  }

  bindPort(): void {
    this.portBound = true
    // A program that binds while it starts is not there to be connected to yet; see `ready`.
    if (this.running !== null) this.comeUp()
  }

  /** A line about this dyno by the manifold itself. */
  say(text: string): void {
    this.type.shared.log('heroku', this.name, text)
  }

  /** The container is ready: the command is started. */
  launch(): void {
    if (this.state !== 'starting') return
    const { type } = this
    this.launchedAt = this.scheduler.now
    type.statistics.starts += 1
    this.say(`Starting process with command \`${type.command}\``)
    if (type.web) this.scheduler.schedule(type.shared.settings.bootTimeoutMs, bootTimedOut, this)
    else this.comeUp()
    this.scheduler.schedule(this.program.bootMs, ready, this)
  }

  /** The app has loaded: the program begins to serve. */
  ready(): void {
    if (this.state !== 'starting' && this.state !== 'up') return
    const running = this.program.start(this)
    if (this.ended) return
    this.running = running
    this.countCapacity(1)
    this.metrics.begin(this.scheduler.now)
    const { metricsMs } = this.type.shared.settings
    const phase = this.adopted ? this.stream('metrics').float() : 1
    this.scheduler.schedule(phase * metricsMs, measure, this)
    if (this.portBound) this.comeUp()
  }

  bootTimedOut(): void {
    if (this.state !== 'starting') return
    this.type.fault(this, 'R10')
    this.say('Stopping process with SIGKILL')
    this.kill()
  }

  graceOver(): void {
    if (this.state !== 'stopping') return
    this.type.fault(this, 'R12')
    this.say('Stopping remaining processes with SIGKILL')
    this.kill()
  }

  /** Writes the runtime metrics and looks after memory. */
  measure(): void {
    if (this.ended) return
    const { memoryMb, scheduler, size, type } = this
    type.memoryMeasured(memoryMb)
    const lines = this.metrics.sample(this.cpu.runnable, memoryMb, scheduler.now)
    for (const line of lines) this.say(line)
    if (memoryMb > size.memoryMb) this.say(memoryInUse(memoryMb, size.memoryMb))
    if (memoryMb > size.memoryMb * size.memoryKillFactor) {
      type.fault(this, 'R15')
      this.say('Stopping process with SIGKILL')
      this.kill()
      return
    }
    if (memoryMb > size.memoryMb) type.fault(this, 'R14')
    scheduler.schedule(type.shared.settings.metricsMs, measure, this)
  }

  private comeUp(): void {
    if (this.state !== 'starting') return
    this.state = 'up'
    if (!this.adopted) this.say('State changed from starting to up')
    this.type.statistics.up.add(1, this.scheduler.now)
    this.type.cameUp(this)
  }

  private leave(state: DynoState): void {
    if (this.state === 'up') this.type.statistics.up.add(-1, this.scheduler.now)
    this.state = state
    this.type.changed()
  }

  private countWaiting(change: number): void {
    this.waiting += change
    this.type.statistics.waiting.add(change, this.scheduler.now)
  }

  private countCapacity(sign: 1 | -1): void {
    const { slots, cores } = this.type.statistics
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

function bootTimedOut(dyno: Dyno): void {
  dyno.bootTimedOut()
}

function graceOver(dyno: Dyno): void {
  dyno.graceOver()
}

function measure(dyno: Dyno): void {
  dyno.measure()
}
