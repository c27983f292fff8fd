import { H_CODES } from '@celadon/contracts'
import { routerError } from './errors.js'
import type { RouterSettings } from './settings.js'

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
  text: 'a whole number of at least 1, or Infinity',
  holds: (value) => value === Number.POSITIVE_INFINITY || COUNT.holds(value),
}
const AMOUNT: Accepted = {
  text: 'a number of 0 or more, or Infinity',
  holds: (value) => typeof value === 'number' && value >= 0,
}
const DURATION: Accepted = {
  text: 'a finite number of milliseconds, 0 or more',
  holds: (value) => Number.isFinite(value) && Number(value) >= 0,
}
const DELAY: Accepted = {
  text: `${DURATION.text}, or a distribution`,
  holds: (value) =>
    DURATION.holds(value) || typeof Reflect.get(Object(value), 'quantile') === 'function',
}
const SHARE: Accepted = {
  text: 'a number above 0, at most 1',
  holds: (value) => typeof value === 'number' && value > 0 && value <= 1,
}
const H_CODE: Accepted = {
  text: 'an H-code',
  holds: (value) => Object.hasOwn(H_CODES, String(value)),
}

const ACCEPTED: Readonly<Record<keyof RouterSettings, Accepted>> = {
  instances: COUNT,
  viewDelayMs: DELAY,
  knownShare: SHARE,
  activePerDyno: LIMIT,
  backlogPerDyno: LIMIT,
  connectionsMax: LIMIT,
  requestBytesMax: AMOUNT,
  requestFaults: oneOf('H26', ''),
  handshakeMs: DURATION,
  connectTimeoutMs: DURATION,
  connectAttemptsMax: COUNT,
  quarantineMs: DURATION,
  holdMs: DURATION,
  allQuarantined: H_CODE,
  keepAliveMs: DURATION,
  firstByteMs: DURATION,
  firstByteFrom: oneOf('arrival', 'dispatch', 'body'),
  idleMs: DURATION,
  responseBufferBytes: AMOUNT,
}

/** @throws `ROUTER_SETTING_INVALID` when a setting is unknown or outside of what it accepts */
export function requireSettings(settings: RouterSettings): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!isSetting(name)) {
      const known = Object.keys(ACCEPTED).join(', ')
      throw routerError(
        'ROUTER_SETTING_INVALID',
        `There is no router setting ${name}; accepted: ${known}.`,
      )
    }
    if (ACCEPTED[name].holds(value)) continue
    throw routerError(
      'ROUTER_SETTING_INVALID',
      `The router setting ${name} must be ${ACCEPTED[name].text}, but was ${value}.`,
    )
  }
}

function isSetting(name: string): name is keyof RouterSettings {
  return Object.hasOwn(ACCEPTED, name)
}

function oneOf(...values: readonly string[]): Accepted {
  return {
    text: values.map((value) => `'${value}'`).join(' or '),
    holds: (value) => values.some((each) => each === value),
  }
}
