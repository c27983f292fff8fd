import { type Generation, H_CODES, type HCode } from '@celadon/contracts'
import { routerError } from './errors.js'

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
  /** Open requests per web dyno that one router has at most; each further one gets H11. */
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

/** What a setting accepts. */
interface Accepted {
  readonly text: string
  holds(value: unknown): boolean
}

const COUNT: Accepted = {
  text: 'a whole number of at least 1',
  holds: (value) => Number.isInteger(value) && Number(value) >= 1,
}
const LIMIT: Accepted = {
  text: 'a number of at least 1, or Infinity',
  holds: (value) => typeof value === 'number' && value >= 1,
}
const DURATION: Accepted = {
  text: 'a finite number of milliseconds, 0 or more',
  holds: (value) => Number.isFinite(value) && Number(value) >= 0,
}

const ACCEPTED: Readonly<Record<keyof RouterSettings, Accepted>> = {
  instances: COUNT,
  activePerDyno: LIMIT,
  backlogPerDyno: LIMIT,
  firstByteMs: DURATION,
  firstByteFrom: {
    text: "'arrival' or 'dispatch'",
    holds: (value) => value === 'arrival' || value === 'dispatch',
  },
  connectTimeoutMs: DURATION,
  connectAttemptsMax: COUNT,
  quarantineMs: DURATION,
  holdMs: DURATION,
  allQuarantined: { text: 'an H-code', holds: (value) => Object.hasOwn(H_CODES, String(value)) },
}

/**
 * The settings of a generation with departures from them.
 *
 * @throws `ROUTER_SETTING_INVALID` when one is unknown or outside of what it accepts
 */
export function routerSettings(
  generation: Generation,
  departures: Partial<RouterSettings>,
): RouterSettings {
  for (const [name, value] of Object.entries(departures)) {
    if (!isSetting(name)) {
      throw routerError('ROUTER_SETTING_INVALID', `There is no router setting ${name}.`)
    }
    if (!ACCEPTED[name].holds(value)) {
      throw routerError(
        'ROUTER_SETTING_INVALID',
        `The router setting ${name} must be ${ACCEPTED[name].text}, but was ${value}.`,
      )
    }
  }
  return { ...GENERATION_SETTINGS[generation], ...departures }
}

function isSetting(name: string): name is keyof RouterSettings {
  return Object.hasOwn(ACCEPTED, name)
}
