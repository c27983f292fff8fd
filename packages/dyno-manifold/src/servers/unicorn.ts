import type { Program } from '@celadon/contracts'
import { serverProgram } from './queue-server.js'
import type { RubyServerOptions } from './server-options.js'

/** How unicorn is configured. */
export interface UnicornOptions extends RubyServerOptions {
  /** `worker_processes`: each serves one request at a time. Default 3, Heroku's advice of 2013 for 1X. */
  readonly workers?: number
  /** `:backlog` of the listening socket. Default 1024. */
  readonly backlog?: number
  /** `timeout`: a worker that takes longer for its request is killed. Default 60,000. */
  readonly timeoutMs?: number
  /**
   * Signal that stops it: TERM drops what is under way, QUIT finishes it. Default `'QUIT'`: Heroku's
   * recipe makes the workers ignore TERM and has the master send QUIT.
   */
  readonly stopSignal?: 'TERM' | 'QUIT'
}

/**
 * Unicorn: forked workers on one socket, one request each. What no worker has taken waits in the
 * kernel's queue. A worker reads the body and writes the response by itself, so that a slow client
 * holds it; it closes every connection. Sources: unicorn's documentation; Heroku Dev Center,
 * "Deploying Rails Applications With Unicorn".
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function unicorn(options: UnicornOptions = {}): Program {
  const { workers = 3, timeoutMs = 60_000, stopSignal = 'QUIT', ...others } = options
  return serverProgram({
    name: `unicorn ${workers}`,
    workers,
    workerTimeoutMs: timeoutMs,
    stop: stopSignal === 'TERM' ? 'quick' : 'graceful',
    ...others,
  })
}
