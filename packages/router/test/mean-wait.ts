import { HttpRequest } from '@celadon/contracts'
import {
  BatchMeans,
  createSimulation,
  type Distribution,
  exponential,
  type Interval,
  Sampler,
} from '@celadon/kernel'
import { createRouter, type Policy, type RouterSettings } from '../src/index.js'
import { FifoDyno } from './fifo-dyno.js'
import { TestPool } from './test-pool.js'

export interface WaitOptions {
  readonly seed: string
  readonly dynos: number
  /** Share of their time for which the dynos are busy, below 1. */
  readonly load: number
  readonly service: Distribution
  readonly requests: number
  readonly generation?: 'bamboo-2010' | 'router-2.0'
  readonly settings?: Partial<RouterSettings>
  readonly policy?: Policy
}

/**
 * Poisson traffic through a router onto dynos that serve one request at a time: the mean time of a
 * request from its arrival until a dyno begins to serve it, with its 99.9 % interval. A first part of
 * the requests, 1 in 41, is the warm-up.
 */
export function meanWait(options: WaitOptions): Interval {
  const { seed, dynos, load, service, requests, generation = 'router-2.0', policy } = options
  const simulation = createSimulation({ seed })
  const pool = new TestPool(
    Array.from({ length: dynos }, (_, index) => new FifoDyno(`web.${index + 1}`, simulation)),
  )
  const waits = new Float64Array(requests)
  const router = createRouter({
    simulation,
    pool,
    generation,
    settings: { handshakeMs: 0, ...options.settings },
    ...(policy === undefined ? {} : { policy }),
    onResponse(request) {
      if (request.code !== '') throw new Error(`Request ${request.id} failed with ${request.code}.`)
      waits[request.id - 1] = request.startedAt - request.arrivedAt
    },
  })
  const gaps = new Sampler(
    exponential({ mean: service.mean / load / dynos }),
    simulation.stream('gaps'),
  )
  const demands = new Sampler(service, simulation.stream('demands'))
  const endpoint = { method: 'GET', path: '/', responseBytes: 0 }
  const spare: HttpRequest[] = []
  const recycle = (request: HttpRequest): void => {
    spare.push(request)
  }
  const arrive = (): void => {
    const request = spare.pop() ?? new HttpRequest()
    request.begin(router.arrived + 1, endpoint, recycle)
    request.work.demandMs = demands.next()
    router.handle(request)
    if (router.arrived < requests) simulation.schedule(gaps.next(), arrive, null)
  }
  arrive()
  simulation.run()
  const means = new BatchMeans()
  for (const wait of waits.subarray(Math.floor(requests / 41))) means.record(wait)
  return means.interval(0.999)
}
