import type { BootTime, MemoryOptions, Program } from '@celadon/contracts'
import { ClusterServer } from './cluster-server.js'
import { makeServerProgram, serverProgram } from './queue-server.js'
import { PYTHON_LOCK } from './server-options.js'
import type { Worker } from './worker.js'

/** How gunicorn is configured. */
export interface GunicornOptions {
  /** Class of its workers. Default: `'gthread'` with several threads, else `'sync'`. */
  readonly worker?: 'sync' | 'gthread'
  /** Processes (`--workers`, `WEB_CONCURRENCY`). Default 2: Heroku's Python buildpack on 512 MB. */
  readonly workers?: number
  /** Threads of each `gthread` worker. Default 1. A `sync` worker has one. */
  readonly threads?: number
  /** Length of the listen queue. Default 2048. */
  readonly backlog?: number
  /**
   * Time after which a worker that is silent is killed. Default 30,000. A `sync` worker is silent
   * while it serves; a `gthread` worker's main thread always answers.
   */
  readonly timeoutMs?: number
  /** Time to load the app. Default 3000, a guess. */
  readonly bootMs?: BootTime
  /** Memory of one process. Default: grows from 60 to 120 MB; guesses. */
  readonly memory?: Partial<MemoryOptions>
}

/** Connections that a `gthread` worker has at most (`worker_connections`). */
const WORKER_CONNECTIONS = 1000

/** Time for which a `gthread` worker keeps an idle connection (`keepalive`). */
const KEEP_ALIVE_MS = 2_000

/**
 * Gunicorn on CPython. `sync` workers serve one request each and close every connection; `gthread`
 * workers accept by themselves, keep connections alive and have threads under the global interpreter
 * lock. A thread reads bodies and writes responses itself, so slow clients hold it. Source of the
 * defaults: gunicorn's settings.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function gunicorn(options: GunicornOptions = {}): Program {
  const { workers = 2, threads = 1, timeoutMs = 30_000, memory, ...others } = options
  const { worker = threads > 1 ? 'gthread' : 'sync', ...rest } = others
  const shared = {
    workers,
    backlog: 2048,
    bootMs: 3_000,
    memory: { startMb: 60, fullMb: 120, ...memory },
    ...rest,
  }
  if (worker === 'sync') {
    return serverProgram({ ...shared, name: `gunicorn ${workers}`, workerTimeoutMs: timeoutMs })
  }
  return makeServerProgram(
    {
      ...shared,
      name: `gunicorn ${workers}x${threads}`,
      threads,
      globalLock: PYTHON_LOCK,
      keepAliveMs: KEEP_ALIVE_MS,
    },
    (resolved, host) => new ThreadedGunicorn(resolved, host),
  )
}

/** Workers race for connections, and each takes what it can hold. */
class ThreadedGunicorn extends ClusterServer {
  protected override acceptor(): Worker | null {
    return this.anyBelow(WORKER_CONNECTIONS)
  }
}
