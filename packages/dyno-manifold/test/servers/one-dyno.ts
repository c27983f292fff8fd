import type { Backend, HttpRequest, Program, ResponsePort, Step } from '@celadon/contracts'
import { TestPort } from '../ports.js'
import { createTestApp, type TestApp, type TestAppOptions, waitingRequest } from '../test-app.js'

/** An app with one dyno that runs this program and has long been up. */
export function oneDyno(program: Program, options: TestAppOptions = {}): OneDyno {
  const app = createTestApp({ program, ...options })
  app.manifold.scale('web', 1, 'running')
  return new OneDyno(app)
}

export class OneDyno {
  /** What was heard on any connection: time, request, status. */
  readonly heard: string[] = []
  readonly backend: Backend
  private requests = 0

  constructor(readonly app: TestApp) {
    this.backend = app.manifold.pool('web').backends[0] as Backend
  }

  get now(): number {
    return this.app.simulation.now
  }

  /** Connects a request that takes `demandMs`; `change` makes it special. */
  connect(
    demandMs: number,
    steps: readonly Step[],
    change: (request: HttpRequest) => void = () => {},
    port: NotingPort = new NotingPort(this),
  ): { readonly request: HttpRequest; readonly port: NotingPort } {
    this.requests += 1
    const request = waitingRequest(this.requests, demandMs)
    request.arrivedAt = this.now
    request.work.steps = steps
    change(request)
    const result = this.backend.connect(request, port)
    if (result !== 'accepted') this.heard.push(`${this.now} #${request.id} ${result}`)
    return { request, port }
  }

  disconnect(request: HttpRequest, port: ResponsePort): void {
    this.backend.disconnected?.(request, port)
  }

  run(untilMs: number = Number.POSITIVE_INFINITY): void {
    this.app.simulation.run(untilMs)
  }
}

/** A connection that writes down what it hears. */
export class NotingPort extends TestPort {
  override reused = false
  override keepAlive = false
  /** Time for which each write is blocked. */
  blockedMs = 0

  constructor(protected readonly dyno: OneDyno) {
    super()
  }

  override send(request: HttpRequest, status: number, bytes: number): number {
    this.note(request, `sends ${status} ${bytes}`)
    return this.blockedMs
  }

  override respond(request: HttpRequest, status: number, bytes: number): number {
    this.note(request, `${status} ${bytes}`)
    return this.blockedMs
  }

  override upgrade(request: HttpRequest): void {
    this.note(request, '101')
  }

  override close(request: HttpRequest): void {
    this.note(request, 'closed')
  }

  private note(request: HttpRequest, text: string): void {
    this.dyno.heard.push(`${Number(this.dyno.now.toFixed(6))} #${request.id} ${text}`)
  }
}
