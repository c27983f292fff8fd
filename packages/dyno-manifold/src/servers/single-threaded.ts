import type { Program } from '@celadon/contracts'
import { serverProgram } from './queue-server.js'
import type { RubyServerOptions } from './server-options.js'

/** How a single-threaded server is configured. */
export interface SingleThreadedOptions extends RubyServerOptions {
  /** Connections that wait until it is free. Default 1024. */
  readonly backlog?: number
}

/**
 * A process that serves one request at a time, first come, first served: what most Rails apps were
 * in 2011, and the dyno of routing theory. A slow upload or reader holds it up.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function singleThreaded(options: SingleThreadedOptions = {}): Program {
  return serverProgram({ name: 'single-threaded', ...options })
}
