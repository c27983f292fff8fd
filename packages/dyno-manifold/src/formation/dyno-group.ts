import type { DynoSize, Program, RCode } from '@celadon/contracts'
import type { Distribution } from '@celadon/kernel'
import type { ManifoldContext } from '../context.js'
import type { Dyno, DynoState } from '../life/dyno.js'
import { faultText } from '../life/wording.js'
import type { ProcessTypeOptions } from '../options.js'
import { FormationStatistics } from './formation-statistics.js'

/** Dynos of one size that run the same command, and what they tell. */
export abstract class DynoGroup {
  readonly statistics: FormationStatistics
  readonly size: DynoSize
  readonly command: string
  readonly program: Program
  /** Time until a program breaks down by itself; null: never. */
  readonly crashEveryMs: Distribution | null
  /** True for the type whose dynos bind a port. */
  abstract readonly web: boolean
  /** True when a dyno that has ended is started again. */
  abstract readonly restarts: boolean

  constructor(
    readonly name: string,
    options: ProcessTypeOptions,
    /** @internal */
    readonly context: ManifoldContext,
  ) {
    this.statistics = new FormationStatistics(context.simulation.now)
    this.size = options.size
    this.command = options.command
    this.program = options.program
    this.crashEveryMs = options.crashEveryMs ?? null
  }

  /** A dyno has another state. */
  abstract changed(): void

  /** A dyno got its daily restart. */
  abstract cycle(dyno: Dyno): void

  /** @param from the state in which the dyno's program ended */
  abstract exited(dyno: Dyno, from: DynoState): void

  /** @param from the state in which the dyno was when its host failed */
  abstract lost(dyno: Dyno, from: DynoState): void

  /** A dyno came up; its day begins. */
  cameUp(dyno: Dyno): void {
    const { settings, simulation } = this.context
    this.context.event({ type: 'up', dyno: dyno.name })
    const stream = dyno.stream('cycle')
    const lifeMs = settings.cycleMs + stream.float() * settings.cycleJitterMs
    if (lifeMs < Number.POSITIVE_INFINITY) {
      simulation.schedule(dyno.adopted ? stream.float() * lifeMs : lifeMs, cycle, dyno)
    }
    this.changed()
  }

  requestArrived(): void {}

  memoryMeasured(memoryMb: number): void {
    if (memoryMb > this.statistics.memoryMaxMb) this.statistics.memoryMaxMb = memoryMb
  }

  fault(dyno: Dyno, code: RCode): void {
    const { wording, settings } = this.context
    this.statistics.errors.set(code, (this.statistics.errors.get(code) ?? 0) + 1)
    dyno.say(faultText(code, wording, settings))
    this.context.event({ type: 'fault', dyno: dyno.name, code })
  }

  fileMissed(dyno: Dyno, path: string): void {
    this.statistics.filesMissed += 1
    if (!this.context.fileHistory.firstMissed(path)) return
    this.context.event({ type: 'file-lost', dyno: dyno.name, path })
  }
}

function cycle(dyno: Dyno): void {
  if (dyno.state === 'up') dyno.group.cycle(dyno)
}
