import type { DynoPool, Generation, HCode, HttpRequest, LogSink } from '@celadon/contracts'
import type { RandomStream, Simulation } from '@celadon/kernel'
import { routerError } from './errors.js'
import { RouterInstance } from './instance/router-instance.js'
import type { RouterShared } from './instance/router-shared.js'
import { createTimers } from './instance/timers.js'
import type { Policy } from './policies/policy.js'
import { randomChoice } from './policies/random-choice.js'
import { PoolFeed } from './pool-feed.js'
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
  /** How a dyno is chosen when there are several. Its settings win over the preset's. Default {@link randomChoice}. */
  readonly policy?: Policy
  /** Departures from the preset and from the policy's settings. */
  readonly settings?: Partial<RouterSettings>
  /** Called when the client has its answer or has gone, with all fields of the router filled in. */
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
  /** Requests whose client has an answer, an error page included, or has gone. */
  answered = 0
  /** While true every new request gets H80 (`heroku maintenance:on`). */
  maintenance = false
  /** While true every new request gets H83: the platform degrades its service as it had announced. */
  brownOut = false
  readonly settings: RouterSettings

  private readonly simulation: Simulation
  private readonly shared: RouterShared
  private readonly instances: RouterInstance[]
  private readonly feed: PoolFeed
  private readonly entry: RandomStream
  private readonly log: LogSink | null
  private readonly onResponse: ((request: HttpRequest) => void) | null

  /** Use {@link createRouter}. */
  constructor(options: RouterOptions) {
    const { simulation, pool, generation = 'router-2.0', policy = randomChoice() } = options
    const settings = routerSettings(generation, policy.settings, options.settings)
    const { instances } = settings
    this.simulation = simulation
    this.settings = settings
    this.log = options.log ?? null
    this.onResponse = options.onResponse ?? null
    this.entry = simulation.stream('router/instance')
    const stream = simulation.stream('router/choice')
    this.shared = {
      simulation,
      pool,
      settings,
      balancer: policy.create({ stream, scheduler: simulation, instances, pool }),
      timers: createTimers(simulation, settings),
      finished: (request) => this.finished(request),
    }
    this.instances = Array.from(
      { length: instances },
      (_, index) => new RouterInstance(this.shared, index),
    )
    this.feed = new PoolFeed(simulation, pool, settings.viewDelayMs)
    pool.watch(() => this.feed.tell(this.instances))
  }

  /** Requests without an answer, those that wait in the router included. */
  get open(): number {
    return this.arrived - this.answered
  }

  /** Requests that wait in the router because no dyno can take them. */
  get waiting(): number {
    let sum = 0
    for (const { dispatcher } of this.instances) sum += dispatcher.queueLength
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
    instance.admit(request, this.suspension())
  }

  /**
   * Restarts one of the instances: what it has under way ends as H24, and its queue, its quarantine
   * and its connections are gone. Another one takes its place at once.
   *
   * @param index of the instance, from 0
   * @throws `ROUTER_INSTANCE_UNKNOWN` when there is no such instance
   */
  restartInstance(index: number): void {
    const instance = this.instances[index]
    if (instance === undefined) {
      throw routerError(
        'ROUTER_INSTANCE_UNKNOWN',
        `There is no router instance ${index}: they are numbered from 0 to ${this.instances.length - 1}.`,
      )
    }
    this.instances[index] = new RouterInstance(this.shared, index)
    instance.shutDown()
  }

  private suspension(): HCode | '' {
    if (this.maintenance) return 'H80'
    return this.brownOut ? 'H83' : ''
  }

  private finished(request: HttpRequest): void {
    this.answered += 1
    this.log?.writeRequest('heroku', 'router', request)
    this.onResponse?.(request)
    request.sender?.answered(request)
    request.release()
  }
}
