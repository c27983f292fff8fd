import type { DynoHost, RandomSource } from '@celadon/contracts'
import type { ServedRequest } from './served-request.js'
import { Server } from './server.js'
import type { ResolvedServerOptions } from './server-options.js'
import { Worker } from './worker.js'

/**
 * A server whose workers accept connections for themselves. Connections that no worker has accepted
 * wait in the kernel; what a worker has accepted waits for one of its own threads, even while other
 * workers are idle. A connection that is kept alive stays with its worker.
 */
export abstract class ClusterServer extends Server {
  private readonly stream: RandomSource
  private accepting = false

  constructor(options: ResolvedServerOptions, host: DynoHost) {
    super(options, host)
    this.stream = host.stream('accept')
  }

  /** The worker that accepts the next connection; null when none does now. */
  protected abstract acceptor(): Worker | null

  protected hasRoom(): boolean {
    return this.line.length < this.options.backlog || this.acceptor() !== null
  }

  protected override arrived(served: ServedRequest, peer: unknown): void {
    if (peer instanceof Worker) {
      this.admit(peer, served)
      return
    }
    const worker = this.line.first === null ? this.acceptor() : null
    if (worker !== null) {
      this.admit(worker, served)
    } else {
      this.line.push(served)
      this.accept()
    }
  }

  ready(served: ServedRequest): void {
    const worker = served.worker as Worker
    if (!worker.settling && worker.todo.first === null && worker.process.idle > 0) {
      this.take(worker, served)
    } else {
      served.phase = 'waiting'
      worker.todo.push(served)
    }
  }

  protected distribute(worker: Worker): void {
    if (worker.todo.first !== null) this.work(worker)
    if (this.line.first !== null) this.accept()
  }

  protected override hasPromised(): boolean {
    return this.workers.some(({ todo }) => todo.first !== null)
  }

  /** Hands a connection to a worker. */
  protected admit(worker: Worker, served: ServedRequest): void {
    served.worker = worker
    if (this.options.buffersBodies && !this.bodies.isComplete(served)) this.bodies.buffer(served)
    else this.ready(served)
  }

  /** Lets workers accept what waits in the kernel. */
  protected accept(): void {
    if (this.accepting) return
    this.accepting = true
    while (this.line.first !== null) {
      const worker = this.acceptor()
      if (worker === null) break
      this.admit(worker, this.line.shift())
    }
    this.accepting = false
  }

  /**
   * One of the workers whose load is below `limit`, at random: whoever wins the race for the next
   * connection. Null when there is none.
   */
  protected anyBelow(limit: number): Worker | null {
    let candidates = 0
    let found: Worker | null = null
    for (const worker of this.workers) {
      if (worker.load >= limit) continue
      candidates += 1
      if (found === null) found = worker
    }
    if (candidates <= 1) return found
    let index = this.stream.below(candidates)
    for (const worker of this.workers) {
      if (worker.load >= limit) continue
      if (index === 0) return worker
      index -= 1
    }
    return found
  }

  /** Lets idle threads of a worker take up what it has accepted. */
  private work(worker: Worker): void {
    if (worker.settling) return
    worker.settling = true
    while (worker.todo.first !== null && worker.process.idle > 0) {
      this.take(worker, worker.todo.shift())
    }
    worker.settling = false
  }
}
