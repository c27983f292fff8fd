import { HttpRequest } from '@celadon/contracts'
import { createSimulation, type Distribution, exponential, Sampler } from '@celadon/kernel'
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
 * Poisson traffic through a router onto dynos that serve one request at a time. Returns the time
 * of each request from its arrival until a dyno begins to serve it, in the order of arrival.
 */
export function simulatedWaits(options: WaitOptions): Float64Array {
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
    settings: options.settings ?? {},
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
  return waits
}
