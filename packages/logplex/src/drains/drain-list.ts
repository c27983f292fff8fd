import type { LogSink } from '@celadon/contracts'
import { RandomStream } from '@celadon/kernel'
import type { LogChannel } from '../channel/log-channel.js'
import { schedulerOf } from '../channel/scheduler-of.js'
import type { Tokens } from '../channel/tokens.js'
import { argumentInvalid } from '../errors.js'
import type { BufferedDrain } from './buffered-drain.js'
import { DRAINS_MAX, type Drain, type DrainOptions } from './drain.js'
import { parseDrainUrl } from './drain-url.js'
import { HttpsDrain } from './https-drain.js'
import { SyslogDrain } from './syslog-drain.js'

/** The drains of an app. */
export class DrainList {
  private added = 0
  /** Those that were removed too, until another is added. */
  private drains: readonly BufferedDrain[] = []

  /**
   * @param log for what drains have to tell
   * @param seed random waits derive from it
   */
  constructor(
    private readonly channel: LogChannel,
    private readonly log: LogSink,
    private readonly tokens: Tokens,
    private readonly seed: string,
  ) {}

  /** Drains that were not removed, oldest first. */
  get current(): readonly BufferedDrain[] {
    return this.drains.filter((drain) => !drain.isRemoved)
  }

  add({ url, consumer }: DrainOptions): Drain {
    const target = parseDrainUrl(url)
    const { channel, log, tokens, seed } = this
    const scheduler = schedulerOf(channel.clock, 'a drain')
    const { current } = this
    if (current.length >= DRAINS_MAX) {
      throw argumentInvalid(`an app has at most ${DRAINS_MAX} drains; remove one of them first`)
    }
    const token = tokens.ofDrain(this.added)
    const stream = new RandomStream(`${seed}/logplex/drain/${this.added}`)
    const setting = { token, url, target, consumer, channel, log, scheduler, stream }
    const drain = target.scheme.startsWith('http')
      ? new HttpsDrain(setting)
      : new SyslogDrain(setting)
    this.added += 1
    this.drains = [...current, drain]
    channel.attach(drain)
    return drain
  }
}
