import type {
  AddOn,
  Backend,
  Connection,
  DynoHost,
  DynoProcess,
  DynoSize,
  HttpRequest,
  ProcessOptions,
  ResponsePort,
  RunningProgram,
} from '@celadon/contracts'
import type { RandomStream, Simulation, TimeWeighted } from '@celadon/kernel'
import { LoadAverage } from './load-average.js'
import { OsProcess } from './os-process.js'
import type { ProcessType } from './process-type.js'
import { ProcessorSharing } from './processor-sharing.js'

/**
 * `stopping`: SIGTERM was sent, the program ends. `down`: it has ended as it should. `crashed`: it
 * has ended although it should run.
 */
export type DynoState = 'starting' | 'up' | 'stopping' | 'down' | 'crashed'

/**
 * One life of a dyno, from its start to its end. A restart makes a new one under the same name; the
 * old one may still be stopping meanwhile.
 */
export class Dyno implements DynoHost, Backend {
  state: DynoState = 'down'
  /** True when it ran since before the run. */
  adopted = false
  /** When its command was started. */
  launchedAt = -1
  readonly size: DynoSize
  readonly scheduler: Simulation
  readonly cpu: ProcessorSharing
  private readonly processes: OsProcess[] = []
  private readonly load = new LoadAverage()
  private readonly uuid: string
  private program: RunningProgram | null = null
  private waiting = 0

  constructor(
    readonly name: string,
    readonly type: ProcessType,
    /** True for a dyno that runs one command and is never restarted. */
    private readonly oneOff = false,
  ) {
    this.scheduler = type.simulation
    this.size = type.size
    this.cpu = new ProcessorSharing(this.scheduler, this.size.cores, type.statistics.busyCores)
    this.uuid = uuid(this.stream('uuid'))
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
    return this.type.addOn(name)
  }

  get busy(): TimeWeighted {
    return this.type.statistics.busy
  }

  /** Starts the dyno; `from` is the state that the log names as the one before. */
  start(from: string): void {
    this.state = 'starting'
    this.type.say(this, `State changed from ${from} to starting`)
    const provisionMs = this.type.settings.provisionMs.quantile(this.stream('provision').float())
    this.scheduler.schedule(provisionMs, launch, this)
  }

  /** Puts the dyno into the state of one that has long been up. */
  adopt(): void {
    this.adopted = true
    this.state = 'starting'
    this.launchedAt = this.scheduler.now
    this.type.statistics.starts += 1
    this.ready()
    if (!this.type.web) this.comeUp()
  }

  /** Stops the dyno in order: SIGTERM, time to finish, SIGKILL. */
  terminate(): void {
    if (this.state !== 'starting' && this.state !== 'up') return
    this.leave('stopping')
    this.type.say(this, 'Stopping all processes with SIGTERM')
    if (this.program === null) {
      this.exit(143)
      return
    }
    this.scheduler.schedule(this.type.settings.graceMs, graceOver, this)
    this.program.terminate()
  }

  /** SIGKILL to everything on it: what is under way is lost. */
  kill(): void {
    if (this.ended) return
    const { program } = this
    this.exit(137)
    program?.kill()
  }

  /** The program has ended, by itself or because it was told to. */
  exit(status: number): void {
    if (this.ended) return
    for (const process of this.processes) process.kill()
    this.type.say(this, `Process exited with status ${status}`)
    const { statistics } = this.type
    const { now } = this.scheduler
    statistics.waiting.add(-this.waiting, now)
    this.waiting = 0
    if (this.program !== null) {
      statistics.slots.add(-this.type.program.slots, now)
      statistics.cores.add(-this.size.cores, now)
      this.program = null
    }
    const expected = this.state === 'stopping' || this.oneOff
    const from = this.state
    this.leave(expected ? 'down' : 'crashed')
    this.type.exited(this, from, expected)
  }

  connect(request: HttpRequest, port: ResponsePort): Connection {
    const connect = this.program?.connect
    if (connect === undefined || this.state !== 'up') return 'refused'
    this.type.requestArrived()
    request.retain()
    this.countWaiting(1)
    const connection = connect.call(this.program, request, port)
    if (connection !== 'accepted') {
      this.countWaiting(-1)
      request.release()
    }
    return connection
  }

