import { CeladonError } from '@celadon/kernel'

/**
 * Codes of the errors that this package throws. They are stable: match on the code, not on the text.
 *
 * - `LOGPLEX_ARGUMENT_INVALID`: an option or an argument is outside of what is accepted.
 */
export type LogplexErrorCode = 'LOGPLEX_ARGUMENT_INVALID'

/** Throws unless `value` is a whole number from `min` to `max`. */
export function requireWhole(what: string, value: number, min: number, max: number): void {
  if (!(Number.isInteger(value) && value >= min && value <= max)) {
    throw argumentInvalid(`${what} must be a whole number from ${min} to ${max}, but was ${value}`)
  }
}

/** Throws unless each span ends after it begins and begins after the one before has ended. */
export function requireInOrder(
  what: string,
  spans: readonly { readonly fromMs: number; readonly toMs: number }[],
): void {
  let lastMs = Number.NEGATIVE_INFINITY
  for (const { fromMs, toMs } of spans) {
    if (!(fromMs >= lastMs && toMs >= fromMs)) {
      throw argumentInvalid(
        `${what} must be in the order of time and apart from each other, but one is from ${fromMs} to ${toMs} ms`,
      )
    }
    lastMs = toMs
  }
}

export function argumentInvalid(message: string): CeladonError<LogplexErrorCode> {
  return new CeladonError('LOGPLEX_ARGUMENT_INVALID', `Logplex: ${message}.`)
}
