import { HttpRequest, type Program, type Step, type WebSocketUse } from '@celadon/contracts'
import { createSimulation, type RandomStream, type Simulation } from '@celadon/kernel'
import { demand } from './demand.js'
import { TestConnection } from './test-connection.js'
import { TestDyno } from './test-dyno.js'

/** Time for which traffic arrives. */
const TRAFFIC_MS = 20_000

/** A client that stays silent is given up after this, as Heroku's routers do. */
const SILENCE_MS = 55_000

/** Far more events than the traffic needs. */
const EVENTS_MAX = 1_000_000

const STEPS: readonly (readonly Step[])[] = [
  [{ type: 'wait', share: 1 }],
  [{ type: 'cpu', share: 1 }],
  [
    { type: 'cpu', share: 0.3 },
    { type: 'send', bytes: 500 },
    { type: 'wait', share: 0.7 },
    { type: 'send', bytes: 500 },
  ],
  [],
]

const SOCKET: WebSocketUse = {
  lengthMs: Number.POSITIVE_INFINITY,
  clientEveryMs: Number.POSITIVE_INFINITY,
  dynoEveryMs: Number.POSITIVE_INFINITY,
}

/** How the run ends. */
export type Ending = 'idle' | 'terminate' | 'kill'

/**
 * Random traffic to a program: new and kept connections, slow and stalled bodies, slow readers,
 * streams, WebSockets, routers that close connections; at a random moment maybe a signal.
 */
export class RandomTraffic {
  readonly dyno: TestDyno
  /** What was heard on all connections. */
  readonly history: string[] = []
  accepted = 0
  refused = 0
  /** Requests that the program has let go of. */
  released = 0
  private readonly connections: TestConnection[] = []
  private readonly simulation: Simulation
  private readonly stream: RandomStream
  private readonly meanGapMs: number
  private readonly recycle = (): void => {
    this.released += 1
  }

  constructor(
    program: Program,
    seed: string,
    private readonly ending: Ending,
  ) {
    this.simulation = createSimulation({ seed, eventsMax: EVENTS_MAX })
    this.stream = this.simulation.stream('traffic')
    this.meanGapMs = 10 + 200 * this.stream.float()
    this.dyno = new TestDyno(this.simulation, program)
  }

  run(): void {
    const { simulation, stream, ending, dyno } = this
    simulation.schedule(0, arrive, this)
    if (ending !== 'idle') {
      simulation.schedule(stream.float() * TRAFFIC_MS, endWith, dyno, ending === 'kill' ? 1 : 0)
    }
    simulation.run(TRAFFIC_MS + SILENCE_MS)
    for (const connection of this.connections) this.disconnect(connection)
    simulation.run()
  }

  /** One request on a new or a kept connection; often something happens to one that is under way. */
  arrive(): void {
    const { stream } = this
    if (stream.float() < 0.1) this.disconnect(this.anyConnection())
    const kept = this.connections.filter(({ isKept }) => isKept)
    const reuses = kept.length > 0 && stream.float() < 0.7
    this.send(reuses ? (kept[stream.below(kept.length)] as TestConnection) : this.connection())
    if (this.simulation.now < TRAFFIC_MS && !this.dyno.exited) {
      this.simulation.schedule(stream.exponential(this.meanGapMs), arrive, this)
    }
  }

  private send(connection: TestConnection): void {
    const request = this.request(this.accepted + this.refused + 1)
    connection.carry(request)
    connection.blockedMs = this.stream.float() < 0.1 ? this.stream.exponential(500) : 0
    request.retain()
    const result = this.dyno.running.connect?.(request, connection)
    request.release()
    demand(result !== undefined, 'the program has no connect')
    if (result === 'accepted') {
      this.accepted += 1
      return
    }
    this.refused += 1
    this.released -= 1
    connection.request = null
    connection.closed = true
  }

  private request(id: number): HttpRequest {
    const { stream } = this
    const request = new HttpRequest()
    request.begin(id, { method: 'POST', path: '/', responseBytes: 1000 }, this.recycle)
    request.arrivedAt = this.simulation.now
    request.work.steps = STEPS[stream.below(STEPS.length)] as readonly Step[]
    request.work.demandMs = stream.float() < 0.2 ? 0 : stream.exponential(100)
    const kind = stream.float()
    if (kind < 0.1) request.bodyAt = this.simulation.now + stream.exponential(2000)
    else if (kind < 0.12) request.bodyAt = Number.POSITIVE_INFINITY
    else if (kind < 0.17) request.webSocket = SOCKET
    return request
  }

  private connection(): TestConnection {
    const connection = new TestConnection(this.simulation, this.stream.float() < 0.5, this.history)
    this.connections.push(connection)
    return connection
  }

  private anyConnection(): TestConnection | undefined {
    return this.connections[this.stream.below(Math.max(1, this.connections.length))]
  }

  /** The router closes a connection that is not answered. */
  private disconnect(connection: TestConnection | undefined): void {
    if (connection === undefined || connection.closed) return
    const { request } = connection
    connection.closed = true
    if (request === null || this.dyno.exited) return
    this.dyno.running.disconnected?.(request, connection)
  }
}

function arrive(traffic: RandomTraffic): void {
  if (!traffic.dyno.exited) traffic.arrive()
}

function endWith(dyno: TestDyno, kill: number): void {
  if (kill === 1) dyno.kill()
  else dyno.terminate()
}
