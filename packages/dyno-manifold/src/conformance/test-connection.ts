import type { Endpoint, HttpRequest, ResponsePort } from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import { demand } from './demand.js'

/** One TCP connection of a router that takes down what it hears. */
export class TestConnection implements ResponsePort {
  reused = false
  keptUntil = -1
  peer: unknown = null
  /** The request that it carries; null between requests. */
  request: HttpRequest | null = null
  upgraded = false
  /** True when the router has closed it. */
  closed = false
  /** Time for which each write is blocked. */
  blockedMs = 0
  answered = 0
  broken = 0
  /** Called when a request has been answered. */
  onAnswer: ((connection: TestConnection) => void) | null = null
  private sentBytes = 0
  /** When the reader has taken the last response. */
  private takenAt = 0

  constructor(
    private readonly simulation: Simulation,
    readonly keepAlive: boolean,
    private readonly history: string[],
  ) {}

  /** Whether the router may send another request on it. */
  get isKept(): boolean {
    const { now } = this.simulation
    return !this.closed && this.request === null && this.keptUntil > now && now >= this.takenAt
  }

  carry(request: HttpRequest): void {
    this.request = request
    this.keptUntil = -1
    this.sentBytes = 0
    this.upgraded = false
  }

  send(request: HttpRequest, _status: number, bytes: number): number {
    this.requireCarried(request)
    if (this.closed) return -1
    this.sentBytes += bytes
    return this.blockedMs
  }

  respond(request: HttpRequest, status: number, bytes: number): number {
    this.requireCarried(request)
    demand(!this.upgraded, 'a WebSocket is answered')
    const total = this.sentBytes + bytes
    this.take(`${request.id} ${status} ${total}`)
    if (status === 200 && !this.closed) requireWhole(request.endpoint, total)
    this.answered += 1
    this.takenAt = this.simulation.now + this.blockedMs
    this.onAnswer?.(this)
    return this.closed ? 0 : this.blockedMs
  }

  upgrade(request: HttpRequest): void {
    this.requireCarried(request)
    demand(request.webSocket !== null, 'a request becomes a WebSocket that did not ask for it')
    this.upgraded = true
    this.history.push(`${this.simulation.now} ${request.id} 101`)
  }

  close(request: HttpRequest): void {
    this.requireCarried(request)
    this.take(`${request.id} closed`)
    this.broken += 1
    this.keptUntil = -1
  }

  private take(text: string): void {
    this.history.push(`${this.simulation.now} ${text}`)
    this.request = null
    this.reused = true
  }

  private requireCarried(request: HttpRequest): void {
    demand(
      this.request === request,
      `the connection hears of request ${request.id}, which it does not carry or which has ended`,
    )
  }
}

function requireWhole(endpoint: Endpoint, bytes: number): void {
  const { responseBytes } = endpoint
  demand(bytes >= responseBytes, `a response of ${responseBytes} bytes ends after ${bytes}`)
}
