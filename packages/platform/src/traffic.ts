import { type Endpoint, HttpRequest, type Step } from '@celadon/contracts'
import { type RandomStream, RateProfile, Sampler, type Simulation } from '@celadon/kernel'
import type { EndpointDescription, Workload } from './app.js'

/** An endpoint as the traffic draws from it. Requests carry it as their `endpoint`. */
export class TrafficEndpoint implements Endpoint {
  readonly method: string
  readonly path: string
  readonly responseBytes: number
  readonly steps: readonly Step[]
  readonly enqueues: readonly { readonly job: string; readonly probability: number }[]
  readonly demand: Sampler

  constructor(description: EndpointDescription, simulation: Simulation) {
    const { method, path } = description
    this.method = method
    this.path = path
    this.responseBytes = description.responseBytes
    this.steps = description.steps
    this.enqueues = Object.entries(description.enqueues).map(([job, probability]) => ({
      job,
      probability,
    }))
    this.demand = new Sampler(
      description.service,
      simulation.stream(`workload/service/${method} ${path}`),
    )
  }
}

/** Where requests come from and where they go. */
export interface TrafficOptions extends Workload {
  readonly simulation: Simulation
  /** Where requests go, for example a router's `handle`. */
  readonly send: (request: HttpRequest) => void
}

/** Makes an app's traffic; `start` lets it begin. */
export function createTraffic(options: TrafficOptions): Traffic {
  return new Traffic(options)
}

/** The app's users: requests that arrive as a Poisson process whose rate follows the day. */
export class Traffic {
  /** Requests created so far. */
  created = 0
  private readonly simulation: Simulation
  private readonly send: (request: HttpRequest) => void
  private readonly rate: RateProfile
  private readonly endpoints: readonly TrafficEndpoint[]
  /** For each endpoint the share of requests that go to it or to one before it. */
  private readonly cumulative: readonly number[]
  private readonly arrivals: RandomStream
  private readonly mix: RandomStream
  private readonly free: HttpRequest[] = []
  private readonly recycle = (request: HttpRequest): void => {
    this.free.push(request)
  }

  /** Use {@link createTraffic}. */
  constructor(options: TrafficOptions) {
    const { simulation, rate, endpoints, send } = options
    this.simulation = simulation
    this.send = send
    this.rate = new RateProfile(rate)
    this.endpoints = endpoints.map((endpoint) => new TrafficEndpoint(endpoint, simulation))
    this.cumulative = cumulativeShares(endpoints.map(({ weight }) => weight))
    this.arrivals = simulation.stream('workload/arrivals')
    this.mix = simulation.stream('workload/mix')
  }

  /** Begins to send requests. */
  start(): void {
    if (this.endpoints.length === 0) return
    const { simulation, rate, arrivals } = this
    simulation.source((nowMs) => rate.next(nowMs, arrivals) - nowMs, arrive, this)
  }

  arrive(): void {
    const endpoint = this.choose()
    const request = this.free.pop() ?? new HttpRequest()
    this.created += 1
    request.begin(this.created, endpoint, this.recycle)
    request.work.demandMs = endpoint.demand.next()
    request.work.steps = endpoint.steps
    this.send(request)
  }

  private choose(): TrafficEndpoint {
    const last = this.endpoints.length - 1
    const draw = this.mix.float()
    let index = 0
    while (index < last && draw >= (this.cumulative[index] as number)) index += 1
    return this.endpoints[index] as TrafficEndpoint
  }
}

function arrive(traffic: Traffic): void {
  traffic.arrive()
}

function cumulativeShares(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    return sum / total
  })
}
