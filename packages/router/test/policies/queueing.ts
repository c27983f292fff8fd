import { HttpRequest } from '@celadon/contracts'
import {
  BatchMeans,
  createSimulation,
  type Distribution,
  exponential,
  type Interval,
  Sampler,
} from '@celadon/kernel'
import { createRouter, type Policy, type RouterSettings } from '../../src/index.js'
import { TestPool } from '../test-pool.js'
import { LoadedDyno } from './loaded-dyno.js'

export interface QueueingOptions {
  readonly seed: string
  readonly policy: Policy
  readonly dynos: number
  readonly service: Distribution
  readonly settings?: Partial<RouterSettings>
  /** Mean time between two arrivals. */
  readonly gapMs: number
  readonly requests: number
  /** Time after which nobody comes any more. */
  readonly untilMs?: number
}

export interface QueueingRun {
  /** Wait of each request that came, in that order: from its arrival until a dyno serves it. */
  readonly waits: Float64Array
  /** The most requests that a dyno had at once. */
  readonly loadMax: number
}

/** Nobody is turned away or times out, and connecting takes no time. */
const NOTHING_IN_THE_WAY: Partial<RouterSettings> = {
  backlogPerDyno: Number.POSITIVE_INFINITY,
  firstByteMs: 1e9,
  handshakeMs: 0,
}

/** Poisson traffic through a router with a policy onto dynos that serve one request at a time. */
export function queueingRun(options: QueueingOptions): QueueingRun {
  const { seed, policy, service, requests, untilMs = Number.POSITIVE_INFINITY } = options
  const simulation = createSimulation({ seed })
  const dynos = Array.from(
    { length: options.dynos },
    (_, index) => new LoadedDyno(`web.${index + 1}`, simulation),
  )
  const waits = new Float64Array(requests)
  const router = createRouter({
    simulation,
    policy,
    pool: new TestPool(dynos),
    settings: { ...NOTHING_IN_THE_WAY, ...options.settings },
    onResponse(request) {
      if (request.code !== '') throw new Error(`Request ${request.id} failed with ${request.code}.`)
      waits[request.id - 1] = request.startedAt - request.arrivedAt
    },
  })
  const gaps = simulation.stream('gaps')
  const demands = new Sampler(service, simulation.stream('demands'))
  const endpoint = { method: 'GET', path: '/', responseBytes: 0 }
  const spare: HttpRequest[] = []
  const recycle = (request: HttpRequest): void => {
    spare.push(request)
  }
  const arrive = (): void => {
    if (simulation.now > untilMs) return
    const request = spare.pop() ?? new HttpRequest()
    request.begin(router.arrived + 1, endpoint, recycle)
    request.work.demandMs = demands.next()
    router.handle(request)
    if (router.arrived < requests)
      simulation.schedule(gaps.exponential(options.gapMs), arrive, null)
  }
  simulation.schedule(gaps.exponential(options.gapMs), arrive, null)
  simulation.run()
  const loadMax = Math.max(...dynos.map((dyno) => dyno.loadMax))
  return { waits: waits.subarray(0, router.arrived), loadMax }
}

/** Mean service time of {@link meanWait}. */
const SERVICE_MS = 10

/** Options of {@link meanWait}. */
export interface MeanWaitOptions {
  readonly seed: string
  readonly policy: Policy
  readonly dynos: number
  /** Share of their time for which the dynos are busy, below 1. */
  readonly load: number
  readonly requests: number
  /** Router instances. Default 1. */
  readonly instances?: number
  /** Default: exponential with the mean {@link SERVICE_MS}. */
  readonly service?: Distribution
}

/**
 * Mean wait of a request in units of the mean service time, with its 99.9 % interval. The first 1 in
 * 41 requests is the warm-up.
 */
export function meanWait(options: MeanWaitOptions): Interval {
  const { service = exponential({ mean: SERVICE_MS }), instances = 1, dynos, load } = options
  const { waits } = queueingRun({
    ...options,
    service,
    gapMs: service.mean / load / dynos,
    settings: { instances },
  })
  const means = new BatchMeans()
  for (const wait of waits.subarray(Math.floor(waits.length / 41))) {
    means.record(wait / service.mean)
  }
  return means.interval(0.999)
}
