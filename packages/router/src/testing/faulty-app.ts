import {
  type Backend,
  type Connection,
  type DynoPool,
  HttpRequest,
  type PoolStatus,
  type ResponsePort,
  Session,
} from '@celadon/contracts'
import { createSimulation, type RandomStream, type Simulation } from '@celadon/kernel'
import type { Policy } from '../policies/policy.js'
import { createRouter, type Router } from '../router.js'
import { demand } from './demand.js'

const DYNOS = 6
const SESSIONS = 20
/** More events than a policy needs for what happens here. */
const EVENTS_MAX = 200_000

/**
 * A whole router with the policy, and dynos that refuse, fall silent, crash, come back, and answer
 * late. Every request must be answered once.
 */
export class FaultyApp {
  private readonly simulation: Simulation
  private readonly stream: RandomStream
  private readonly pool: FaultyPool = new FaultyPool()
  private readonly router: Router
  private readonly sessions: Session[] = []
  private readonly answers: Map<number, number> = new Map()

  constructor(policy: Policy, seed: number) {
    this.simulation = createSimulation({ seed, eventsMax: EVENTS_MAX })
    this.stream = this.simulation.stream('conformance/faults')
    for (let id = 1; id <= SESSIONS; id += 1) this.sessions.push(new Session(id))
    this.changeDynos()
    this.router = createRouter({
      simulation: this.simulation,
      pool: this.pool,
      policy,
      onResponse: ({ id }) => this.answers.set(id, (this.answers.get(id) ?? 0) + 1),
    })
  }

  /** Sends requests while things go wrong, then waits until all have an answer. */
  play(requests: number): void {
    for (let id = 1; id <= requests; id += 1) {
      this.simulation.run(this.simulation.now + this.stream.exponential(20))
      if (this.stream.below(40) === 0) this.changeDynos()
      this.send(id)
      const { arrived, answered, open } = this.router
      demand(arrived === answered + open, `${arrived} arrived, ${answered} answered, ${open} open`)
    }
    this.simulation.run(this.simulation.now + 600_000)
    const { open } = this.router
    demand(open === 0, `${open} of ${requests} requests are never answered`)
    for (const [id, times] of this.answers) {
      demand(times === 1, `request ${id} was answered ${times} times`)
    }
  }

  private send(id: number): void {
    const request = new HttpRequest()
    request.begin(id, { method: 'GET', path: '/', responseBytes: 100 }, null)
    request.session = this.sessions[this.stream.below(2 * SESSIONS)] ?? null
    this.router.handle(request)
  }

  /** Most dynos stay, some crash, some come back. */
  private changeDynos(): void {
    const up: FaultyDyno[] = []
    for (let number = 1; number <= DYNOS; number += 1) {
      const name = `web.${number}`
      const dyno = this.pool.backends.find((each) => each.name === name)
      if (this.stream.below(3) > 0) up.push(dyno ?? new FaultyDyno(name, this.simulation))
      else dyno?.crash()
    }
    this.pool.change(up)
  }
}

class FaultyPool implements DynoPool {
  status: PoolStatus = 'starting'
  readonly quantity: number = DYNOS
  backends: readonly FaultyDyno[] = []
  private readonly listeners: Set<() => void> = new Set()

  change(backends: readonly FaultyDyno[]): void {
    this.status = backends.length > 0 ? 'up' : 'starting'
    this.backends = backends
    for (const listener of this.listeners) listener()
  }

  wake(): void {}

  watch(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

class FaultyDyno implements Backend {
  readonly slots: number = 2
  private readonly kept: Map<HttpRequest, ResponsePort> = new Map()
  private readonly listeners: Set<() => void> = new Set()
  private readonly stream: RandomStream

  constructor(
    readonly name: string,
    private readonly simulation: Simulation,
  ) {
    this.stream = simulation.stream(`conformance/${name}`)
  }

  get load(): number {
    return this.kept.size
  }

  watchLoad(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  connect(request: HttpRequest, port: ResponsePort): Connection {
    const luck = this.stream.below(20)
    if (luck === 0) return 'refused'
    if (luck === 1) return 'timeout'
    request.retain()
    this.kept.set(request, port)
    // One in eighteen answers too late for anybody to wait for it.
    const serviceMs = luck === 2 ? 40_000 : this.stream.exponential(50)
    this.simulation.schedule(serviceMs, answer, { dyno: this, request })
    return 'accepted'
  }

  answer(request: HttpRequest): void {
    const port = this.remove(request)
    if (port === undefined) return
    if (this.stream.below(20) === 0) port.close(request)
    else port.respond(request, 200, 100)
    request.release()
  }

  /** Everything under way is lost. */
  crash(): void {
    for (const [request, port] of [...this.kept]) {
      this.remove(request)
      port.close(request)
      request.release()
    }
  }

  private remove(request: HttpRequest): ResponsePort | undefined {
    const port = this.kept.get(request)
    if (!this.kept.delete(request)) return undefined
    for (const listener of this.listeners) listener()
    return port
  }
}

function answer({ dyno, request }: { dyno: FaultyDyno; request: HttpRequest }): void {
  dyno.answer(request)
}