  log(text: string): void {
    this.type.log('app', this.name, text)
  }

  requestStarted(request: HttpRequest): void {
    request.startedAt = this.scheduler.now
    this.countWaiting(-1)
  }

  requestFinished(request: HttpRequest): void {
    request.finishedAt = this.scheduler.now
    this.type.requestFinished(request, this.name)
  }

  spawn(options: ProcessOptions): DynoProcess {
    const process = new OsProcess(options, this)
    this.processes.push(process)
    return process
  }

  bindPort(): void {
    if (this.state === 'starting') this.comeUp()
  }

  /** The container is ready: the command is started. */
  launch(): void {
    if (this.state !== 'starting') return
    const { type } = this
    this.launchedAt = this.scheduler.now
    type.statistics.starts += 1
    type.say(this, `Starting process with command \`${type.command}\``)
    if (type.web) this.scheduler.schedule(type.settings.bootTimeoutMs, bootTimedOut, this)
    else this.comeUp()
    this.scheduler.schedule(type.program.bootMs, ready, this)
  }

  /** The app has loaded: the program begins to serve. */
  ready(): void {
    if (this.state !== 'starting' && this.state !== 'up') return
    const { statistics, program } = this.type
    statistics.slots.add(program.slots, this.scheduler.now)
    statistics.cores.add(this.size.cores, this.scheduler.now)
    this.program = program.start(this)
    this.load.sample(0, this.scheduler.now)
    const { metricsMs } = this.type.settings
    if (metricsMs === Number.POSITIVE_INFINITY) return
    const phase = this.adopted ? this.stream('metrics').float() : 1
    this.scheduler.schedule(phase * metricsMs, measure, this)
  }

  bootTimedOut(): void {
    if (this.state !== 'starting') return
    this.type.fault(this, 'R10')
    this.type.say(this, 'Stopping process with SIGKILL')
    this.kill()
  }

  graceOver(): void {
    if (this.state !== 'stopping') return
    this.type.fault(this, 'R12')
    this.type.say(this, 'Stopping remaining processes with SIGKILL')
    this.kill()
  }

  /** Writes the runtime metrics and looks after memory. */
  measure(): void {
    if (this.ended) return
    const { type, size } = this
    const memoryMb = this.memoryMb
    type.memoryMeasured(memoryMb)
    this.load.sample(this.cpu.runnable, this.scheduler.now)
    const head = `source=${this.name} dyno=heroku.${this.uuid}`
    type.say(this, `${head} ${this.load}`)
    type.say(this, `${head} ${memoryLine(memoryMb, size.memoryMb)}`)
    const used = `Process running mem=${Math.round(memoryMb)}M(${((memoryMb / size.memoryMb) * 100).toFixed(1)}%)`
    if (memoryMb > size.memoryMb * size.memoryKillFactor) {
      type.say(this, used)
      type.fault(this, 'R15')
      type.say(this, 'Stopping process with SIGKILL')
      this.kill()
      return
    }
    if (memoryMb > size.memoryMb) {
      type.say(this, used)
      type.fault(this, 'R14')
    }
    this.scheduler.schedule(type.settings.metricsMs, measure, this)
  }

  private comeUp(): void {
    this.state = 'up'
    if (!this.adopted) this.type.say(this, 'State changed from starting to up')
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
}

/** Swap is what exceeds the quota; cache and paging are not modelled and print as 0. */
function memoryLine(memoryMb: number, quotaMb: number): string {
  const rss = Math.min(memoryMb, quotaMb).toFixed(2)
  const swap = Math.max(0, memoryMb - quotaMb).toFixed(2)
  return `sample#memory_total=${memoryMb.toFixed(2)}MB sample#memory_rss=${rss}MB sample#memory_cache=0.00MB sample#memory_swap=${swap}MB sample#memory_pgpgin=0pages sample#memory_pgpgout=0pages sample#memory_quota=${quotaMb.toFixed(2)}MB`
}

function uuid(stream: RandomStream): string {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => stream.below(16).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
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
