/** Versions of puma whose workers accept and keep connections by different rules. */
export type PumaVersion = '3.6' | '3.9' | '3.12' | '5' | '6' | '7'

/** How a version of puma treats connections. */
export interface PumaRules {
  /**
   * Requests that a worker accepts beyond its threads. Without a limit, one worker can take what
   * another one has threads for.
   */
  readonly ahead: number
  /** True when busy workers hold back in proportion to their load, so that the least busy accepts. */
  readonly yieldsByLoad: boolean
  /** Time that a worker with a busy thread holds back before it accepts. */
  readonly busyPauseMs: number
  /** Time for which a thread waits for the next request on the connection that it has served. */
  readonly lingerMs: number
  /** Requests after which a thread leaves a connection that it has served without a break. */
  readonly inlineMax: number
  /** True when it then stays nevertheless unless another request waits on its worker. */
  readonly staysUnlessOthersWait: boolean
  /** True when such a connection is closed if all threads are busy and others wait in the kernel. */
  readonly closesWhenCrowded: boolean
  /** Time for which an idle connection is kept. */
  readonly keepAliveMs: number
  /** True when a request is dropped whose connection was closed before its turn. */
  readonly dropsAbandoned: boolean
}

const V3_6: PumaRules = {
  ahead: Number.POSITIVE_INFINITY,
  yieldsByLoad: false,
  busyPauseMs: 0,
  lingerMs: 200,
  inlineMax: Number.POSITIVE_INFINITY,
  staysUnlessOthersWait: false,
  closesWhenCrowded: false,
  keepAliveMs: 20_000,
  dropsAbandoned: false,
}
const V3_9: PumaRules = { ...V3_6, ahead: 1, dropsAbandoned: true }
const V3_12: PumaRules = { ...V3_9, ahead: 0, inlineMax: 10 }
const V5: PumaRules = { ...V3_12, staysUnlessOthersWait: true, closesWhenCrowded: true }
const V6: PumaRules = { ...V5, busyPauseMs: 5 }
const V7: PumaRules = {
  ...V6,
  ahead: Number.POSITIVE_INFINITY,
  yieldsByLoad: true,
  busyPauseMs: 0,
  lingerMs: 0,
  keepAliveMs: 65_000,
}

/**
 * The rules of each version. Sources: puma's History.md and, of each version, `server.rb`,
 * `thread_pool.rb`, `client.rb` and `const.rb`.
 *
 * - 3.6 accepts whatever comes. Closed connections are noticed since 3.8.
 * - 3.9 accepts while a thread waits; since a thread that was woken still counts as waiting until it
 *   runs, it takes more than it has threads for: one more, which is a guess.
 * - 3.12 counts exactly. Its last releases leave a connection after 10 requests.
 * - 5 does so only when others wait on the worker, and closes the connection when the worker is full
 *   and others wait in the kernel (since 5.4).
 * - 6 makes `wait_for_less_busy_worker` its default: 5 ms, or until a request of the worker ends.
 * - 7 serves kept connections in order with all others, accepts without a limit, and lets a worker
 *   hold back by 5 ms times its load in 25 times its threads (since 7.1; a delay so short that only
 *   its effect is modelled: the least busy worker accepts).
 */
export const PUMA_RULES: Readonly<Record<PumaVersion, PumaRules>> = {
  '3.6': V3_6,
  '3.9': V3_9,
  '3.12': V3_12,
  '5': V5,
  '6': V6,
  '7': V7,
}
