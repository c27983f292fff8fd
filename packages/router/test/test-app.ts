import { HttpRequest } from '@celadon/contracts'
import { createSimulation, type Simulation } from '@celadon/kernel'
import { createRouter, type Router, type RouterOptions } from '../src/index.js'
import { type Manner, TestDyno, TestPool } from './test-pool.js'

/**
 * A router with dynos that do what the test says. One instance, to which dynos are no distance away,
 * unless the test wants something else.
 */
export interface TestApp {
  readonly simulation: Simulation
  readonly pool: TestPool
  readonly dynos: readonly TestDyno[]
  readonly router: Router
  /** Requests whose client has an answer, in that order. */
  readonly answered: HttpRequest[]
  /** A request arrives now. */
  send(): HttpRequest
}

export function testApp(
  manners: readonly Manner[],
  options: Omit<RouterOptions, 'simulation' | 'pool' | 'onResponse'> = {},
): TestApp {
  const simulation = createSimulation()
  const dynos = manners.map((manner, index) => new TestDyno(`web.${index + 1}`, manner))
  const pool = new TestPool(dynos)
  const answered: HttpRequest[] = []
  const router = createRouter({
    ...options,
    simulation,
    pool,
    settings: { instances: 1, handshakeMs: 0, ...options.settings },
    onResponse: (request) => answered.push(request),
  })
  const send = (): HttpRequest => {
    const request = new HttpRequest()
    request.begin(router.arrived + 1, { method: 'GET', path: '/', responseBytes: 100 }, null)
    router.handle(request)
    return request
  }
  return { simulation, pool, dynos, router, answered, send }
}
