import type { Backend } from '@celadon/contracts'
import type { Candidate } from './policy.js'

/** What one router instance knows of one dyno. Other instances have their own. */
export class BackendState implements Candidate {
  readonly name: string
  active = 0
  quarantinedUntil = 0

  constructor(readonly backend: Backend) {
    this.name = backend.name
  }
}
