import { GENERATIONS, type Generation, HttpRequest, type PoolStatus } from '@celadon/contracts'
import { createSimulation, type Simulation } from '@celadon/kernel'
import fc from 'fast-check'
import { type Candidate, createRouter, type Router, type RouterSettings } from '../src/index.js'
import { type Manner, TestDyno, TestPool } from './test-pool.js'

/** Something that happens to a router, its dynos or their pool, after a time. */
export interface Action {
  readonly afterMs: number
  readonly type:
    | 'send'
    | 'boot'
    | 'stop'
    | 'crash'
    | 'change manner'
    | 'answer'
    | 'close'
    | 'change outage'
    | 'maintenance'
  /** Chooses among dynos, manners and so on. */
  readonly which: number
}

export interface Script {
  readonly seed: number
  readonly generation: Generation
  readonly settings: Partial<RouterSettings>
  /** Each so many-th answer, its client sends another request at once; 0: never. */
  readonly resendEvery: number
  readonly actions: readonly Action[]
}

const MANNERS: readonly Manner[] = ['keep', 'answer', 'refuse', 'ignore']
/** Requests of a probe: no more than one instance admits with as many dynos. */
export const PROBES = 3
const OUTAGES: readonly PoolStatus[] = ['starting', 'crashed', 'idle', 'none']

const action: fc.Arbitrary<Action> = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })),
  type: fc.constantFrom(
    ...(['send', 'send', 'send', 'boot', 'boot', 'stop', 'crash', 'change manner'] as const),
    ...(['answer', 'answer', 'close', 'change outage', 'maintenance'] as const),
  ),
  which: fc.nat({ max: 1000 }),
})

export const script: fc.Arbitrary<Script> = fc.record({
  seed: fc.integer(),
  generation: fc.constantFrom(...GENERATIONS),
  settings: fc.record(
    {
      instances: fc.integer({ min: 1, max: 3 }),
      activePerDyno: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
      backlogPerDyno: fc.integer({ min: 1, max: 6 }),
      firstByteFrom: fc.constantFrom('arrival' as const, 'dispatch' as const),
      connectAttemptsMax: fc.integer({ min: 1, max: 4 }),
      quarantineMs: fc.constantFrom(0, 1000, 5000, 20_000),
      holdMs: fc.constantFrom(0, 10_000, 75_000),
    },
    { requiredKeys: [] },
  ),
  resendEvery: fc.integer({ min: 0, max: 4 }),
  actions: fc.array(action, { maxLength: 80 }),
})

/**
 * Plays a script. Every request is a new object that is frozen once all holders have released it, so
 * that anything that touches it afterwards throws. `check` runs whenever something has happened.
 */
export class ScriptedWorld {
  readonly simulation: Simulation
  readonly router: Router
  readonly pool: TestPool = new TestPool([])
  /** Requests without an answer, by id. */
  readonly open: Set<number> = new Set()
  /** What each request came to, in the order of the answers. */
  readonly answers: string[] = []
  /** Requests that everybody has released. */
  released = 0
  /** What the router did that it must not. */
  readonly faults: string[] = []

  private readonly dynos: TestDyno[] = []
  private up: TestDyno[] = []
  private outage: PoolStatus = 'starting'
  private settling = false

  constructor(private readonly script: Script) {
    const { seed, generation, settings } = script
    this.simulation = createSimulation({ seed })
    this.pool.change('starting')
    this.router = createRouter({
      simulation: this.simulation,
      pool: this.pool,
      generation,
      settings,
      policy: {
        name: 'inspector',
        create: ({ stream }) => ({
          choose: (candidates) => {
            this.inspect(candidates)
            return stream.below(candidates.length)
          },
        }),
      },
      onResponse: (request) => this.responded(request),
    })
  }

  play(check: () => void): void {
    for (const action of this.script.actions) {
      this.simulation.run(this.simulation.now + action.afterMs)
      check()
      this.act(action)
      check()
    }
  }

  /** Ends all that is under way: dynos answer what they have, and time passes. */
  settle(): void {
    this.settling = true
    for (const dyno of this.dynos) dyno.manner = 'answer'
    for (const dyno of this.dynos) while (dyno.answer());
    this.simulation.run(this.simulation.now + 600_000)
  }

