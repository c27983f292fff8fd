import type { BootTime, GlobalLock, MemoryOptions } from '@celadon/contracts'
import { manifoldError } from '../errors.js'
import type { RequestTimeout } from './rack-timeout.js'

/** How a web server works, as far as the model tells servers apart. */
export interface ServerOptions {
  /** Name in reports, for example `puma 2x5`. */
  readonly name: string
  /** Operating-system processes that serve. Default 1. */
  readonly workers?: number
  /** Requests that each of them serves at the same time; `Infinity`: an event loop. Default 1. */
  readonly threads?: number
  /** Set when one thread of a process computes at a time. Default null. */
  readonly globalLock?: GlobalLock | null
  /** Connections that wait until a process has room. Default 1024. */
  readonly backlog?: number
  /** What becomes of a connection when that many wait. Default `no answer`: the router retries. */
  readonly whenFull?: 'no answer' | 'close' | '503'
  /** Time to load the app. Default 5000: a Rails app. */
  readonly bootMs?: BootTime
  /** Memory of one process. Default: a Rails process. */
  readonly memory?: Partial<MemoryOptions>
  /** True when a slow upload holds no thread. Default false. */
  readonly buffersBodies?: boolean
  /** True when a slow reader holds no thread. Default false. */
  readonly buffersResponses?: boolean
  /**
   * What it does to a request whose body does not come: answers with `status`, or closes the
   * connection (0), `afterMs` after the request began. Default null: nothing.
   */
  readonly stalledBody?: { readonly afterMs: number; readonly status: number } | null
  /** Time for which it keeps an idle connection open. Default 0: it closes after each response. */
  readonly keepAliveMs?: number
  /** Whether it can hold WebSockets, which take no thread then. Default false: it answers 400. */
  readonly webSockets?: boolean
  /** True when it looks before it serves whether the router is still there. Default false. */
  readonly dropsAbandoned?: boolean
  /** What SIGTERM does: finish the requests under way, or drop them. Default `graceful`. */
  readonly stop?: 'graceful' | 'quick'
  /**
   * Time after which a process that is not through with its request is killed; meant for processes
   * with one thread. Default `Infinity`.
   */
  readonly workerTimeoutMs?: number
  /** Time until a killed process is replaced. Default 200, a guess for a fork. */
  readonly forkMs?: number
  /** Limits of rack-timeout. Default null: not installed. */
  readonly requestTimeout?: RequestTimeout | null
}

/** Options of a server with nothing left open. */
export type ResolvedServerOptions = Required<ServerOptions> & { readonly memory: MemoryOptions }

/** Options that all Ruby servers share. */
export interface RubyServerOptions {
  /** Time to load the app. Default 5000 ms: within the 3 to 7 s that public logs of small apps show. */
  readonly bootMs?: BootTime
  /** Memory of one process. Default: a Rails process. */
  readonly memory?: Partial<MemoryOptions>
  /** Limits of rack-timeout. Default: not installed. */
  readonly requestTimeout?: RequestTimeout
}

/**
 * Time after which CRuby hands its global VM lock to a thread that waits for it. CRuby looks at the
 * clock, the model at the time that the thread has computed. Source: CRuby.
 */
export const RUBY_LOCK: GlobalLock = { sliceMs: 100 }

/** CPython's switch interval (`sys.getswitchinterval`). Source: Python documentation. */
export const PYTHON_LOCK: GlobalLock = { sliceMs: 5 }

/**
 * Connections that an event loop has at most: descriptors that a process may open. 10,000 is a guess
 * for dynos.
 */
export const EVENT_LOOP_CONNECTIONS = 10_000

/** One event loop: a callback computes until it is through. */
export const EVENT_LOOP: GlobalLock = { sliceMs: Number.POSITIVE_INFINITY }

/**
 * Memory of a Rails process. Guesses: 150 MB after boot, 250 MB once warm, 63 % of the way after
 * 2000 requests, no leak.
 */
const RAILS_MEMORY: MemoryOptions = { startMb: 150, fullMb: 250, growthWorks: 2000, leakMb: 0 }

const DEFAULTS: Omit<ResolvedServerOptions, 'name'> = {
  workers: 1,
  threads: 1,
  globalLock: null,
  backlog: 1024,
  whenFull: 'no answer',
  bootMs: 5_000,
  memory: RAILS_MEMORY,
  buffersBodies: false,
  buffersResponses: false,
  stalledBody: null,
  keepAliveMs: 0,
  webSockets: false,
  dropsAbandoned: false,
  stop: 'graceful',
  workerTimeoutMs: Number.POSITIVE_INFINITY,
  forkMs: 200,
  requestTimeout: null,
}

/**
 * Completes the options of a server.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function resolveServerOptions(options: ServerOptions): ResolvedServerOptions {
  const resolved = { ...DEFAULTS, ...options, memory: { ...RAILS_MEMORY, ...options.memory } }
  const { name, bootMs, globalLock, requestTimeout } = resolved
  requireCount(name, 'workers', resolved.workers, 1)
  const { threads } = resolved
  if (threads !== Number.POSITIVE_INFINITY) requireCount(name, 'threads', threads, 1)
  requireCount(name, 'backlog', resolved.backlog, 0)
  const sliceMs = globalLock?.sliceMs ?? Number.POSITIVE_INFINITY
  if (!(sliceMs > 0)) {
    throw optionInvalid(name, 'globalLock.sliceMs', 'a number of milliseconds above 0', sliceMs)
  }
  if (typeof bootMs === 'number') requireTime(name, 'bootMs', bootMs)
  requireTime(name, 'keepAliveMs', resolved.keepAliveMs)
  requireTime(name, 'workerTimeoutMs', resolved.workerTimeoutMs)
  requireTime(name, 'forkMs', resolved.forkMs)
  requireTime(name, 'requestTimeout.serviceMs', requestTimeout?.serviceMs ?? 0)
  requireTime(name, 'requestTimeout.waitMs', requestTimeout?.waitMs ?? 0)
  return resolved
}

/**
 * Checks an option that counts something.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function requireCount(server: string, option: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return
  throw optionInvalid(server, option, `a whole number, ${least} or more`, value)
}

function requireTime(server: string, option: string, value: number): void {
  if (value >= 0) return
  throw optionInvalid(server, option, 'a number of milliseconds, 0 or more', value)
}

function optionInvalid(server: string, option: string, accepted: string, value: number): Error {
  return manifoldError(
    'MANIFOLD_OPTION_INVALID',
    `The option ${option} of ${server} must be ${accepted}, but was ${value}.`,
  )
}
