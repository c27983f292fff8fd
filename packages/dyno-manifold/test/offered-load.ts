import { type DynoSize, HttpRequest, type Program, type Step } from '@celadon/contracts'
import { type Distribution, exponential, Sampler, type Simulation } from '@celadon/kernel'
import type { ManifoldSettings } from '../src/index.js'
import { TestPort } from './ports.js'
import { createTestApp, type TestApp } from './test-app.js'

export interface OfferedLoad {
  readonly program: Program
  readonly size?: DynoSize
  /** Dynos that a request is sent to at random. Default 1. */
  readonly dynos?: number
  /** Arrivals a millisecond, in all. They are Poisson. */
  readonly arrivalRate: number
  readonly demand: Distribution
  readonly steps: readonly Step[]
  readonly requests: number
  readonly seed?: string
  readonly settings?: Partial<ManifoldSettings>
}

/** What became of the requests, in the order in which they arrived; in milliseconds. */
export interface Outcome {
  readonly waits: number[]
  readonly responses: number[]
  readonly demands: number[]
  readonly app: TestApp
}

export const CPU: readonly Step[] = [{ type: 'cpu', share: 1 }]
export const WAIT: readonly Step[] = [{ type: 'wait', share: 1 }]

/** Sends a Poisson stream of requests to a manifold without a router and waits for every answer. */
export function offer(load: OfferedLoad): Outcome {
  const { arrivalRate, demand, dynos = 1, requests, size, steps, program, seed = 'load' } = load
  const { settings = {} } = load
  const app = createTestApp({ seed, program, settings, ...(size === undefined ? {} : { size }) })
  app.manifold.scale('web', dynos, 'running')
  const client = new Client(app, arrivalRate, demand, steps, requests)
  app.simulation.schedule(0, arrive, client, 0)
  while (client.answered < requests) app.simulation.run({ events: 100_000 })
  return client
}

class Client extends TestPort implements Outcome {
  readonly waits: number[] = []
  readonly responses: number[] = []
  readonly demands: number[] = []
  answered = 0
  readonly simulation: Simulation
  private readonly backends
  private readonly gaps
  private readonly demandSampler
  private readonly choice
  private readonly spare: HttpRequest[] = []
  private readonly recycle = (request: HttpRequest): void => {
    this.spare.push(request)
  }

  constructor(
    readonly app: TestApp,
    arrivalRate: number,
    demand: Distribution,
    private readonly steps: readonly Step[],
    readonly requests: number,
  ) {
    super()
    const { simulation, manifold } = app
    this.simulation = simulation
    this.backends = manifold.pool('web').backends
    this.gaps = new Sampler(exponential({ mean: 1 / arrivalRate }), simulation.stream('gaps'))
    this.demandSampler = new Sampler(demand, simulation.stream('demands'))
    this.choice = simulation.stream('choice')
  }

  arrive(id: number): void {
    const request = this.spare.pop() ?? new HttpRequest()
    request.begin(id, { method: 'GET', path: '/', responseBytes: 0 }, this.recycle)
    request.arrivedAt = this.simulation.now
    request.work.steps = this.steps
    request.work.demandMs = this.demandSampler.next()
    const connection = this.backends[this.choice.below(this.backends.length)]?.connect(
      request,
      this,
    )
    if (connection !== 'accepted') throw new Error(`connection ${connection}`)
    if (id + 1 < this.requests) this.simulation.schedule(this.gaps.next(), arrive, this, id + 1)
  }

  override respond(request: HttpRequest): number {
    this.waits[request.id] = request.startedAt - request.arrivedAt
    this.responses[request.id] = request.finishedAt - request.arrivedAt
    this.demands[request.id] = request.work.demandMs
    this.answered += 1
    if (this.answered === this.requests) this.simulation.pause()
    return 0
  }

  override close(request: HttpRequest): void {
    throw new Error(`request ${request.id} was closed`)
  }
}

function arrive(client: Client, id: number): void {
  client.arrive(id)
}
