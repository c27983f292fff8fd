import type { DynoHost, Program } from '@celadon/contracts'
import type { ServedRequest } from './served-request.js'
import { Server } from './server.js'
import {
  EVENT_LOOP_CONNECTIONS,
  type ResolvedServerOptions,
  resolveServerOptions,
  type ServerOptions,
} from './server-options.js'
import type { Worker } from './worker.js'

/**
 * A server with one queue: what waits is taken up in order by the worker with the most idle threads,
 * the first among equals.
 */
class QueueServer extends Server {
  private distributing = false

  protected hasRoom(): boolean {
    return (
      this.line.length + this.bodies.buffering < this.options.backlog || this.leastBusy() !== null
    )
  }

  ready(served: ServedRequest): void {
    served.phase = 'waiting'
    const worker = this.distributing ? null : this.leastBusy()
    if (worker === null) {
      this.line.push(served)
    } else {
      this.distributing = true
      this.take(worker, served)
      this.distributing = false
    }
    if (this.line.first !== null) this.distribute()
  }

  /**
   * Gives waiting requests to idle threads. A loop and not a recursion: when an add-on refuses
   * connections, request after request fails at the same moment.
   */
  protected distribute(): void {
    if (this.distributing) return
    this.distributing = true
    while (this.line.first !== null) {
      const worker = this.leastBusy()
      if (worker === null) break
      this.take(worker, this.line.shift())
    }
    this.distributing = false
  }

  private leastBusy(): Worker | null {
    let best: Worker | null = null
    let idleMost = 0
    for (const worker of this.workers) {
      const { idle } = worker.process
      if (idle > idleMost && !worker.settling) {
        idleMost = idle
        best = worker
      }
    }
    return best
  }
}

/** What a program of a web server is made of: its options and the class that runs it. */
export function makeServerProgram(
  options: ServerOptions,
  run: (options: ResolvedServerOptions, host: DynoHost) => Server,
): Program {
  const resolved = resolveServerOptions(options)
  const { name, bootMs, workers, threads } = resolved
  const slots = workers * Math.min(threads, EVENT_LOOP_CONNECTIONS)
  return { name, bootMs, slots, start: (host) => run(resolved, host) }
}

/**
 * Makes the program of a web server with these properties: one queue in front of processes with
 * threads. `thin`, `unicorn` and others are made of it; a server of your own can be, too.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 * @example
 * const falcon = serverProgram({ name: 'falcon', threads: 1000, globalLock: { sliceMs: 100 } })
 */
export function serverProgram(options: ServerOptions): Program {
  return makeServerProgram(options, (resolved, host) => new QueueServer(resolved, host))
}
