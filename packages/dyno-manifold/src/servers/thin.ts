import type { Program } from '@celadon/contracts'
import { serverProgram } from './queue-server.js'
import type { RubyServerOptions } from './server-options.js'

/** How thin is configured. */
export interface ThinOptions extends RubyServerOptions {
  /** Connections that it has at most (`--max-conns`), beside the one it serves. Default 1024. */
  readonly backlog?: number
  /** Signal that stops it: TERM drops what is under way, QUIT finishes it. Default `'TERM'`. */
  readonly stopSignal?: 'TERM' | 'QUIT'
}

/** Time without a byte after which thin closes a connection (`--timeout`). */
const TIMEOUT_MS = 30_000

/**
 * Thin: an event loop that reads requests and writes responses, and a Rack app that blocks it: one
 * request at a time, but slow clients hold nobody. Keeps connections alive, holds WebSockets.
 * Source of the defaults: `Thin::Server` of thin 1.x.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function thin(options: ThinOptions = {}): Program {
  const { stopSignal = 'TERM', ...others } = options
  return serverProgram({
    name: 'thin',
    buffersBodies: true,
    buffersResponses: true,
    stalledBody: { afterMs: TIMEOUT_MS, status: 0 },
    keepAliveMs: TIMEOUT_MS,
    webSockets: true,
    stop: stopSignal === 'TERM' ? 'quick' : 'graceful',
    ...others,
  })
}
