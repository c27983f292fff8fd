import { routerError } from '../errors.js'

/** Throws unless an option of a policy is a finite number of milliseconds, 0 or more. */
export function requireDuration(policy: string, option: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return
  throw invalid(policy, option, 'a finite number of milliseconds, 0 or more', value)
}

/** Throws unless an option of a policy is a whole number of at least 1. */
export function requireCount(policy: string, option: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return
  throw invalid(policy, option, 'a whole number of at least 1', value)
}

/** Throws unless something that an option of a policy says is a finite number, 0 or more. */
export function requireWeight(policy: string, option: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return
  throw invalid(policy, option, 'a finite number, 0 or more', value)
}

function invalid(policy: string, option: string, accepted: string, value: number): Error {
  return routerError(
    'ROUTER_POLICY_OPTION_INVALID',
    `The option ${option} of ${policy} must be ${accepted}, but was ${value}.`,
  )
}
