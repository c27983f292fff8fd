// Whatever is done to the dynos, no request is lost or answered twice, nothing stays behind, and the
// dead do nothing.
import { type AddOn, type AddOnCall, HttpRequest, type Step } from '@celadon/contracts'
import { exponential, type Simulation, uniform } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DYNO_SIZES,
  type Dyno,
  type FormationStatistics,
  type ManifoldSettings,
  node,
  puma,
  singleThreaded,
  thin,
  unicorn,
} from '../src/index.js'
import { TestPort } from './ports.js'
import { createTestApp, type TestApp } from './test-app.js'

const SECOND = 1000
const DAY = 86_400 * SECOND
const CONNECTIONS_MAX = 5

const action = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.nat(3000), fc.nat(40_000)),
  type: fc.constantFrom(
    ...Array.from({ length: 12 }, () => 'send' as const),
    ...(['burst', 'restart', 'preboot', 'rolling', 'crash', 'crash', 'scale'] as const),
    ...(['wake', 'run', 'overlap', 'fail host', 'fail host', 'leave', 'leave'] as const),
  ),
  which: fc.nat(1000),
})
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never

const scenario = fc.record({
  seed: fc.nat(),
  program: fc.constantFrom(
    thin({ backlog: 3, bootMs: uniform({ min: 500, max: 7000 }), memory: { leakMb: 60 } }),
    singleThreaded({ backlog: 2, bootMs: 1500 }),
    node({ bootMs: 900 }),
    unicorn({ workers: 2, backlog: 5, bootMs: 3000, memory: { leakMb: 200 } }),
    puma({ workers: 2, threads: 2, backlog: 4, bootMs: 500 }),
    // Boots in longer than the time that it has.
    puma({ workers: 1, threads: 3, backlog: 4, bootMs: 7000 }),
  ),
  size: fc.constantFrom(DYNO_SIZES['standard-1x'], DYNO_SIZES['standard-2x']),
  dynos: fc.integer({ min: 1, max: 3 }),
  /** Requests that are sent in answer to others, at the same moment, as a router's queue does. */
  followUps: fc.nat(40),
  /** What the platform and the program do by themselves. */
  unrest: fc.boolean(),
  script: fc.array(action, { maxLength: 60 }),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never

const call = (share: number): Step => ({ type: 'call', share, addOn: 'DATABASE', operations: 2 })
const KINDS: readonly (readonly Step[])[] = [
  [],
  [{ type: 'wait', share: 1 }],
  [{ type: 'cpu', share: 1 }],
  [call(1)],
  [{ type: 'cpu', share: 0.4 }, call(0.3), { type: 'cpu', share: 0.3 }],
  [call(0.1), { type: 'wait', share: 0.5 }, call(0.1), { type: 'cpu', share: 0.3 }],
]
const UNREST: Partial<ManifoldSettings> = {
  cycling: 'stop-first',
  poolHours: 0.05,
  sharedHosts: 2,
  hostMtbfMs: 50 * SECOND,
  neighbours: {
    busyMs: exponential({ mean: 3 * SECOND }),
    quietMs: exponential({ mean: 5 * SECOND }),
    coresLeft: 0.5,
  },
}
const DEMANDS_MS = [0, 1, 50, 700, 4000, 20_000]

/** A database that is full, fails, and answers at once, later, or after its caller has died. */
class Database implements AddOn {
  readonly configVars = {}
  open = 0

  constructor(private readonly simulation: Simulation) {}

  connect(): string | null {
    if (this.open === CONNECTIONS_MAX) return 'FATAL: too many connections'
    this.open += 1
    return null
  }

  disconnect(count: number): void {
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThanOrEqual(this.open)
    this.open -= count
  }

  call(addOnCall: AddOnCall): void {
    const draw = this.simulation.stream('database').float()
    if (draw < 0.2) addOnCall.finish()
    else if (draw < 0.3) addOnCall.finish('PG::ConnectionBad')
    else this.simulation.schedule(addOnCall.demandMs, draw < 0.4 ? fail : finish, addOnCall)
  }
}

function finish(addOnCall: AddOnCall): void {
  addOnCall.finish()
}

function fail(addOnCall: AddOnCall): void {
  addOnCall.finish('PG::QueryCanceled')
}

/** Sends requests to dynos in any state and keeps the books. */
class Client {
  readonly open = new Map<HttpRequest, Exchange>()
  sent = 0
  answered = 0
  closed = 0
  turnedAway = 0
  recycled = 0

  constructor(
    readonly app: TestApp,
    private followUps: number,
  ) {}

  send(which: number): void {
    const { dynos } = this.app.manifold.processTypes[0] ?? expect.unreachable()
    const dyno = dynos[which % Math.max(1, dynos.length)]
    if (dyno === undefined) return
    this.sent += 1
    const request = new HttpRequest()
    request.begin(this.sent, { method: 'GET', path: '/', responseBytes: 1 }, (through) => {
      this.recycled += 1
      // From now on, whoever writes to it throws.
      Object.freeze(through)
      Object.freeze(through.work)
    })
    request.bodyAt = this.app.simulation.now
    request.work.steps = KINDS[which % KINDS.length] ?? []
    request.work.demandMs = DEMANDS_MS[(which + this.sent) % DEMANDS_MS.length] ?? 0
    request.retain()
    const exchange = new Exchange(this, dyno)
    this.open.set(request, exchange)
    if (dyno.connect(request, exchange) === 'accepted') return
    expect(this.open.delete(request)).toBe(true)
    this.turnedAway += 1
    request.release()
  }

  /** The router closes the connection of a request; the dyno may or may not notice. */
  leave(which: number): void {
    const entry = [...this.open][which % Math.max(1, this.open.size)]
    if (entry === undefined) return
    const [request, exchange] = entry
    exchange.dyno.disconnected(request, exchange)
  }

  ended(request: HttpRequest, isAnswered: boolean): void {
    expect(this.open.delete(request)).toBe(true)
    if (isAnswered) this.answered += 1
    else this.closed += 1
    request.release()
    if (this.followUps === 0) return
    this.followUps -= 1
    this.send(request.id)
  }

  stopFollowUps(): void {
    this.followUps = 0
  }
}

/** The connection of one request. */
class Exchange extends TestPort {
  constructor(
    private readonly client: Client,
    readonly dyno: Dyno,
  ) {
    super()
  }

  override respond(request: HttpRequest, status: number): number {
    expect(status).toBe(request.work.error === null ? 200 : 500)
    expect(request.startedAt).toBeGreaterThanOrEqual(0)
    expect(request.finishedAt).toBe(this.client.app.simulation.now)
    this.client.ended(request, true)
    return 0
  }

  override close(request: HttpRequest): void {
    this.client.ended(request, false)
  }
}

function createWorld({ seed, program, size, dynos, followUps, unrest }: Scenario) {
  const databases: Database[] = []
  const app = createTestApp({
    seed,
    program,
    size,
    settings: {
      provisionMs: uniform({ min: 200, max: 3000 }),
      bootTimeoutMs: 6 * SECOND,
      graceMs: 5 * SECOND,
      cycleMs: 60 * SECOND,
      cycleJitterMs: 30 * SECOND,
      crashPausesMs: [10 * SECOND, 20 * SECOND],
      sleepingSizes: ['standard-1x'],
      sleepAfterMs: 20 * SECOND,
      metricsMs: 7 * SECOND,
      ...(unrest ? UNREST : {}),
    },
    crashEveryMs: unrest ? exponential({ mean: 40 * SECOND }) : null,
    addOns: (simulation) => {
      const database = new Database(simulation)
      databases.push(database)
      return { DATABASE: database }
    },
  })
  app.manifold.define('worker', { size, command: 'rake jobs:work', program })
  app.manifold.scale('web', dynos, 'running')
  app.manifold.scale('worker', 1, 'running')
  const client = new Client(app, followUps)
  return { app, client, database: databases[0] ?? expect.unreachable() }
}

function perform(app: TestApp, client: Client, { type, which }: Action): void {
  const { manifold } = app
  switch (type) {
    case 'send':
      client.send(which)
      break
    case 'burst':
      for (let count = 0; count < which % 20; count += 1) client.send(which + count)
      break
    case 'restart':
      manifold.restart()
      break
    case 'preboot':
    case 'rolling':
      manifold.restart('web', type)
      break
    case 'fail host':
      manifold.failHost(manifold.hosts[which % Math.max(1, manifold.hosts.length)]?.name ?? '')
      break
    case 'leave':
      client.leave(which)
      break
    case 'crash':
      manifold.crash(`web.${(which % 4) + 1}`)
      break
    case 'scale':
      manifold.scale('web', which % 5, which % 2 === 0 ? 'boot' : 'running')
      break
    case 'wake':
      manifold.pool('web').wake()
      break
    case 'run': {
      const { size, program } = manifold.processTypes[0] ?? expect.unreachable()
      manifold.runOneOff('run', { size, command: 'rails server', program })
      break
    }
    case 'overlap':
      client.send(which)
      manifold.restart()
      manifold.crash('web.1')
      client.send(which)
  }
}

function statisticsOf(app: TestApp): FormationStatistics {
  return app.manifold.processTypes[0]?.statistics ?? expect.unreachable()
}

function expectBalanced(app: TestApp, client: Client, database: Database): void {
  const { waiting, busy, busyCores, cores, slots, up, quantity } = statisticsOf(app)
  const open = [...client.open.keys()]
  const started = open.filter(({ startedAt }) => startedAt >= 0).length
  expect(client.sent).toBe(client.answered + client.closed + client.turnedAway + open.length)
  expect(client.recycled).toBe(client.sent - open.length)
  expect(busy.value).toBe(started)
  expect(waiting.value).toBe(open.length - started)
  expect(busy.value).toBeLessThanOrEqual(slots.value)
  expect(busyCores.value).toBeLessThanOrEqual(cores.value + 1e-9)
  expect(busyCores.value).toBeGreaterThanOrEqual(-1e-9)
  expect(up.value).toBeGreaterThanOrEqual(app.manifold.pool('web').backends.length)
  expect(up.value).toBeLessThanOrEqual(2 * quantity.value)
  expect(database.open).toBeLessThanOrEqual(CONNECTIONS_MAX)

  const dynos = new Set([...client.open.values()].map(({ dyno }) => dyno))
  for (const dyno of [...dynos, ...app.manifold.processTypes.flatMap((type) => type.dynos)]) {
    const own = open.filter((request) => client.open.get(request)?.dyno === dyno)
    expect(dyno.load).toBe(own.length)
  }
}

test('each request ends once, whatever happens to the dynos', () => {
  const property = fc.property(scenario, (world) => {
    const { app, client, database } = createWorld(world)
    for (const step of world.script) {
      app.simulation.run(app.simulation.now + step.afterMs)
      expectBalanced(app, client, database)
      perform(app, client, step)
      expectBalanced(app, client, database)
    }
    client.stopFollowUps()
    app.manifold.scale('web', 0)
    app.manifold.scale('worker', 0)
    app.simulation.run(app.simulation.now + DAY)
    expectBalanced(app, client, database)

    const { processTypes, oneOffTypes } = app.manifold
    for (const { statistics } of [...processTypes, ...oneOffTypes]) {
      const { waiting, busy, busyCores, cores, slots, up, quantity } = statistics
      const levels = [waiting, busy, busyCores, cores, slots, up, quantity]
      // Cores are fractions where neighbours leave fractions; their sums are rounded.
      expect(levels.map(({ value }) => Math.abs(Math.round(value * 1e9)))).toEqual(
        levels.map(() => 0),
      )
    }
    expect(client.open.size).toBe(0)
    expect(database.open).toBe(0)
    expect(app.manifold.hosts).toEqual([])
    const lines = app.lines.length
    app.simulation.run(app.simulation.now + 3 * DAY)
    expect(app.lines.length).toBe(lines)
  })
  fc.assert(property, { numRuns: 500 })
})
