import type { Backend, Connection, DynoPool, PoolStatus } from '@celadon/contracts'

/** A dyno that has as many requests as its script says. */
export class ScriptedDyno implements Backend {
  load = 0
  private readonly listeners: Set<() => void> = new Set()

  constructor(
    readonly name: string,
    readonly slots: number,
  ) {}

  /** A request has left it. */
  leave(): void {
    this.load -= 1
    for (const listener of this.listeners) listener()
  }

  watchLoad(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  connect(): Connection {
    return 'refused'
  }

  /** The same dyno as one sees it that does not tell its load. */
  silent(): Backend {
    return { name: this.name, connect: () => this.connect() }
  }
}

/** Dynos that come and go as a script says. */
export class ScriptedPool implements DynoPool {
  readonly status: PoolStatus = 'up'
  backends: readonly Backend[] = []
  private readonly listeners: Set<() => void> = new Set()

  get quantity(): number {
    return this.backends.length
  }

  change(backends: readonly Backend[]): void {
    this.backends = backends
    for (const listener of this.listeners) listener()
  }

  wake(): void {}

  watch(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
