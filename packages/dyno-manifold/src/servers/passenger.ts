import type { Program } from '@celadon/contracts'
import { serverProgram } from './queue-server.js'
import { type RubyServerOptions, requireCount } from './server-options.js'

/** How Passenger is configured. */
export interface PassengerOptions extends RubyServerOptions {
  /** Processes of its pool (`--max-pool-size`). Default 6. */
  readonly workers?: number
  /** Requests that wait for a process (`--max-request-queue-size`). Default 100. */
  readonly queue?: number
}

/**
 * Phusion Passenger Standalone, open-source edition: nginx in front, which reads requests and writes
 * responses, and a pool of processes that serve one request each. What finds the queue full gets
 * 503. The pool is there from the start; the real one grows as needed. Source of the defaults:
 * Passenger's configuration reference.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function passenger(options: PassengerOptions = {}): Program {
  const { workers = 6, queue = 100, ...others } = options
  requireCount('passenger', 'queue', queue, 0)
  return serverProgram({
    name: `passenger ${workers}`,
    workers,
    backlog: queue,
    whenFull: '503',
    buffersBodies: true,
    buffersResponses: true,
    ...others,
  })
}
