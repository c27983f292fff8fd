import { type Endpoint, HttpRequest } from '@celadon/contracts'
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
  send(asked?: Asked): HttpRequest
}

/** What is special about a request. */
export interface Asked
  extends Partial<Pick<HttpRequest, 'link' | 'patienceMs' | 'stalls' | 'webSocket' | 'sender'>> {
  readonly endpoint?: Partial<Endpoint>
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
  const send = ({ endpoint, ...asked }: Asked = {}): HttpRequest => {
    const request = new HttpRequest()
    const page = { method: 'GET', path: '/', responseBytes: 100, ...endpoint }
    request.begin(router.arrived + 1, page, null)
    Object.assign(request, asked)
    router.handle(request)
    return request
  }
  return { simulation, pool, dynos, router, answered, send }
}
