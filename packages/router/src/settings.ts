import type { Generation, HCode } from '@celadon/contracts'
import type { Distribution } from '@celadon/kernel'
import { requireSettings } from './setting-checks.js'

/** How a router behaves. Each generation is a preset of these; any of them can be overridden. */
export interface RouterSettings {
  /**
   * Router instances that share the traffic evenly. Each counts, queues, quarantines and connects by
   * itself and knows nothing of the others. Heroku never published the number: 10 is a guess.
   */
  readonly instances: number
  /**
   * Time after which an instance learns that the pool has changed, in milliseconds: one number, or
   * the distribution from which each instance draws for each change. Nothing was published; with 0
   * all know at once.
   */
  readonly viewDelayMs: number | Distribution
  /** Share of the dynos that an instance knows, above 0; of some dynos it knows at least one. */
  readonly knownShare: number

  /**
   * Requests that one instance has under way on one dyno at most; further ones wait in the router.
   * `Infinity`: none waits. Heroku's routers of October 2013 to 2014 had 50.
   */
  readonly activePerDyno: number
  /** Open requests per web dyno that one instance has at most; each further one gets H11. */
  readonly backlogPerDyno: number
  /** Open requests that one instance has at most; each further one gets H22. */
  readonly connectionsMax: number
  /** Largest body of a request, in bytes; a larger one gets status 413. */
  readonly requestBytesMax: number
  /** Code of requests that break the protocol; empty: the status says it all. */
  readonly requestFaults: 'H26' | ''

  /**
   * Time that opening a connection to a dyno takes: one round trip. That a dyno has closed one is
   * heard after half of it.
   */
  readonly handshakeMs: number
  /** Time after which a connection attempt counts as failed. */
  readonly connectTimeoutMs: number
  /** Attempts to connect at most, the first one included; fewer when fewer dynos are up. */
  readonly connectAttemptsMax: number
  /** Time for which an instance avoids a dyno to which it could not connect. */
  readonly quarantineMs: number
  /** Time for which a request is held while no dyno is up, or all are in quarantine. */
  readonly holdMs: number
  /** Code of a request that was held in vain because all dynos were in quarantine. */
  readonly allQuarantined: HCode
  /** Time for which the router keeps an idle connection to a dyno; 0: one request each. */
  readonly keepAliveMs: number

  /** Time that the dyno has for the first byte of its response before the client gets H12. */
  readonly firstByteMs: number
  /**
   * When that time starts: when the request reaches the router (`arrival`), when it is handed on
   * (`dispatch`), or when the dyno has all of it (`body`).
   */
  readonly firstByteFrom: 'arrival' | 'dispatch' | 'body'
  /** Silence of a dyno in the middle of its response (H15), or of a client in its body (H28). */
  readonly idleMs: number
  /** Bytes of a response that the router takes from a dyno before its client reads them. */
  readonly responseBufferBytes: number
}

/**
 * Sources: Heroku Dev Center, "HTTP Routing" of 2012 to 2025 and "Heroku Error Codes" of 2010 to
 * 2026. `connectionsMax` is the default of vegur, Heroku's proxy library; `handshakeMs` is what
 * `connect=` says in most samples of log lines.
 */
const COMMON: RouterSettings = {
  instances: 10,
  viewDelayMs: 0,
  knownShare: 1,
  activePerDyno: Number.POSITIVE_INFINITY,
  backlogPerDyno: 50,
  connectionsMax: 100_000,
  requestBytesMax: Number.POSITIVE_INFINITY,
  requestFaults: 'H26',
  handshakeMs: 1,
  connectTimeoutMs: 5_000,
  connectAttemptsMax: 10,
  quarantineMs: 5_000,
  holdMs: 75_000,
  allQuarantined: 'H99',
  keepAliveMs: 0,
  firstByteMs: 30_000,
  firstByteFrom: 'dispatch',
  idleMs: 55_000,
  responseBufferBytes: 1_048_576,
}

/**
 * The settings of each generation. Bamboo is the mesh of before mid 2010, with one queue for all;
 * later each of its nodes had a queue and a view of its own, which is `instances` above 1.
 */
export const GENERATION_SETTINGS: Readonly<Record<Generation, RouterSettings>> = {
  'bamboo-2010': {
    ...COMMON,
    instances: 1,
    activePerDyno: 1,
    requestBytesMax: 30 * 1_048_576,
    firstByteFrom: 'arrival',
  },
  'cedar-2012': COMMON,
  'common-runtime-2019': { ...COMMON, firstByteFrom: 'body' },
  'router-2.0': {
    ...COMMON,
    backlogPerDyno: 200,
    requestFaults: '',
    allQuarantined: 'H34',
    keepAliveMs: 90_000,
    firstByteFrom: 'body',
  },
}

/**
 * The settings of a generation with departures from them; later ones win.
 *
 * @throws `ROUTER_SETTING_INVALID` when one is unknown or outside of what it accepts
 */
export function routerSettings(
  generation: Generation,
  ...departures: readonly (Partial<RouterSettings> | undefined)[]
): RouterSettings {
  const settings = Object.assign({}, GENERATION_SETTINGS[generation], ...departures)
  requireSettings(settings)
  return settings
}
