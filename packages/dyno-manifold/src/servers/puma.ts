import type { MemoryOptions, Program } from '@celadon/contracts'
import { RAILS_BOOT_MS, RAILS_MEMORY, serverProgram } from './server.js'

/** How puma is configured. */
export interface PumaOptions {
  /** Processes (`-w`, `WEB_CONCURRENCY`). Default 2: Ruby buildpack, `SENSIBLE_DEFAULTS`, 512 MB. */
  readonly workers?: number
  /** Threads of each (`-t`, `RAILS_MAX_THREADS`). Default 5, puma's on MRI. */
  readonly threads?: number
  /** Length of the listen queue. Default 1024, puma's. */
  readonly backlog?: number
  /** Time to load the app, in milliseconds. Default 5000. */
  readonly bootMs?: number
  /** Memory of one worker. Default: a Rails process. */
  readonly memory?: Partial<MemoryOptions>
}

/**
 * Puma on MRI: workers with threads, of which one at a time computes (the global VM lock) while the
 * others wait for I/O. The worker with the most idle threads takes the next connection, which is
 * what puma's pause before an accept by a busy worker brings about. Keep-alive is not modelled.
 */
export function puma(options: PumaOptions = {}): Program {
  const workers = options.workers ?? 2
  const threads = options.threads ?? 5
  return serverProgram({
    name: `puma ${workers}x${threads}`,
    processes: workers,
    threads,
    globalLock: true,
    backlog: options.backlog ?? 1024,
    bootMs: options.bootMs ?? RAILS_BOOT_MS,
    memory: { ...RAILS_MEMORY, ...options.memory },
  })
}
