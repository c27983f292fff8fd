import type { Dyno } from '../life/dyno.js'
import { CrashHistory } from './crash-pause.js'

/** A place in the formation, for example `web.2`, and the life of the dyno that is in it now. */
export class Place {
  /** True while it sleeps; its last life may still be stopping. */
  asleep = false
  readonly crashes: CrashHistory = new CrashHistory()

  constructor(public dyno: Dyno) {}

  get name(): string {
    return this.dyno.name
  }

  /** The state that the log names: a dyno that stops is `up` until it is down. */
  get state(): 'starting' | 'up' | 'down' | 'crashed' {
    const { state } = this.dyno
    return state === 'stopping' ? 'up' : state
  }
}
