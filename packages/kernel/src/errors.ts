/**
 * Codes of the errors that the kernel throws. They are stable: match on the code, not on the text.
 *
 * - `KERNEL_DELAY_INVALID`: a delay is negative or not a number.
 * - `KERNEL_PENDING_LIMIT`: more events wait than the limit allows; a model schedules without end.
 * - `KERNEL_EVENT_LIMIT`: a run executed more events than the limit allows.
 * - `KERNEL_ARGUMENT_INVALID`: any other argument is outside of what the function accepts.
 */
export type KernelErrorCode =
  | 'KERNEL_DELAY_INVALID'
  | 'KERNEL_PENDING_LIMIT'
  | 'KERNEL_EVENT_LIMIT'
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
