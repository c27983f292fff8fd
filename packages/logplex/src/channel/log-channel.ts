import type { Generation } from '@celadon/contracts'
import { LineEncoder } from '../lines/line-encoder.js'
import { LogHistory } from './log-history.js'
import type { LogOutlet } from './log-outlet.js'
import { LogRing } from './log-ring.js'
import type { LogRow } from './log-row.js'
import type { LogClock } from './options.js'
import { RequestIdentity } from './request-identity.js'

/**
 * Messages that logplex buffers for a tail session. The ring has room for them even when fewer lines
 * are to be kept, since it is that buffer. Source: logplex's source, `logplex_msg_buffer`.
 */
export const TAIL_BUFFER_LINES = 1024

/** What a channel is made from. */
interface ChannelOptions {
  readonly simulation: LogClock
  readonly generation: Generation
  readonly host: string
  readonly seed: string
  readonly ringLines: number
}

/** The lines of one app, in the order in which logplex took them in, and those who get them. */
export class LogChannel {
  /** Whether new tail sessions are refused, which is error L20. */
  tailsForbidden = false

  readonly generation: Generation
  readonly clock: LogClock
  readonly ring: LogRing
  readonly history: LogHistory
  readonly encoder: LineEncoder

  private outlets: readonly LogOutlet[] = []
  private readonly epochMicros: number

  constructor({ simulation, generation, host, seed, ringLines }: ChannelOptions) {
    this.generation = generation
    this.clock = simulation
    this.epochMicros = Math.round(simulation.epochMs * 1000)
    this.ring = new LogRing(Math.max(ringLines, TAIL_BUFFER_LINES))
    this.history = new LogHistory(this.ring, ringLines)
    this.encoder = new LineEncoder(generation, host, new RequestIdentity(seed))
  }

  /** Virtual time in whole microseconds since 1970. */
  get nowMicros(): number {
    return Math.round(this.clock.now * 1000) + this.epochMicros
  }

  /** The row for the next line, stamped with the current time. Fill it in, then `publish` it. */
  claim(): LogRow {
    const row = this.ring.claim()
    const { nowMicros } = this
    this.history.wrote(nowMicros)
    row.atMicros = nowMicros
    return row
  }

  /** Takes a line in that was stamped elsewhere. `line` may be written over afterwards. */
  add(line: LogRow): void {
    Object.assign(this.claim(), line)
    this.publish()
  }

  /** Tells everybody who gets every line that the claimed row is filled in. */
  publish(): void {
    for (const outlet of this.outlets) outlet.take()
  }

  /** From now on `outlet` gets every line. */
  attach(outlet: LogOutlet): void {
    this.outlets = [...this.outlets, outlet]
  }

  detach(outlet: LogOutlet): void {
    this.outlets = this.outlets.filter((other) => other !== outlet)
  }
}
