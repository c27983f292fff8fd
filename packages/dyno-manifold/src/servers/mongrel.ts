import type { Program } from '@celadon/contracts'
import { serverProgram } from './queue-server.js'
import { type RubyServerOptions, requireCount } from './server-options.js'

/** How mongrel is configured. */
export interface MongrelOptions extends RubyServerOptions {
  /** Clients that it has at most (`num_processors`). Default 950. */
  readonly clients?: number
}

/**
 * Mongrel 1.1 with Rails: a thread for each client, and a lock around Rails, so that one request at
 * a time is served. Slow clients hold only their own thread. What comes beyond 950 clients is
 * accepted and closed. Closes each connection after its response. Source of the defaults:
 * `Mongrel::HttpServer`.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function mongrel(options: MongrelOptions = {}): Program {
  const { clients = 950, ...others } = options
  requireCount('mongrel', 'clients', clients, 1)
  return serverProgram({
    name: 'mongrel',
    // The one that is served is a client, too.
    backlog: clients - 1,
    whenFull: 'close',
    buffersBodies: true,
    buffersResponses: true,
    ...others,
  })
}
