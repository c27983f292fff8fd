import type { Backend, Connection, HttpRequest, ResponsePort } from '@celadon/contracts'
import { Fifo, type Simulation } from '@celadon/kernel'

/** A dyno that serves one request at a time, first come, first served, and tells its load. */
export class LoadedDyno implements Backend {
  readonly slots: number = 1
  load = 0
  /** The most that it had at once. */
  loadMax = 0
  /** When it will be through with what it has. */
  freeAt = 0
  private request: HttpRequest | null = null
  private port: ResponsePort | null = null
  private readonly requests: Fifo<HttpRequest> = new Fifo()
  private readonly ports: Fifo<ResponsePort> = new Fifo()
  private readonly listeners: Set<() => void> = new Set()

  constructor(
    readonly name: string,
    private readonly simulation: Simulation,
  ) {}

  watchLoad(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  connect(request: HttpRequest, port: ResponsePort): Connection {
    this.load += 1
    this.freeAt = Math.max(this.freeAt, this.simulation.now) + request.work.demandMs
    this.loadMax = Math.max(this.loadMax, this.load)
    if (this.request === null) {
      this.serve(request, port)
    } else {
      this.requests.push(request)
      this.ports.push(port)
    }
    return 'accepted'
  }

  served(): void {
    const { request, port } = this
    const next = this.requests.shift()
    if (next === null) this.request = null
    else this.serve(next, this.ports.shift() as ResponsePort)
    this.load -= 1
    for (const listener of this.listeners) listener()
    port?.respond(request as HttpRequest, 200, 0)
  }

  private serve(request: HttpRequest, port: ResponsePort): void {
    this.request = request
    this.port = port
    request.startedAt = this.simulation.now
    this.simulation.schedule(request.work.demandMs, served, this)
  }
}

function served(dyno: LoadedDyno): void {
  dyno.served()
}
