import type { Backend } from '@celadon/contracts'
import type { Candidate } from '../policies/policy.js'
import type { BackendConnection } from './backend-connection.js'

const GONE = -1

/** What one router instance knows of one dyno. */
export class BackendState implements Candidate {
  readonly name: string
  active = 0
  quarantinedUntil = 0
  /** Index among the dynos that the instance knows; -1 when it is no longer one of them. */
  position: number = GONE
  /** The connection that was idle last; each one leads to the one that was idle before it. */
  private idle: BackendConnection | null = null

  constructor(readonly backend: Backend) {
    this.name = backend.name
  }

  get isGone(): boolean {
    return this.position === GONE
  }

  /** The instance no longer knows the dyno. */
  leave(): void {
    this.position = GONE
    this.closeIdle()
  }

  pushIdle(connection: BackendConnection): void {
    connection.below = this.idle
    this.idle = connection
  }

  /** Takes the connection that was idle last; null when there is none. */
  popIdle(): BackendConnection | null {
    const { idle } = this
    if (idle === null) return null
    this.idle = idle.below
    // A connection in use would hold those that it once lay on, closed ones too, for as long.
    idle.below = null
    return idle
  }

  closeIdle(): void {
    for (let idle = this.idle; idle !== null; idle = idle.below) idle.keptUntil = -1
    this.idle = null
  }
}
