import type { Generation, HCode } from '@celadon/contracts'

/** How a router behaves. Each generation is a preset of these; any of them can be overridden. */
export interface RouterSettings {
  /**
   * Router instances that share the traffic evenly. Each counts, queues and quarantines by itself
   * and knows nothing of the others. Heroku never published the number: 10 is a guess.
   */
  readonly instances: number
  /**
   * Requests that one router has under way on one dyno at most; further ones wait in the router.
   * `Infinity`: none waits.
   */
  readonly activePerDyno: number
  /** Open requests per web dyno and router above which each further one gets H11. */
  readonly backlogPerDyno: number
  /** Time that the dyno has for the first byte of its response before the client gets H12. */
  readonly firstByteMs: number
  /** Whether that time starts when the request reaches the router or when it is handed on. */
  readonly firstByteFrom: 'arrival' | 'dispatch'
  /** Time after which a connection attempt counts as failed. */
  readonly connectTimeoutMs: number
  /** Dynos that are tried at most, the first one included. */
  readonly connectAttemptsMax: number
  /** Time for which a router avoids a dyno to which it could not connect. */
  readonly quarantineMs: number
  /** Time for which a request is held while no dyno is up, or all are in quarantine. */
  readonly holdMs: number
  /** Code of a request that was held in vain because all dynos were in quarantine. */
  readonly allQuarantined: HCode
}

/** Sources: Heroku Dev Center, "HTTP Routing" of 2012 to 2025; "Heroku Error Codes" of 2010 to 2026. */
const COMMON: RouterSettings = {
  instances: 10,
  activePerDyno: Number.POSITIVE_INFINITY,
  backlogPerDyno: 50,
  firstByteMs: 30_000,
  firstByteFrom: 'dispatch',
  connectTimeoutMs: 5_000,
  connectAttemptsMax: 10,
  quarantineMs: 5_000,
  holdMs: 75_000,
  allQuarantined: 'H99',
}

/** The settings of each generation. */
export const GENERATION_SETTINGS: Readonly<Record<Generation, RouterSettings>> = {
  'bamboo-2010': { ...COMMON, activePerDyno: 1, firstByteFrom: 'arrival' },
  'cedar-2012': COMMON,
  'common-runtime-2019': COMMON,
  'router-2.0': { ...COMMON, backlogPerDyno: 200, allQuarantined: 'H34' },
}
