import { GENERATIONS, type Generation, HttpRequest, type PoolStatus } from '@celadon/contracts'
import { createSimulation, exponential, type Simulation } from '@celadon/kernel'
import fc from 'fast-check'
import { type Candidate, createRouter, type Router, type RouterSettings } from '../src/index.js'
import { faultsOf } from './answer-faults.js'
import { makePeculiar, PLAIN_ENDPOINT } from './random-request.js'
import { ScriptedDyno } from './scripted-dyno.js'
import { type Manner, TestPool } from './test-pool.js'

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
    | 'write'
    | 'upgrade'
    | 'close'
    | 'change outage'
    | 'maintenance'
    | 'brown-out'
    | 'restart instance'
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
/** Longer than any request can take once dynos answer. */
const SETTLING_MS = 600_000
/** Requests of a probe: no more than one instance admits with as many dynos. */
export const PROBES = 3
const OUTAGES: readonly PoolStatus[] = ['starting', 'crashed', 'idle', 'none', 'blank', 'exhausted']
const KEEP_TIMES: readonly number[] = [0, 500, 20_000, 100_000]

const action: fc.Arbitrary<Action> = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })),
  type: fc.constantFrom(
    ...(['send', 'send', 'send', 'boot', 'boot', 'stop', 'crash', 'change manner'] as const),
    ...(['answer', 'answer', 'write', 'write', 'upgrade', 'close', 'change outage'] as const),
    ...(['maintenance', 'brown-out', 'restart instance'] as const),
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
      connectionsMax: fc.constantFrom(3, 8),
      viewDelayMs: fc.constantFrom(0, 1000, exponential({ mean: 2000 })),
      knownShare: fc.constantFrom(0.3, 1),
      firstByteFrom: fc.constantFrom('arrival' as const, 'dispatch' as const, 'body' as const),
      handshakeMs: fc.constantFrom(0, 1, 300),
      keepAliveMs: fc.constantFrom(0, 10_000, 90_000),
      responseBufferBytes: fc.constantFrom(0, 5, 1_048_576),
      connectAttemptsMax: fc.integer({ min: 1, max: 4 }),
      quarantineMs: fc.constantFrom(0, 1000, 5000, 20_000),
      holdMs: fc.constantFrom(0, 10_000, 75_000),
    },
    { requiredKeys: [] },
  ),
  resendEvery: fc.integer({ min: 0, max: 4 }),
  actions: fc.array(action, { maxLength: 80, size: 'max' }),
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

  /** Whether requests are frozen once everybody has released them. */
  freezes = true

  private readonly dynos: ScriptedDyno[] = []
  private up: ScriptedDyno[] = []
  /** Requests up to this one may be unknown to an instance, which has restarted. */
  private forgottenId = 0
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

  /** Plays the actions from one index to another, the first and all of them unless told otherwise. */
  play(check: () => void, from = 0, to: number = this.script.actions.length): void {
    for (const action of this.script.actions.slice(from, to)) {
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
    this.simulation.run(this.simulation.now + SETTLING_MS)
  }

  /** Sends requests after everything has settled, to healthy dynos. Each ought to be served. */
  probe(): void {
    this.router.maintenance = false
    this.router.brownOut = false
    for (const dyno of this.dynos) dyno.manner = 'keep'
    while (this.up.length < PROBES) this.boot('keep', 0)
    this.simulation.run(this.simulation.now + SETTLING_MS)
    const untilMs = this.simulation.now + 20_000
    for (let count = 0; count < PROBES; count += 1) this.send(0)
    while (this.open.size > 0 && this.simulation.now < untilMs) {
      this.simulation.run(this.simulation.now + 1000)
      for (const dyno of this.dynos) while (dyno.answer());
    }
  }

  private act({ type, which }: Action): void {
    const dyno = this.dynos[which % Math.max(1, this.dynos.length)]
    switch (type) {
      case 'send':
        for (let count = 0; count <= which % 4; count += 1) this.send(which)
        break
      case 'boot':
        this.boot(MANNERS[which % MANNERS.length] ?? 'keep', which)
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
      case 'write':
        this.anyKeeper(which)?.write(which % 10)
        break
      case 'upgrade':
        this.upgrade(this.anyKeeper(which))
        break
      case 'close':
        this.anyKeeper(which)?.close()
        break
      case 'change outage':
        this.outage = OUTAGES[which % OUTAGES.length] ?? 'starting'
        this.poolChanged()
        break
      case 'maintenance':
        this.router.maintenance = which % 5 === 0
        break
      case 'brown-out':
        this.router.brownOut = which % 5 === 0
        break
      case 'restart instance':
        if (which % 4 === 0) this.restartInstance(which)
    }
  }

  private send(which: number): void {
    const request = new HttpRequest()
    const id = this.router.arrived + 1
    request.begin(id, PLAIN_ENDPOINT, (through) => {
      this.released += 1
      if (this.freezes) Object.freeze(through)
    })
    if (which > 0) makePeculiar(request, which + id)
    this.open.add(id)
    this.router.handle(request)
  }

  private responded(request: HttpRequest): void {
    const { id, code, status, dyno, respondedAt } = request
    if (!this.open.delete(id)) this.faults.push(`request ${id} was answered twice`)
    for (const fault of faultsOf(request, this.router.settings)) {
      this.faults.push(`request ${id}, ${code} ${status}: ${fault}`)
    }
    this.answers.push([id, dyno, code, status, respondedAt].join(' '))
    const { resendEvery } = this.script
    if (this.settling || resendEvery === 0 || this.answers.length > 400) return
    if (id % resendEvery === 0) this.send(id)
  }

  private restartInstance(which: number): void {
    this.forgottenId = this.router.arrived
    this.router.restartInstance(which % this.router.settings.instances)
  }

  private upgrade(dyno: ScriptedDyno | undefined): void {
    const kept = dyno?.kept[0]
    if (kept === undefined || kept.request.webSocket === null) return
    if (kept.request.firstByteAt < 0) kept.port.upgrade(kept.request)
  }

  private boot(manner: Manner, which: number): void {
    const name = `web.${this.dynos.length + 1}`
    const keepMs = KEEP_TIMES[which % KEEP_TIMES.length] ?? 0
    const dyno = new ScriptedDyno(name, manner, keepMs, this.simulation, this.faults)
    this.dynos.push(dyno)
    this.up = [...this.up, dyno]
    this.poolChanged()
  }

  private remove(dyno: ScriptedDyno | undefined): void {
    this.up = this.up.filter((each) => each !== dyno)
    this.poolChanged()
  }

  private poolChanged(): void {
    if (this.up.length > 0) this.pool.change('up', this.up)
    else this.pool.change(this.outage)
  }

  private anyKeeper(which: number): ScriptedDyno | undefined {
    const keepers = this.dynos.filter(({ kept }) => kept.length > 0)
    return keepers[which % Math.max(1, keepers.length)]
  }

  private inspect(candidates: readonly Candidate[]): void {
    const { activePerDyno, instances, viewDelayMs } = this.router.settings
    for (const { name, active } of candidates) {
      const dyno = this.dynos.find((each) => each.name === name)
      const isUp = this.up.some((each) => each.name === name)
      if (!isUp && viewDelayMs === 0) this.faults.push(`${name} is a candidate but not up`)
      if (active < 0) this.faults.push(`${name} has ${active} under way`)
      if (active >= activePerDyno) this.faults.push(`${name} is full but a candidate`)
      const known = (dyno?.kept ?? []).filter(({ request }) => request.id > this.forgottenId)
      const waited = known.filter(({ request }) => request.respondedAt < 0).length
      // Attempts and handshakes count too, so `active` may be more.
      if (instances === 1 && active < waited) this.faults.push(`${name} has more than ${active}`)
    }
  }
}
