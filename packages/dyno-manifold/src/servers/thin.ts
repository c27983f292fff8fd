import type { MemoryOptions, Program } from '@celadon/contracts'
import { RAILS_BOOT_MS, RAILS_MEMORY, serverProgram } from './server.js'

/** How thin is configured. */
export interface ThinOptions {
  /** Connections that it accepts at most. Default 1024, thin's. */
  readonly backlog?: number
  /** Time to load the app, in milliseconds. Default 5000. */
  readonly bootMs?: number
  /** Memory of its process. Default: a Rails process. */
  readonly memory?: Partial<MemoryOptions>
}

/** Thin with a Rack app: one process that serves one request at a time, as a dyno did in 2011. */
export function thin(options: ThinOptions = {}): Program {
  return serverProgram({
    name: 'thin',
    processes: 1,
    threads: 1,
    globalLock: false,
    backlog: options.backlog ?? 1024,
    bootMs: options.bootMs ?? RAILS_BOOT_MS,
    memory: { ...RAILS_MEMORY, ...options.memory },
  })
}
