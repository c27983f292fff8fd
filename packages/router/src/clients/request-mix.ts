import {
  type ClientLink,
  type Endpoint,
  type HttpRequest,
  type Session,
  type Step,
  UNLIMITED_LINK,
  type WebSocketUse,
} from '@celadon/contracts'
import { type Distribution, type RandomStream, Sampler, type Simulation } from '@celadon/kernel'
import { atLeast, invalidClient, wholeNumber } from './option-checks.js'
import type { RequestPool } from './request-pool.js'

/** What clients ask for, and how often beside the other endpoints. */
export interface MixPart {
  /** Requests carry this very object. */
  readonly endpoint: Endpoint
  /** Share of the requests, relative to the other parts'. Default 1. */
  readonly weight?: number
  /** Time in milliseconds that one request takes with nobody else in the way. */
  readonly demandMs: Distribution
  /** What that time is spent on. Default: all of it on the CPU. */
  readonly steps?: readonly Step[]
  /** Set when it asks for a WebSocket. Default: it does not. */
  readonly webSocket?: WebSocketUse
}

/** What a {@link RequestMix} is made of. */
export interface RequestMixOptions {
  readonly simulation: Simulation
  readonly pool: RequestPool
  /** At least one. Their endpoints differ in method or path: each has a random stream by these. */
  readonly parts: readonly MixPart[]
  /** Random streams are named after it; give each group of clients its own. Default `clients`. */
  readonly name?: string
  /** How fast the clients' line is. Default: nothing takes time on it. */
  readonly link?: ClientLink
  /** Time in milliseconds after which a client gives up and leaves (H27). Default: it never does. */
  readonly patienceMs?: Distribution
  /**
   * Browsers that the requests come from, each from any of them. Default 0: clients without cookies.
   * The users of a closed loop have their own.
   */
  readonly sessions?: number
}

const ON_CPU: readonly Step[] = [{ type: 'cpu', share: 1 }]

/**
 * The mix of what a group of clients asks for. It draws everything about a request when the request
 * is made, each quantity from a stream of its own, so that two platforms are compared on equal work.
 */
export class RequestMix {
  readonly pool: RequestPool
  private readonly parts: readonly DrawnPart[]
  /** For each part the share of requests that go to it or to one before it. */
  private readonly cumulative: Float64Array
  private readonly choice: RandomStream
  private readonly link: ClientLink
  private readonly patience: Sampler | null
  private readonly sessions: readonly Session[]
  private readonly sessionChoice: RandomStream

  /** @throws `ROUTER_CLIENT_INVALID` when there is no part, or an option is outside of its range */
  constructor(options: RequestMixOptions) {
    const { simulation, pool, parts, name = 'clients', patienceMs, sessions = 0 } = options
    if (parts.length === 0) throw invalidClient('parts', 'a list of at least one part', 'empty')
    this.pool = pool
    this.parts = parts.map((part) => new DrawnPart(part, name, simulation))
    this.cumulative = cumulativeShares(parts)
    this.choice = simulation.stream(`${name}/mix`)
    this.link = options.link ?? UNLIMITED_LINK
    this.patience =
      patienceMs === undefined
        ? null
        : new Sampler(patienceMs, simulation.stream(`${name}/patience`))
    wholeNumber('sessions', sessions, 0)
    this.sessions = Array.from({ length: sessions }, () => pool.newSession())
    this.sessionChoice = simulation.stream(`${name}/session`)
  }

  /** A new request with its demand. */
  next(): HttpRequest {
    const part = this.choose()
    const request = this.pool.take(part.endpoint)
    request.work.demandMs = part.demand.next()
    request.work.steps = part.steps
    request.link = this.link
    request.webSocket = part.webSocket
    if (this.patience !== null) request.patienceMs = this.patience.next()
    const { length } = this.sessions
    if (length > 0) request.session = this.sessions[this.sessionChoice.below(length)] as Session
    return request
  }

  private choose(): DrawnPart {
    const last = this.parts.length - 1
    const draw = this.choice.float()
    let index = 0
    while (index < last && draw >= (this.cumulative[index] as number)) index += 1
    return this.parts[index] as DrawnPart
  }
}

class DrawnPart {
  readonly endpoint: Endpoint
  readonly steps: readonly Step[]
  readonly webSocket: WebSocketUse | null
  readonly demand: Sampler

  constructor(part: MixPart, name: string, simulation: Simulation) {
    const { endpoint, demandMs, steps = ON_CPU, webSocket = null } = part
    this.endpoint = endpoint
    this.steps = steps
    this.webSocket = webSocket
    const stream = simulation.stream(`${name}/service/${endpoint.method} ${endpoint.path}`)
    this.demand = new Sampler(demandMs, stream)
  }
}

function cumulativeShares(parts: readonly MixPart[]): Float64Array {
  const weights = parts.map(({ weight = 1 }, index) => atLeast(`parts[${index}].weight`, weight, 0))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) throw invalidClient('parts', 'of a weight above 0 in all', total)
  let sum = 0
  return Float64Array.from(weights, (weight) => {
    sum += weight
    return sum / total
  })
}
