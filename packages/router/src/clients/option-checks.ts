import { routerError } from '../errors.js'

/** Returns a duration in milliseconds that may be 0. */
export function durationMs(option: string, value: number): number {
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value
  throw invalidClient(option, 'a number of milliseconds, 0 or more', value)
}

/** Returns a number of things that must be at least `min`. */
export function wholeNumber(option: string, value: number, min: number): number {
  if (Number.isSafeInteger(value) && value >= min) return value
  throw invalidClient(option, `a whole number of at least ${min}`, value)
}

/** Returns a number from 0 to 1. */
export function share(option: string, value: number): number {
  if (value >= 0 && value <= 1) return value
  throw invalidClient(option, 'a number from 0 to 1', value)
}

/** Returns a finite number of at least `min`. */
export function atLeast(option: string, value: number, min: number): number {
  if (value >= min && value < Number.POSITIVE_INFINITY) return value
  throw invalidClient(option, `a finite number of at least ${min}`, value)
}

/** The error about an option of a client. */
export function invalidClient(option: string, accepted: string, found: unknown): Error {
  return routerError(
    'ROUTER_CLIENT_INVALID',
    `The option ${option} must be ${accepted}, but was ${found}.`,
  )
}
