import { CeladonError } from '@celadon/kernel'

/**
 * Codes of the errors that this package throws. They are stable: match on the code, not on the text.
 *
 * - `ROUTER_SETTING_INVALID`: a setting is unknown or outside of what it accepts.
 * - `ROUTER_POLICY_INVALID`: a policy returned something else than the index of a candidate.
 */
export type RouterErrorCode = 'ROUTER_SETTING_INVALID' | 'ROUTER_POLICY_INVALID'

/** An error thrown by this package. */
export function routerError(code: RouterErrorCode, message: string): CeladonError<RouterErrorCode> {
  return new CeladonError(code, message)
}
