/**
 * Codes of the errors that the kernel throws. They are stable: match on the code, not on the text.
 *
 * - `KERNEL_DELAY_INVALID`: a delay is negative or not a number.
 * - `KERNEL_PENDING_LIMIT`: more events wait than the limit allows; a model schedules without end.
 * - `KERNEL_EVENT_LIMIT`: a run executed more events than the limit allows.
 * - `KERNEL_HORIZON`: an event lies after the last virtual time that the simulation may reach.
 * - `KERNEL_RUNNING`: something was called by a handler that is possible between runs only.
 * - `KERNEL_PROCESS_FAILED`: a process threw an error, which is the `cause`.
 * - `KERNEL_SNAPSHOT_UNSUPPORTED`: a snapshot would have to hold a generator or a promise.
 * - `KERNEL_ARGUMENT_INVALID`: any other argument is outside of what the function accepts.
 */
export type KernelErrorCode =
  | 'KERNEL_DELAY_INVALID'
  | 'KERNEL_PENDING_LIMIT'
  | 'KERNEL_EVENT_LIMIT'
  | 'KERNEL_HORIZON'
  | 'KERNEL_PROCESS_FAILED'
  | 'KERNEL_RUNNING'
  | 'KERNEL_SNAPSHOT_UNSUPPORTED'
  | 'KERNEL_ARGUMENT_INVALID'

/**
 * A usage error: wrong arguments or a limit reached. Simulated failures (an H12, a crash) are data
 * and never thrown.
 */
export class CeladonError<Code extends string = string> extends Error {
  override readonly name = 'CeladonError'
  /** Stable code, for example `KERNEL_DELAY_INVALID`. */
  readonly code: Code

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An error thrown by the kernel. */
export function kernelError(code: KernelErrorCode, message: string): CeladonError<KernelErrorCode> {
  return new CeladonError(code, message)
}

/** The error for a time that should have been a number of milliseconds, 0 or more. */
export function invalidDelay(what: string, delayMs: number, nowMs: number): Error {
  return kernelError(
    'KERNEL_DELAY_INVALID',
    `${what} must be a finite number of milliseconds, 0 or more, but was ${delayMs} (at virtual time ${nowMs} ms).`,
  )
}
