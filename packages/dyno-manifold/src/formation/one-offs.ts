import type { Program } from '@celadon/contracts'
import { Dyno, type DynoState } from '../life/dyno.js'
import { DynoGroup } from './dyno-group.js'

/** One-off dynos that run the same command: each runs its program once and is never restarted. */
export class OneOffs extends DynoGroup {
  readonly web = false
  readonly restarts = false

  /** Runs a program on a dyno of its own. */
  run(name: string, program: Program): void {
    this.statistics.quantity.add(1, this.context.simulation.now)
    new Dyno(name, this, program).start('down')
  }

  changed(): void {}

  /** It has had its time and is only stopped. */
  cycle(dyno: Dyno): void {
    dyno.say('Cycling')
    dyno.terminate()
  }

  exited(dyno: Dyno, from: DynoState): void {
    dyno.say(`State changed from ${from === 'stopping' ? 'up' : from} to complete`)
    this.statistics.quantity.add(-1, this.context.simulation.now)
  }

  /** Nobody starts it again elsewhere. */
  lost(dyno: Dyno, from: DynoState): void {
    this.exited(dyno, from)
  }
}
