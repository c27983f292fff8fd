import { randomUUID } from 'node:crypto'
import { type LogLine, type ReadLine, splitLines } from '@celadon/logplex'
import type { LineSink } from '../logs/line-sink.js'
import { type WallClock, wallClock } from '../logs/pace.js'
import { parseDrainTarget } from './drain-target.js'
import { PostTransport } from './post-transport.js'
import { openSyslogTransport } from './syslog-transport.js'
import type { Transport } from './transport.js'

/**
 * Opens a drain to a real consumer. Each is a drain of its own, with a new token, so that a consumer
 * does not take a log that is sent once more for one that it has.
 *
 * @param signal lets go of the consumer at once when it aborts
 * @throws CommandError when it is no URL of a drain, or the consumer cannot be reached
 */
export async function openDrain(
  url: string,
  signal: AbortSignal,
  clock: WallClock = wallClock,
): Promise<DrainedLines> {
  const target = parseDrainTarget(url)
  const token = `d.${randomUUID()}`
  const transport =
    target.type === 'syslog'
      ? await openSyslogTransport(target, token, signal, clock)
      : new PostTransport(target, token, signal, clock)
  return new DrainedLines(transport, target.shown)
}

/** Sends lines as messages to a consumer, in batches of the sizes of Heroku's drains. */
export class DrainedLines implements LineSink {
  private sent = 0
  private batches = 0
  /** Lines before the first one that has a time: a message needs one. */
  private undated = 0
  private frames: Uint8Array[] = []
  private bytes = 0
  private atMicros: number | null = null
  private source: LogLine['source'] = 'app'
  private process = ''

  constructor(
    private readonly transport: Transport,
    private readonly shown: string,
  ) {}

  /** @throws CommandError as `flush` */
  add(line: ReadLine, wholeSeconds: boolean): Promise<void> | undefined {
    this.atMicros = line.atMicros ?? this.atMicros
    if (line.source !== '' || line.process !== '') {
      this.source = line.source === 'heroku' ? 'heroku' : 'app'
      this.process = line.process
    }
    const { atMicros, source, process, transport } = this
    if (atMicros === null) {
      this.undated += 1
      return
    }
    const generation = wholeSeconds ? 'cedar-2012' : 'router-2.0'
    // A record of JSON may hold several lines, or one that is too long for a message.
    const frames = splitLines(line.text).map((text) =>
      transport.encode({ atMicros, source, process, text }, generation),
    )
    const bytes = frames.reduce((sum, frame) => sum + frame.length, 0)
    const isFull = this.bytes > 0 && this.bytes + bytes >= transport.batchBytes
    const flushed = isFull ? this.flush() : undefined
    this.frames.push(...frames)
    this.bytes += bytes
    return flushed
  }

  /** @throws CommandError when the consumer does not take the batch, or hung up */
  async flush(): Promise<void> {
    const { frames } = this
    if (frames.length === 0) return
    this.frames = []
    this.bytes = 0
    await this.transport.send(Buffer.concat(frames), frames.length)
    this.batches += 1
    this.sent += frames.length
  }

  /** Ends in an orderly way. @throws CommandError when the consumer hung up before */
  close(): Promise<void> {
    return this.transport.close()
  }

  /** Lets go of the consumer; what is on its way may be lost. */
  abandon(): void {
    this.transport.abandon()
  }

  /** What became of the lines, in words for people. */
  summary(): string {
    const { sent, batches, shown, undated } = this
    const lines = [
      `Sent ${count(sent, 'message', 'messages')} in ${count(batches, 'batch', 'batches')} to ${shown}.`,
    ]
    if (undated > 0)
      lines.push(`Left out ${count(undated, 'line', 'lines')} before the first time.`)
    return `${lines.join('\n')}\n`
  }
}

function count(number: number, one: string, more: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : more}`
}