  /** Sends requests after everything has settled, to healthy dynos. Each ought to be served. */
  probe(): void {
    this.router.maintenance = false
    for (const dyno of this.dynos) dyno.manner = 'keep'
    while (this.up.length < PROBES) this.boot('keep')
    for (let count = 0; count < PROBES; count += 1) this.send()
    for (const dyno of this.dynos) while (dyno.answer());
  }

  private act({ type, which }: Action): void {
    const dyno = this.dynos[which % Math.max(1, this.dynos.length)]
    switch (type) {
      case 'send':
        for (let count = 0; count <= which % 4; count += 1) this.send()
        break
      case 'boot':
        this.boot(MANNERS[which % MANNERS.length] ?? 'keep')
        break
      case 'stop':
        this.remove(this.up[which % Math.max(1, this.up.length)])
        break
      case 'crash':
        while (dyno?.close());
        this.remove(dyno)
        break
      case 'change manner':
        if (dyno !== undefined) dyno.manner = MANNERS[which % MANNERS.length] ?? 'keep'
        break
      case 'answer':
        this.anyKeeper(which)?.answer()
        break
      case 'close':
        this.anyKeeper(which)?.close()
        break
      case 'change outage':
        this.outage = OUTAGES[which % OUTAGES.length] ?? 'starting'
        this.poolChanged()
        break
      case 'maintenance':
        this.router.maintenance = which % 3 === 0
    }
  }

  private send(): void {
    const request = new HttpRequest()
    const id = this.router.arrived + 1
    request.begin(id, { method: 'GET', path: '/', responseBytes: 7 }, (through) => {
      this.released += 1
      Object.freeze(through)
    })
    this.open.add(id)
    this.router.handle(request)
  }

  private responded({ id, code, status, dyno, arrivedAt, respondedAt }: HttpRequest): void {
    const { firstByteFrom, firstByteMs } = this.router.settings
    if (firstByteFrom === 'arrival' && respondedAt > arrivedAt + firstByteMs) {
      this.faults.push(`request ${id} was answered after ${respondedAt - arrivedAt} ms`)
    }
    if (!this.open.delete(id)) this.faults.push(`request ${id} was answered twice`)
    if ((code === '') !== (status === 200)) this.faults.push(`${code} came with ${status}`)
    this.answers.push([id, dyno, code, status, respondedAt].join(' '))
    const { resendEvery } = this.script
    if (this.settling || resendEvery === 0 || this.answers.length > 400) return
    if (id % resendEvery === 0) this.send()
  }

  private boot(manner: Manner): void {
    const dyno = new TestDyno(`web.${this.dynos.length + 1}`, manner)
    this.dynos.push(dyno)
    this.up = [...this.up, dyno]
    this.poolChanged()
  }

  private remove(dyno: TestDyno | undefined): void {
    this.up = this.up.filter((each) => each !== dyno)
    this.poolChanged()
  }

  private poolChanged(): void {
    if (this.up.length > 0) this.pool.change('up', this.up)
    else this.pool.change(this.outage)
  }

  private anyKeeper(which: number): TestDyno | undefined {
    const keepers = this.dynos.filter(({ kept }) => kept.length > 0)
    return keepers[which % Math.max(1, keepers.length)]
  }

  private inspect(candidates: readonly Candidate[]): void {
    const { activePerDyno, instances } = this.router.settings
    for (const { name, active } of candidates) {
      const dyno = this.up.find((each) => each.name === name)
      if (dyno === undefined) this.faults.push(`${name} is a candidate but not up`)
      if (active < 0) this.faults.push(`${name} has ${active} under way`)
      if (active >= activePerDyno) this.faults.push(`${name} is full but a candidate`)
      const waited = (dyno?.kept ?? []).filter(({ request }) => request.respondedAt < 0).length
      // Attempts that nobody answers count too, so `active` may be more.
      if (instances === 1 && active < waited) this.faults.push(`${name} has more than ${active}`)
    }
  }
}
