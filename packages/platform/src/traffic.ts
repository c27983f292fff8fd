import type { Endpoint, RequestFault, ResponseFault } from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import { RateProfile } from '@celadon/kernel'
import {
  type AskStatistics,
  type ClosedLoop,
  closedLoop,
  type Hedging,
  hedging,
  type OpenLoop,
  openLoop,
  RequestMix,
  RequestPool,
  type RequestTarget,
  type Retrying,
  retrying,
} from '@celadon/router'
import type { EndpointDescription, Workload } from './app.js'
import { PrintedLine } from './printed-line.js'

/** The random streams of an app's traffic are named after this. */
const NAME = 'workload'

/** An endpoint as requests carry it. */
export class TrafficEndpoint implements Endpoint {
  readonly method: string
  readonly path: string
  readonly responseBytes: number
  readonly requestBytes: number
  readonly requestFault?: RequestFault
  readonly responseFault?: ResponseFault
  readonly prints: readonly PrintedLine[]
  readonly enqueues: readonly { readonly job: string; readonly probability: number }[]

  constructor(description: EndpointDescription) {
    this.method = description.method
    this.path = description.path
    this.responseBytes = description.responseBytes
    this.requestBytes = description.requestBytes ?? 0
    if (description.requestFault !== undefined) this.requestFault = description.requestFault
    if (description.responseFault !== undefined) this.responseFault = description.responseFault
    this.prints = (description.prints ?? []).map((template) => new PrintedLine(template))
    this.enqueues = Object.entries(description.enqueues).map(([job, probability]) => ({
      job,
      probability,
    }))
  }
}

/** Where requests come from and where they go. */
export interface TrafficOptions extends Workload {
  readonly simulation: Simulation
  /** Where requests go, for example a router. */
  readonly target: RequestTarget
}

/**
 * Makes an app's traffic; `start` lets it begin.
 *
 * @throws `ROUTER_CLIENT_INVALID` when users, retries or hedging are described wrongly
 */
export function createTraffic(options: TrafficOptions): Traffic {
  return new Traffic(options)
}

/**
 * The app's users: requests that arrive as a Poisson process whose rate follows the day, or users who
 * wait for their answers; and what they do when an answer is an error or takes long.
 */
export class Traffic {
  /** Clients that try again; null when none does. */
  readonly retrying: Retrying | null
  /** Clients that hedge; null when none does. */
  readonly hedging: Hedging | null
  /** Users who wait for their answers; null when requests arrive by themselves. */
  readonly users: ClosedLoop | null
  private readonly pool = new RequestPool()
  private readonly arrivals: OpenLoop | null

  /** Use {@link createTraffic}. */
  constructor(options: TrafficOptions) {
    const { simulation, rate, endpoints, users, retries, hedge } = options
    const { pool } = this
    let { target } = options
    this.hedging = hedge === undefined ? null : hedging({ simulation, pool, target, ...hedge })
    target = this.hedging ?? target
    this.retrying =
      retries === undefined ? null : retrying({ simulation, pool, target, name: NAME, ...retries })
    target = this.retrying ?? target
    this.users = null
    this.arrivals = null
    if (endpoints.length === 0) return
    const loop = { simulation, mix: this.mixOf(options), target, name: NAME }
    if (users !== undefined) this.users = closedLoop({ ...loop, ...users })
    else this.arrivals = openLoop({ ...loop, arrivals: new RateProfile(rate) })
  }

  /** Requests created so far, further attempts and copies included. */
  get created(): number {
    return this.pool.created
  }

  /** What came of what users wanted; null when each request is all that its user wants. */
  get asks(): AskStatistics | null {
    return (this.retrying ?? this.hedging ?? this.users)?.statistics ?? null
  }

  /** Begins to send requests. */
  start(): void {
    this.arrivals?.start()
    this.users?.start()
  }

  private mixOf({ simulation, endpoints, link, patienceMs, sessions }: TrafficOptions): RequestMix {
    return new RequestMix({
      simulation,
      pool: this.pool,
      name: NAME,
      parts: endpoints.map((description) => ({
        endpoint: new TrafficEndpoint(description),
        weight: description.weight,
        demandMs: description.service,
        steps: description.steps,
        ...(description.webSocket === undefined ? {} : { webSocket: description.webSocket }),
      })),
      ...(link === undefined ? {} : { link }),
      ...(patienceMs === undefined ? {} : { patienceMs }),
      ...(sessions === undefined ? {} : { sessions }),
    })
  }
}
