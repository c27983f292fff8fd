import { CeladonError } from '@celadon/kernel'

/**
 * Codes of the errors that this package throws. They are stable: match on the code, not on the text.
 *
 * - `ADDONS_CONTRACT_VERSION`: a model was written for another version of the contract.
 * - `ADDONS_PLAN_UNKNOWN`: a plan was named that the model does not offer.
 * - `ADDONS_CONFIG_VAR_INVALID`: a model sets a config var whose name Heroku would refuse.
 * - `ADDONS_NOT_CALLABLE`: a unit of work called an add-on that serves no calls.
 * - `ADDONS_CALL_FINISHED_TWICE`: a model finished a call that was finished already.
 * - `ADDONS_NOT_CONNECTED`: more connections were closed than are open.
 * - `ADDONS_OPTION_INVALID`: an option is outside of what it accepts.
 * - `ADDONS_CONFORMANCE`: a check of the conformance suite failed.
 */
export type AddOnsErrorCode =
  | 'ADDONS_CONTRACT_VERSION'
  | 'ADDONS_PLAN_UNKNOWN'
  | 'ADDONS_CONFIG_VAR_INVALID'
  | 'ADDONS_NOT_CALLABLE'
  | 'ADDONS_CALL_FINISHED_TWICE'
  | 'ADDONS_NOT_CONNECTED'
  | 'ADDONS_OPTION_INVALID'
  | 'ADDONS_CONFORMANCE'

/** An error thrown by this package. */
export function addOnsError(code: AddOnsErrorCode, message: string): CeladonError<AddOnsErrorCode> {
  return new CeladonError(code, message)
}
