import type { LogSource } from '@celadon/contracts'
import { RequestIdentity } from './request-identity.js'

const SOURCE_TOKENS = 2

/**
 * The tokens of an app: `t.` and a UUID for each source, to write under it; `d.` and a UUID for each
 * drain. They are computed from the seed and take no random numbers. Source: logplex's source.
 */
export class Tokens {
  readonly sources: Readonly<Record<LogSource, string>>
  private readonly identity: RequestIdentity

  constructor(seed: string) {
    this.identity = new RequestIdentity(`${seed}/tokens`)
    this.sources = { app: `t.${this.identity.uuid(0)}`, heroku: `t.${this.identity.uuid(1)}` }
  }

  /** @param index of the drain among all that were added, from 0 */
  ofDrain(index: number): string {
    return `d.${this.identity.uuid(SOURCE_TOKENS + index)}`
  }
}
