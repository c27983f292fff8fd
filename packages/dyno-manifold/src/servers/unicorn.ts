import type { MemoryOptions, Program } from '@celadon/contracts'
import { RAILS_BOOT_MS, RAILS_MEMORY, serverProgram } from './server.js'

/** How unicorn is configured. */
export interface UnicornOptions {
  /** `worker_processes`: each serves one request at a time. Default 3, Heroku's advice of 2013 for 1X. */
  readonly workers?: number
  /** `:backlog` of the listening socket. Default 1024, unicorn's. */
  readonly backlog?: number
  /** Time to load the app, in milliseconds. Default 5000. */
  readonly bootMs?: number
  /** Memory of one worker. Default: a Rails process. */
  readonly memory?: Partial<MemoryOptions>
}

/**
 * Unicorn: forked workers on one socket, one request each. What no worker has taken waits in the
 * kernel's queue. Its own worker time-out (60 s) is not modelled; the router's H12 comes before it.
 */
export function unicorn(options: UnicornOptions = {}): Program {
  const workers = options.workers ?? 3
  return serverProgram({
    name: `unicorn ${workers}`,
    processes: workers,
    threads: 1,
    globalLock: false,
    backlog: options.backlog ?? 1024,
    bootMs: options.bootMs ?? RAILS_BOOT_MS,
    memory: { ...RAILS_MEMORY, ...options.memory },
  })
}
