import { CeladonError } from '@celadon/kernel'

/**
 * Codes of the errors that the dyno manifold throws.
 *
 * - `MANIFOLD_PROCESS_BUSY`: a program gave work to a process without an idle thread.
 * - `MANIFOLD_PROCESS_TYPE_UNKNOWN`: a process type was named that was never defined.
 * - `MANIFOLD_PROCESS_TYPE_DEFINED`: a process type was defined a second time.
 * - `MANIFOLD_ADD_ON_UNKNOWN`: a step of work calls an add-on that is not attached.
 * - `MANIFOLD_OPTION_INVALID`: an option is outside of what it accepts.
 * - `MANIFOLD_SIZE_UNKNOWN`: a dyno size was named that was not sold at that time.
 * - `MANIFOLD_QUANTITY_LIMIT`: more dynos of a process type than its size allows.
 * - `MANIFOLD_CONFORMANCE`: a web server does not do what every one must.
 */
export type DynoManifoldErrorCode =
  | 'MANIFOLD_PROCESS_BUSY'
  | 'MANIFOLD_PROCESS_TYPE_UNKNOWN'
  | 'MANIFOLD_PROCESS_TYPE_DEFINED'
  | 'MANIFOLD_ADD_ON_UNKNOWN'
  | 'MANIFOLD_OPTION_INVALID'
  | 'MANIFOLD_SIZE_UNKNOWN'
  | 'MANIFOLD_QUANTITY_LIMIT'
  | 'MANIFOLD_CONFORMANCE'

/** An error of this package. */
export function manifoldError(code: DynoManifoldErrorCode, message: string): CeladonError {
  return new CeladonError(code, message)
}
