import type { LogSink, RandomSource, Scheduler } from '@celadon/contracts'
import { ByteWriter } from '../bytes/byte-writer.js'
import type { LogChannel } from '../channel/log-channel.js'
import type { LogOutlet } from '../channel/log-outlet.js'
import type { LogRow } from '../channel/log-row.js'
import { writeLineFrame } from '../frames/encode-frame.js'
import type { FrameForm } from '../frames/frame.js'
import { SyslogFormat } from '../frames/syslog-format.js'
import type { BatchAnswer, DrainConsumer } from './consumer.js'
import type { Drain, DrainStatistics } from './drain.js'
import {
  type ConnectionFailure,
  type ConnectionLimits,
  type ConnectionOwner,
  DrainConnection,
} from './drain-connection.js'
import type { DrainUrl } from './drain-url.js'
import { lossLine } from './loss-line.js'
import { MessageBuffer } from './message-buffer.js'

/** Messages that wait for a drain, at most. Source: logplex's source. */
const BUFFER_MESSAGES = 1024
/** The same after a long outage. Source: logplex's source. */
const SHRUNK_BUFFER_MESSAGES = 10

/** What a drain stands in. */
export interface DrainSetting {
  readonly token: string
  readonly url: string
  readonly target: DrainUrl
  readonly consumer: DrainConsumer
  readonly channel: LogChannel
  readonly scheduler: Scheduler
  readonly stream: RandomSource
  /** The app's log, for L14. */
  readonly log: LogSink
}

/** What syslog drains and HTTPS drains have in common: the buffer, the waits and the counts. */
export abstract class BufferedDrain implements Drain, LogOutlet, ConnectionOwner {
  readonly token: string
  readonly url: string

  protected readonly buffer: MessageBuffer = new MessageBuffer(BUFFER_MESSAGES)
  protected readonly connection: DrainConnection
  protected readonly scheduler: Scheduler
  protected readonly channel: LogChannel
  protected readonly batch: ByteWriter = new ByteWriter()

  /** Messages in the batch that is being sent, or will be again. */
  protected sending = 0
  protected delivered = 0
  protected discarded = 0
  protected unconfirmed = 0
  protected reported = 0
  protected batches = 0
  protected repeated = 0
  protected failures = 0
  private taken = 0
  /** Number of the first line of the log that it has not taken yet. */
  private next: number

  isRemoved = false
  private isWaiting = false
  private isWoken = false
  private waitTicket = 0
  private readonly format: SyslogFormat
  private readonly message = new ByteWriter()

  constructor(
    private readonly setting: DrainSetting,
    form: FrameForm,
    limits: ConnectionLimits,
  ) {
    const { token, url, channel, scheduler, consumer, stream } = setting
    this.token = token
    this.url = url
    this.channel = channel
    this.next = channel.ring.written + 1
    this.scheduler = scheduler
    this.format = new SyslogFormat(form, token, channel.generation)
    this.connection = new DrainConnection(this, consumer, limits, scheduler, stream)
  }

  get statistics(): DrainStatistics {
    const { taken, delivered, unconfirmed, sending, reported, batches, repeated, failures } = this
    const dropped = this.discarded + this.buffer.dropped
    const waiting = this.buffer.length
    const connections = this.connection.opened
    return {
      ...{ taken, delivered, dropped, unconfirmed, sending, waiting },
      ...{ reported, batches, repeated, connections, failures },
    }
  }

  take(): void {
    if (this.isRemoved) return
    const { ring } = this.channel
    while (this.next <= ring.written) {
      this.next += 1
      this.add(ring.row(this.next - 1))
    }
    if (!this.isBusy && !this.isWoken) {
      this.isWoken = true
      this.scheduler.schedule(0, wake, this)
    }
  }

  remove(): void {
    if (this.isRemoved) return
    this.isRemoved = true
    this.channel.detach(this)
    this.connection.close()
    if (this.isWaiting) this.scheduler.cancel(this.waitTicket)
    this.unconfirmed += this.sending
    this.sending = 0
    this.buffer.clear(this.channel.nowMicros)
  }

  /** A line came, in the event before. @internal */
  wake(): void {
    this.isWoken = false
    if (!this.isRemoved && !this.isBusy) this.proceed()
  }

  /** A wait is over. @internal */
  endWait(): void {
    this.isWaiting = false
    this.resume()
  }

  failed(failure: ConnectionFailure): void {
    this.failures += 1
    this.recover(failure)
    if (failure !== 'bad certificate' || !this.usesTls) return
    const uri = this.setting.target.shown
    const text = `Error L14 (certificate validation): error="bad certificate" uri="${uri}"`
    this.setting.log.write('heroku', 'logplex', text)
  }

  abstract opened(): void
  abstract answered(answer: Exclude<BatchAnswer, 'broken'>): void

  /** There is something to send, and nothing is under way. */
  protected abstract proceed(): void
  /** The drain has waited and may connect again. */
  protected abstract resume(): void
  /** The connection is gone: goes on in a while. */
  protected abstract recover(failure: ConnectionFailure): void

  /** A consumer may remove the drain when it hears that the connection is gone: then nothing goes on. */
  protected wait(delayMs: number): void {
    if (this.isRemoved) return
    this.isWaiting = true
    this.waitTicket = this.scheduler.schedule(delayMs, endWait, this)
  }

  protected shrinkBuffer(): void {
    this.buffer.resize(SHRUNK_BUFFER_MESSAGES, this.channel.nowMicros)
  }

  protected restoreBuffer(): void {
    this.buffer.resize(BUFFER_MESSAGES, this.channel.nowMicros)
  }

  /** Adds the report of a loss to the batch, as a frame. */
  protected writeLoss(lost: number, sinceMicros: number): void {
    writeLineFrame(lossLine(this.channel.nowMicros, lost, sinceMicros), this.format, this.batch)
  }

  private add(row: LogRow): void {
    this.taken += 1
    const { message, channel } = this
    message.clear()
    this.format.write(row, channel.encoder.textOf(row), message)
    this.buffer.push(message.view().slice(), channel.nowMicros)
  }

  private get isBusy(): boolean {
    const { state } = this.connection
    return this.isWaiting || state === 'opening' || state === 'sending'
  }

  private get usesTls(): boolean {
    const { scheme } = this.setting.target
    return scheme === 'syslog+tls' || scheme === 'https'
  }
}

function wake(drain: BufferedDrain): void {
  drain.wake()
}

function endWait(drain: BufferedDrain): void {
  drain.endWait()
}
