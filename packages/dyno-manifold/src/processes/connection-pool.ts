import type { AddOn } from '@celadon/contracts'

/**
 * Connections of one process to one add-on. A thread takes one for the time of a call; the process
 * keeps what it opened, as ActiveRecord's pool does, so it has at most one for each thread.
 */
export class ConnectionPool {
  private open = 0
  private inUse = 0

  constructor(readonly addOn: AddOn) {}

  /** Takes an open connection or opens one. Returns the error message when that is refused. */
  take(): string | null {
    if (this.inUse === this.open) {
      const refusal = this.addOn.connect?.() ?? null
      if (refusal !== null) return refusal
      this.open += 1
    }
    this.inUse += 1
    return null
  }

  giveBack(): void {
    this.inUse -= 1
  }

  /** A thread gives a connection back whose answer it has not read: nobody can use it any more. */
  giveBackBroken(): void {
    this.inUse -= 1
    this.open -= 1
    this.addOn.disconnect?.(1)
  }

  /** The process has ended, and its connections with it. */
  close(): void {
    if (this.open > 0) this.addOn.disconnect?.(this.open)
    this.open = 0
    this.inUse = 0
  }
}
