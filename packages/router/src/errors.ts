import { CeladonError } from '@celadon/kernel'

/**
 * Codes of the errors that this package throws. They are stable: match on the code, not on the text.
 *
 * - `ROUTER_SETTING_INVALID`: a setting is unknown or outside of what it accepts.
 * - `ROUTER_INSTANCE_UNKNOWN`: there is no router instance of that index.
 * - `ROUTER_UPGRADE_UNASKED`: a program made a WebSocket of a request that had not asked for one.
 * - `ROUTER_POLICY_INVALID`: a policy returned something else than the index of a candidate.
 * - `ROUTER_POLICY_OPTION_INVALID`: an option of a policy is outside of what it accepts.
 * - `ROUTER_CLIENT_INVALID`: an option of a client is outside of what it accepts.
 * - `ROUTER_CONFORMANCE`: a check of the conformance suite failed.
 */
export type RouterErrorCode =
  | 'ROUTER_SETTING_INVALID'
  | 'ROUTER_INSTANCE_UNKNOWN'
  | 'ROUTER_UPGRADE_UNASKED'
  | 'ROUTER_POLICY_INVALID'
  | 'ROUTER_POLICY_OPTION_INVALID'
  | 'ROUTER_CLIENT_INVALID'
  | 'ROUTER_CONFORMANCE'

/** An error thrown by this package. */
export function routerError(code: RouterErrorCode, message: string): CeladonError<RouterErrorCode> {
  return new CeladonError(code, message)
}
