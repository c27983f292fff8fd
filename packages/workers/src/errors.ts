import { CeladonError } from '@celadon/kernel'

/**
 * Codes of the errors that this package throws. They are stable: match on the code, not on the text.
 *
 * - `WORKERS_OPTION_INVALID`: an option is outside of what it accepts.
 * - `WORKERS_JOB_NOT_RUNNING`: a worker reported the end of an attempt that is not under way.
 */
export type WorkersErrorCode = 'WORKERS_OPTION_INVALID' | 'WORKERS_JOB_NOT_RUNNING'

/** An error thrown by this package. */
export function workersError(
  code: WorkersErrorCode,
  message: string,
): CeladonError<WorkersErrorCode> {
  return new CeladonError(code, message)
}
