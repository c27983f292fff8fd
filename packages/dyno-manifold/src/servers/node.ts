import type { BootTime, MemoryOptions, Program } from '@celadon/contracts'
import { ClusterServer } from './cluster-server.js'
import { makeServerProgram } from './queue-server.js'
import { EVENT_LOOP, EVENT_LOOP_CONNECTIONS } from './server-options.js'
import type { Worker } from './worker.js'

/** How a Node.js server is configured. */
export interface NodeOptions {
  /** Processes of the `cluster` module (`WEB_CONCURRENCY`). Default 1. */
  readonly workers?: number
  /** Length of the listen queue. Default 511. */
  readonly backlog?: number
  /** Time for which an idle connection is kept (`server.keepAliveTimeout`). Default 5000. */
  readonly keepAliveMs?: number
  /**
   * What SIGTERM does. Default `quick`: it ends a process that does not handle it. An app that calls
   * `server.close` stops gracefully.
   */
  readonly stop?: 'graceful' | 'quick'
  /** Time to load the app. Default 2000, a guess. */
  readonly bootMs?: BootTime
  /** Memory of one process. Default: grows from 60 to 120 MB; guesses. */
  readonly memory?: Partial<MemoryOptions>
}

/** Time after which Node answers a request that is not complete (`server.requestTimeout`). */
const REQUEST_TIMEOUT_MS = 300_000

/**
 * Node.js: an event loop with as many requests under way as come; one at a time computes, and keeps
 * computing until it waits. Slow clients and WebSockets hold nobody. Source of the defaults: Node's
 * documentation of `http.Server` and `net.Server`.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function node(options: NodeOptions = {}): Program {
  const { workers = 1, memory, ...others } = options
  return makeServerProgram(
    {
      name: workers === 1 ? 'node' : `node ${workers}`,
      workers,
      threads: Number.POSITIVE_INFINITY,
      globalLock: EVENT_LOOP,
      backlog: 511,
      bootMs: 2_000,
      memory: { startMb: 60, fullMb: 120, ...memory },
      buffersBodies: true,
      buffersResponses: true,
      stalledBody: { afterMs: REQUEST_TIMEOUT_MS, status: 408 },
      keepAliveMs: 5_000,
      webSockets: true,
      stop: 'quick',
      ...others,
    },
    (resolved, host) => new NodeCluster(resolved, host),
  )
}

/** The cluster's primary process hands connections to the workers in turn. */
class NodeCluster extends ClusterServer {
  private turn = -1

  protected override hasRoom(): boolean {
    return this.canAccept || this.line.length < this.options.backlog
  }

  protected override acceptor(): Worker | null {
    if (!this.canAccept) return null
    this.turn = (this.turn + 1) % this.workers.length
    return this.workers[this.turn] as Worker
  }

  /** What waits in the kernel takes no descriptor. */
  private get canAccept(): boolean {
    const accepted = this.records.inUse - this.line.length
    return accepted < this.workers.length * EVENT_LOOP_CONNECTIONS
  }
}
