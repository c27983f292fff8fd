/**
 * What `process.interrupt(cause)` throws into a process, at the `yield` at which it waits. Its
 * `cause` is what the interrupter gave as the reason.
 */
export class Interruption extends Error {
  override readonly name = 'Interruption'

  constructor(cause: unknown) {
    super(`Interrupted: ${String(cause)}`, { cause })
  }
}
