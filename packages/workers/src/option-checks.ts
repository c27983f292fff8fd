import { workersError } from './errors.js'

/** Returns a duration in milliseconds that must be above 0. Throws `WORKERS_OPTION_INVALID`. */
export function positiveMs(option: string, value: number): number {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value
  throw invalid(option, 'a number of milliseconds above 0', value)
}

/** Returns a duration in milliseconds that may be 0. Throws `WORKERS_OPTION_INVALID`. */
export function durationMs(option: string, value: number): number {
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value
  throw invalid(option, 'a number of milliseconds, 0 or more', value)
}

/** Returns a number of things that must be at least 1. Throws `WORKERS_OPTION_INVALID`. */
export function atLeastOne(option: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value
  throw invalid(option, 'a whole number of at least 1', value)
}

/** Returns a list of queue names that must not be empty. Throws `WORKERS_OPTION_INVALID`. */
export function queueNames(option: string, value: readonly string[]): readonly string[] {
  if (value.length > 0 && !value.includes('')) return value
  throw invalid(option, 'a list of at least one queue name', JSON.stringify(value))
}

function invalid(option: string, accepted: string, found: number | string): Error {
  return workersError('WORKERS_OPTION_INVALID', `${option} must be ${accepted}, but was ${found}.`)
}
