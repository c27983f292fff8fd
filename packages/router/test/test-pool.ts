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

  constructor(
    readonly name: string,
    public manner: Manner = 'keep',
  ) {}

  connect(request: HttpRequest, port: ResponsePort): Connection {
    this.attempts += 1
    switch (this.manner) {
      case 'refuse':
        return 'refused'
      case 'ignore':
        return 'timeout'
      case 'answer':
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
    kept.port.respond(kept.request, status, kept.request.endpoint.responseBytes)
    kept.request.release()
    return true
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
