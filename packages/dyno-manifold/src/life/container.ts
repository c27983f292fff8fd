import type { AddOn, DynoProcess, DynoSize, ProcessOptions } from '@celadon/contracts'
import { ProcessorSharing, type Simulation, type TimeWeighted } from '@celadon/kernel'
import type { ManifoldContext } from '../context.js'
import type { FormationStatistics } from '../formation/formation-statistics.js'
import { OsProcess, type ProcessSurroundings } from '../processes/os-process.js'

/** What the processes of one life of a dyno share: its CPU, its memory, its limit of processes. */
export class Container implements ProcessSurroundings {
  readonly scheduler: Simulation
  readonly cpu: ProcessorSharing
  readonly busy: TimeWeighted
  private readonly processes: OsProcess[] = []
  /** Processes and threads that were started. */
  private started = 0

  constructor(
    readonly name: string,
    private readonly size: DynoSize,
    private readonly context: ManifoldContext,
    statistics: FormationStatistics,
  ) {
    this.scheduler = context.simulation
    this.busy = statistics.busy
    this.cpu = new ProcessorSharing(this.scheduler, {
      cores: size.cores,
      busy: statistics.busyCores,
    })
  }

  get memoryMb(): number {
    let sum = 0
    for (const process of this.processes) sum += process.memoryMb
    return sum
  }

  /** True when more processes and threads were started than the size allows at a time. */
  get isOverfull(): boolean {
    return this.started > this.size.processesMax
  }

  addOn(name: string): AddOn {
    return this.context.addOn(name)
  }

  spawn(options: ProcessOptions): DynoProcess {
    const process = new OsProcess(options, this)
    this.processes.push(process)
    // An event loop, whose units of work are not threads, is a single one.
    this.started += Number.isFinite(options.threads) ? Math.max(1, options.threads) : 1
    return process
  }

  processEnded(process: OsProcess): void {
    this.processes.splice(this.processes.indexOf(process), 1)
  }

  /** SIGKILL to all processes. */
  endProcesses(): void {
    for (const process of [...this.processes]) process.kill()
  }
}
