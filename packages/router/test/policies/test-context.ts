import { type Backend, HttpRequest, type Session } from '@celadon/contracts'
import { createSimulation, type Simulation } from '@celadon/kernel'
import type { Balancer, Candidate, Policy } from '../../src/index.js'
import { TestPool } from '../test-pool.js'

/** A dyno whose load the test sets. */
export class StubDyno implements Backend {
  private readonly listeners: Set<() => void> = new Set()

  constructor(
    readonly name: string,
    public load = 0,
    readonly slots: number = 1,
  ) {}

  /** How many watch its load. */
  get watchers(): number {
    return this.listeners.size
  }

  /** A request has left it. */
  leave(): void {
    this.load -= 1
    for (const listener of this.listeners) listener()
  }

  watchLoad(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  connect(): 'accepted' {
    return 'accepted'
  }
}

/** A policy at work without a router. */
export class TestContext {
  readonly simulation: Simulation
  readonly dynos: StubDyno[]
  readonly pool: TestPool
  readonly balancer: Balancer
  private requests = 0

  /** @param loads what each dyno has */
  constructor(policy: Policy, loads: readonly number[], instances = 1, seed = 1) {
    this.simulation = createSimulation({ seed })
    this.dynos = loads.map((load, index) => new StubDyno(`web.${index + 1}`, load))
    this.pool = new TestPool(this.dynos)
    this.balancer = policy.create({
      stream: this.simulation.stream('router/choice'),
      scheduler: this.simulation,
      instances,
      pool: this.pool,
    })
  }

  /** Name of the dyno that the policy takes; `active` is what the instance has under way on each. */
  choose({
    dynos = this.dynos,
    active = [],
    session = null,
    instance = 0,
  }: {
    readonly dynos?: readonly StubDyno[]
    readonly active?: readonly number[]
    readonly session?: Session | null
    readonly instance?: number
  } = {}): string {
    const candidates = dynos.map<Candidate>((backend, index) => ({
      name: backend.name,
      active: active[index] ?? 0,
      backend,
    }))
    const request = new HttpRequest()
    this.requests += 1
    request.begin(this.requests, { method: 'GET', path: '/', responseBytes: 0 }, null)
    request.session = session
    return candidates[this.balancer.choose(candidates, request, instance)]?.name ?? 'none'
  }
}

/** Chi-squared of counts that ought to be in these proportions. */
export function chiSquared(counts: readonly number[], proportions: readonly number[]): number {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
  const scale = sum(counts) / sum(proportions)
  return sum(
    counts.map((count, index) => {
      const expected = (proportions[index] as number) * scale
      return (count - expected) ** 2 / expected
    }),
  )
}
