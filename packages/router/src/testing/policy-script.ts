import { type Backend, HttpRequest, Session } from '@celadon/contracts'
import { createSimulation, type RandomStream, type Simulation } from '@celadon/kernel'
import type { Balancer, Candidate, Policy } from '../policies/policy.js'
import { demand } from './demand.js'
import { ScriptedDyno, ScriptedPool } from './scripted-pool.js'

/** What {@link PolicyScript} may be told. */
export interface PolicyScriptOptions {
  /** Whether the list of candidates is one and the same at each choice, as in a router. */
  readonly reusesList: boolean
  /** Whether dynos tell their load. */
  readonly tellsLoad: boolean
}

const INSTANCES = 3
const SESSIONS = 8
const DYNOS_MAX = 12

/** What one router instance knows of a dyno. */
interface Known extends Candidate {
  active: number
  quarantined: boolean
}

/** A policy that chooses among dynos to which random things happen; there is no router. */
export class PolicyScript {
  /** Names of the dynos that were chosen. */
  readonly choices: string[] = []
  private readonly simulation: Simulation
  private readonly stream: RandomStream
  private readonly pool: ScriptedPool = new ScriptedPool()
  private readonly balancer: Balancer
  private readonly sessions: Session[] = []
  private readonly dynos: Map<Backend, ScriptedDyno> = new Map()
  private readonly known: Known[][] = []
  private readonly list: Candidate[] = []
  private readonly underWay: { readonly known: Known; readonly dyno: ScriptedDyno }[] = []
  private booted = 0
  private requests = 0

  constructor(
    policy: Policy,
    seed: number,
    private readonly options: PolicyScriptOptions,
  ) {
    this.simulation = createSimulation({ seed })
    this.stream = this.simulation.stream('conformance/script')
    for (let id = 1; id <= SESSIONS; id += 1) this.sessions.push(new Session(id))
    for (let index = 0; index < INSTANCES; index += 1) this.known.push([])
    for (let count = 0; count < 4; count += 1) this.boot()
    this.balancer = policy.create({
      stream: this.simulation.stream('conformance/policy'),
      scheduler: this.simulation,
      instances: INSTANCES,
      pool: this.pool,
    })
  }

  play(steps: number): this {
    for (let step = 0; step < steps; step += 1) this.step()
    return this
  }

  step(): void {
    this.simulation.run(this.simulation.now + this.stream.below(50))
    const action = this.stream.below(20)
    if (action < 11) this.choose()
    else if (action < 17) this.leave()
    else if (action < 18) this.boot()
    else if (action < 19) this.stop()
    else this.quarantine()
  }

  /** Records policy and script; returns what leads back. */
  snapshot(): { restore(): void } {
    return this.simulation.snapshot(this)
  }

  private choose(): void {
    const instance = this.stream.below(INSTANCES)
    const request = this.request()
    const eligible = (this.known[instance] as Known[]).filter(({ quarantined }) => !quarantined)
    if (eligible.length < 2) return
    const list = this.options.reusesList ? this.list : []
    list.push(...eligible)
    const before = describe(list)
    const index = this.balancer.choose(list, request, instance)
    demand(describe(list) === before, 'the list of candidates is not as it was before the choice')
    if (this.options.reusesList) list.length = 0
    const chosen = eligible[index]
    const count = eligible.length
    demand(
      chosen !== undefined,
      `of ${count} candidates, the one with the index ${index} was chosen`,
    )
    this.choices.push(chosen.name)
    this.take(chosen)
  }

  private take(known: Known): void {
    const dyno = this.dynos.get(known.backend) as ScriptedDyno
    known.active += 1
    dyno.load += 1
    this.underWay.push({ known, dyno })
  }

  private request(): HttpRequest {
    const request = new HttpRequest()
    this.requests += 1
    request.begin(this.requests, { method: 'GET', path: '/', responseBytes: 0 }, null)
    request.session = this.sessions[this.stream.below(2 * SESSIONS)] ?? null
    return request
  }

  private leave(): void {
    const place = this.stream.below(this.underWay.length)
    const [left] = this.underWay.splice(place, 1)
    if (left === undefined) return
    left.known.active -= 1
    left.dyno.leave()
  }

  /** A dyno comes, under a name that another one may have had. */
  private boot(): void {
    const count = this.pool.backends.length
    if (count === DYNOS_MAX) return
    this.booted += 1
    const dyno = new ScriptedDyno(`web.${this.booted % 20}`, 1 + this.stream.below(3))
    const backend = this.options.tellsLoad ? dyno : dyno.silent()
    this.dynos.set(backend, dyno)
    const place = this.stream.below(count + 1)
    for (const known of this.known) {
      known.splice(place, 0, { name: dyno.name, active: 0, backend, quarantined: false })
    }
    this.pool.change(this.pool.backends.toSpliced(place, 0, backend))
  }

  private stop(): void {
    const place = this.stream.below(this.pool.backends.length)
    for (const known of this.known) known.splice(place, 1)
    this.pool.change(this.pool.backends.toSpliced(place, 1))
  }

  private quarantine(): void {
    const known = this.known[this.stream.below(INSTANCES)] as Known[]
    const one = known[this.stream.below(known.length)]
    if (one !== undefined) one.quarantined = !one.quarantined
  }
}

function describe(candidates: readonly Candidate[]): string {
  return candidates.map(({ name, active }) => `${name}: ${active}`).join(', ')
}
