import type { DynoPool, HttpRequest } from '@celadon/contracts'
import type { RandomStream, Simulation, Timeout } from '@celadon/kernel'
import type { Exchange } from './exchange.js'
import type { Policy } from './policy.js'
import type { RouterSettings } from './settings.js'

/** What all instances of a router share. */
export interface RouterShared {
  readonly simulation: Simulation
  readonly pool: DynoPool
  readonly settings: RouterSettings
  readonly policy: Policy
  readonly choice: RandomStream
  readonly firstByte: Timeout<Exchange>
  readonly hold: Timeout<Exchange>
  /** The client has its answer. */
  finished(request: HttpRequest): void
}
