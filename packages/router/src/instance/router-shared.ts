import type { DynoPool, HttpRequest } from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import type { Balancer } from '../policies/policy.js'
import type { RouterSettings } from '../settings.js'
import type { Timers } from './timers.js'

/** What all instances of a router share. */
export interface RouterShared {
  readonly simulation: Simulation
  readonly pool: DynoPool
  readonly settings: RouterSettings
  readonly balancer: Balancer
  readonly timers: Timers
  /** The client has its answer. */
  finished(request: HttpRequest): void
}
