import type {
  Backend,
  Connection,
  DynoPool,
  HttpRequest,
  PoolStatus,
  ResponsePort,
} from '@celadon/contracts'

/**
 * What a test dyno does with a request: keep it until told otherwise, answer within the call, refuse
 * the connection, or leave the attempt unanswered.
 */
export type Manner = 'keep' | 'answer' | 'refuse' | 'ignore'

interface Kept {
  readonly request: HttpRequest
  readonly port: ResponsePort
}

/** A dyno that does what the test says. */
export class TestDyno implements Backend {
  /** Requests that it has, oldest first. */
  readonly kept: Kept[] = []
  /** Connection attempts, whatever became of them. */
  attempts = 0
  /** Connections on which its requests came, oldest first. */
  readonly ports: ResponsePort[] = []
  /** Whether the connection of each attempt had carried a request before. */
  readonly reused: boolean[] = []
  /** Requests whose connection the router has closed. */
  readonly disconnections: HttpRequest[] = []
  /** Until when it keeps the connection of each answer alive; -1: it closes it. */
  keptUntil = -1

  constructor(
    readonly name: string,
    public manner: Manner = 'keep',
  ) {}

  connect(request: HttpRequest, port: ResponsePort): Connection {
    this.attempts += 1
    this.ports.push(port)
    this.reused.push(port.reused)
    switch (this.manner) {
      case 'refuse':
        return 'refused'
      case 'ignore':
        return 'timeout'
      case 'answer':
        port.keptUntil = this.keptUntil
        port.respond(request, 200, request.endpoint.responseBytes)
        return 'accepted'
      case 'keep':
        request.retain()
        this.kept.push({ request, port })
        return 'accepted'
    }
  }

  /** Answers the oldest request that it keeps; false when there is none. */
  answer(status = 200): boolean {
    const kept = this.kept.shift()
    if (kept === undefined) return false
    kept.port.keptUntil = this.keptUntil
    kept.port.respond(kept.request, status, kept.request.endpoint.responseBytes)
    kept.request.release()
    return true
  }

  /** Writes a part of the response to the oldest request that it keeps. */
  write(bytes: number, status = 200): number {
    const kept = this.kept[0]
    if (kept === undefined) throw new Error(`${this.name} has no request to answer.`)
    return kept.port.send(kept.request, status, bytes)
  }

  disconnected(request: HttpRequest): void {
    this.disconnections.push(request)
  }

  /** Drops the connection of the oldest request that it keeps; false when there is none. */
  close(): boolean {
    const kept = this.kept.shift()
    if (kept === undefined) return false
    kept.port.close(kept.request)
    kept.request.release()
    return true
  }
}

/** A pool that is in the state in which the test puts it. */
export class TestPool implements DynoPool {
  wakes = 0
  status: PoolStatus = 'up'
  quantity: number
  private readonly listeners = new Set<() => void>()

  constructor(public backends: readonly Backend[]) {
    this.quantity = backends.length
  }

  /** `none` has a quantity of 0, every other status one of at least 1. */
  change(status: PoolStatus, backends: readonly Backend[] = []): void {
    this.status = status
    this.backends = backends
    this.quantity = status === 'none' ? 0 : Math.max(1, backends.length)
    for (const listener of this.listeners) listener()
  }

  wake(): void {
    this.wakes += 1
  }

  watch(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
