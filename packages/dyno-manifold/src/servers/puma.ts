import type { Program } from '@celadon/contracts'
import { manifoldError } from '../errors.js'
import { PUMA_RULES, type PumaRules, type PumaVersion } from './puma-rules.js'
import { PumaServer } from './puma-server.js'
import { makeServerProgram } from './queue-server.js'
import { RUBY_LOCK, type RubyServerOptions } from './server-options.js'

/** How puma is configured. */
export interface PumaOptions extends RubyServerOptions {
  /** Whose rules it follows. Default `'7'`. */
  readonly version?: PumaVersion
  /** Processes (`-w`, `WEB_CONCURRENCY`). Default 2: Ruby buildpack, `SENSIBLE_DEFAULTS`, 512 MB. */
  readonly workers?: number
  /** Threads of each (`-t`, `RAILS_MAX_THREADS`). Default 5, puma's on MRI. */
  readonly threads?: number
  /** Length of the listen queue. Default 1024. */
  readonly backlog?: number
  /** False closes each connection after its response (`enable_keep_alives`). Default true. */
  readonly keepAlive?: boolean
}

/** Time without data after which puma answers a request that is not complete (`first_data_timeout`). */
const FIRST_DATA_TIMEOUT_MS = 30_000

/**
 * Puma on MRI: workers with threads, of which one at a time computes (the global VM lock) while the
 * others wait for I/O. A reactor reads requests before a thread takes them and holds connections that
 * are kept alive; a WebSocket takes no thread. Threads are there from the start.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function puma(options: PumaOptions = {}): Program {
  const { version = '7', workers = 2, threads = 5, keepAlive = true, ...others } = options
  const rules: PumaRules | undefined = PUMA_RULES[version]
  if (rules === undefined) {
    throw manifoldError(
      'MANIFOLD_OPTION_INVALID',
      `The option version of puma must be one of ${Object.keys(PUMA_RULES).join(', ')}, but was ${version}.`,
    )
  }
  return makeServerProgram(
    {
      name: `puma ${workers}x${threads}`,
      workers,
      threads,
      globalLock: RUBY_LOCK,
      buffersBodies: true,
      stalledBody: { afterMs: FIRST_DATA_TIMEOUT_MS, status: 408 },
      keepAliveMs: keepAlive ? rules.keepAliveMs : 0,
      webSockets: true,
      dropsAbandoned: rules.dropsAbandoned,
      ...others,
    },
    (resolved, host) => new PumaServer(resolved, host, rules),
  )
}
