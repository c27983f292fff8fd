import { manifoldError } from '../errors.js'

/** Fails a check of the suite unless the condition holds. */
export function demand(condition: boolean, failure: string): void {
  if (!condition) throw manifoldError('MANIFOLD_CONFORMANCE', `Conformance: ${failure}.`)
}
