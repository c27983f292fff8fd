import { routerError } from '../errors.js'

/** Throws `ROUTER_CONFORMANCE` unless the condition holds. */
export function demand(condition: boolean, failure: string): asserts condition {
  if (!condition) throw routerError('ROUTER_CONFORMANCE', `Conformance: ${failure}.`)
}
