import type { DynoPool, Generation, HttpRequest, LogSink } from '@celadon/contracts'
import type { RandomStream, Simulation } from '@celadon/kernel'
import type { Exchange } from './exchange.js'
import { type Policy, randomChoice } from './policy.js'
import { RouterInstance } from './router-instance.js'
import type { RouterShared } from './router-shared.js'
import { type RouterSettings, routerSettings } from './settings.js'

/** What a router needs, and what can be chosen about it. */
export interface RouterOptions {
  readonly simulation: Simulation
  /** The web dynos. */
  readonly pool: DynoPool
  /** Where the access lines go. Default: nowhere. */
  readonly log?: LogSink
  /** Preset of the settings. Default `router-2.0`. */
  readonly generation?: Generation
  /** Departures from the preset. */
  readonly settings?: Partial<RouterSettings>
  /** How a dyno is chosen when there are several. Default {@link randomChoice}. */
  readonly policy?: Policy
  /** Called when the client has its answer, with all fields of the router filled in. */
  readonly onResponse?: (request: HttpRequest) => void
}

/**
 * Makes the routing mesh in front of an app's web dynos.
 *
 * @example
 * const router = createRouter({ simulation, pool: manifold.pool('web'), log: logplex })
 * router.handle(request)
 *
 * @throws `ROUTER_SETTING_INVALID` when a setting is unknown or outside of what it accepts
 */
export function createRouter(options: RouterOptions): Router {
  return new Router(options)
}

/** A routing mesh: admits requests, chooses dynos, and ends what takes too long. */
export class Router {
  /** Requests received. At any moment: arrived = answered + open. */
  arrived = 0
  /** Requests whose client has an answer, an error page included. */
  answered = 0
  /** While true every new request gets H80 (`heroku maintenance:on`). */
  maintenance = false
  readonly settings: RouterSettings

  private readonly simulation: Simulation
  private readonly instances: RouterInstance[]
  private readonly entry: RandomStream
  private readonly log: LogSink | null
  private readonly onResponse: ((request: HttpRequest) => void) | null

  /** Use {@link createRouter}. */
  constructor(options: RouterOptions) {
    const { simulation, pool } = options
    const settings = routerSettings(options.generation ?? 'router-2.0', options.settings ?? {})
    this.simulation = simulation
    this.settings = settings
    this.log = options.log ?? null
    this.onResponse = options.onResponse ?? null
    this.entry = simulation.stream('router/instance')
    const shared: RouterShared = {
      simulation,
      pool,
      settings,
      policy: options.policy ?? randomChoice,
      choice: simulation.stream('router/choice'),
      firstByte: simulation.timeout<Exchange>(settings.firstByteMs, firstByteTimedOut),
      hold: simulation.timeout<Exchange>(settings.holdMs, holdTimedOut),
      finished: (request) => this.finished(request),
    }
    this.instances = Array.from({ length: settings.instances }, () => new RouterInstance(shared))
    pool.watch(() => {
      for (const instance of this.instances) instance.poolChanged()
    })
  }

  /** Requests without an answer, those that wait in the router included. */
  get open(): number {
    return this.arrived - this.answered
  }

  /** Requests that wait in the router because no dyno can take them. */
  get waiting(): number {
    let sum = 0
    for (const instance of this.instances) sum += instance.queueLength
    return sum
  }

  /** Takes a request from a client at the present moment. */
  handle(request: HttpRequest): void {
    request.retain()
    request.arrivedAt = this.simulation.now
    this.arrived += 1
    const { instances } = this
    const index = instances.length === 1 ? 0 : this.entry.below(instances.length)
    const instance = instances[index] as RouterInstance
    if (this.maintenance) instance.reject(request, 'H80')
    else instance.admit(request)
  }

  private finished(request: HttpRequest): void {
    this.answered += 1
    this.log?.writeRequest('heroku', 'router', request)
    this.onResponse?.(request)
    request.release()
  }
}

function firstByteTimedOut(exchange: Exchange): void {
  exchange.owner.firstByteTimedOut(exchange)
}

function holdTimedOut(exchange: Exchange): void {
  exchange.owner.holdTimedOut(exchange)
}
