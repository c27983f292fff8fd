// Who hears of a request may do anything to the dyno that has it, in the middle of the call.
import { type Backend, HttpRequest, type Step } from '@celadon/contracts'
import { createSimulation } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createDynoManifold,
  DYNO_SIZES,
  gunicorn,
  mongrel,
  node,
  passenger,
  puma,
  singleThreaded,
  thin,
  unicorn,
} from '../src/index.js'
import { TestPort } from './ports.js'

const REQUESTS = 40

const STEPS: readonly Step[] = [
  { type: 'cpu', share: 0.5 },
  { type: 'send', bytes: 5 },
  { type: 'wait', share: 0.5 },
]

const scenario = fc.record({
  program: fc.constantFrom(
    node(),
    thin(),
    thin({ stopSignal: 'QUIT' }),
    puma({ requestTimeout: { serviceMs: 120 } }),
    puma({ version: '6', workers: 1 }),
    puma({ version: '3.6' }),
    unicorn({ timeoutMs: 120 }),
    unicorn({ stopSignal: 'TERM', requestTimeout: { waitMs: 200 } }),
    gunicorn({ threads: 3 }),
    passenger({ queue: 10 }),
    mongrel({ clients: 20 }),
    singleThreaded(),
  ),
  where: fc.constantFrom('finished', 'respond', 'close', 'send', 'left'),
  /** The ordinal of the call in which it is done. */
  nth: fc.integer({ min: 1, max: REQUESTS }),
  doing: fc.constantFrom('scale', 'restart', 'crash', 'fail host', 'disconnect'),
  slow: fc.array(fc.boolean(), { minLength: REQUESTS, maxLength: REQUESTS }),
  /** When the platform restarts the dyno by itself. */
  restartMs: fc.constantFrom(0, 150, 1000),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never

class World {
  readonly open = new Map<HttpRequest, TestPort>()
  readonly simulation = createSimulation()
  readonly manifold = createDynoManifold({
    simulation: this.simulation,
    settings: { metricsMs: Number.POSITIVE_INFINITY },
    onRequestFinished: () => this.heard('finished'),
  })
  readonly backend: Backend
  private count = 0

  constructor(private readonly plan: Scenario) {
    const { manifold, simulation } = this
    const { program, restartMs } = plan
    manifold.define('web', { size: DYNO_SIZES['standard-1x'], command: 'serve', program })
    manifold.scale('web', 1, 'running')
    this.backend = manifold.pool('web').backends[0] ?? expect.unreachable()
    this.backend.watchLoad?.(() => this.heard('left'))
    if (restartMs > 0) simulation.schedule(restartMs, () => manifold.restart(), null)
  }

  connect(id: number): void {
    const request = new HttpRequest()
    request.begin(id, { method: 'POST', path: '/', responseBytes: 10 }, null)
    request.arrivedAt = 0
    request.bodyAt = this.plan.slow[id] === true ? 50 * id : 0
    request.work.demandMs = 100
    request.work.steps = STEPS
    request.retain()
    const port = new EndingPort(this)
    this.open.set(request, port)
    if (this.backend.connect(request, port) !== 'accepted') this.open.delete(request)
  }

  heard(where: Scenario['where']): void {
    if (where !== this.plan.where) return
    this.count += 1
    if (this.count === this.plan.nth) this.act()
  }

  private act(): void {
    const { manifold, backend, open } = this
    switch (this.plan.doing) {
      case 'scale':
        manifold.scale('web', 0)
        break
      case 'restart':
        manifold.restart()
        break
      case 'crash':
        manifold.crash('web.1')
        break
      case 'fail host':
        manifold.failHost('web.1')
        break
      case 'disconnect':
        for (const [request, port] of [...open]) backend.disconnected?.(request, port)
    }
  }
}

class EndingPort extends TestPort {
  constructor(private readonly world: World) {
    super()
  }

  override send(): number {
    this.world.heard('send')
    return 0
  }

  override respond(request: HttpRequest): number {
    expect(this.world.open.delete(request)).toBe(true)
    this.world.heard('respond')
    return 20
  }

  override close(request: HttpRequest): void {
    expect(this.world.open.delete(request)).toBe(true)
    this.world.heard('close')
  }
}

test('each request ends once, whatever is done to its dyno by those who hear of it', () => {
  const property = fc.property(scenario, (plan) => {
    const world = new World(plan)
    for (let id = 0; id < REQUESTS; id += 1) world.connect(id)
    world.simulation.run(100_000)
    expect(world.open.size).toBe(0)
    expect(world.backend.load).toBe(0)
    const { statistics } = world.manifold.processTypes[0] ?? expect.unreachable()
    const { waiting, busy, busyCores } = statistics
    expect([waiting.value, busy.value, busyCores.value]).toEqual([0, 0, 0])
  })
  fc.assert(property, { numRuns: 2000 })
})

test('a server that stops gracefully answers the request by which it was stopped', () => {
  const simulation = createSimulation()
  const answers: number[] = []
  const manifold = createDynoManifold({
    simulation,
    onRequestFinished: () => manifold.scale('web', 0),
  })
  const size = DYNO_SIZES['standard-1x']
  manifold.define('web', { size, command: 'serve', program: singleThreaded() })
  manifold.scale('web', 1, 'running')
  const port = new TestPort()
  port.respond = (_request, status) => answers.push(status)
  const request = new HttpRequest()
  request.begin(1, { method: 'GET', path: '/', responseBytes: 10 }, null)
  manifold.pool('web').backends[0]?.connect(request, port)
  simulation.run(100_000)
  expect(answers).toEqual([200])
})
