import type { RandomSource } from '@celadon/contracts'
import { FrameIds } from '../frames/frame-id.js'
import { httpsHeaders } from '../frames/https-headers.js'
import { httpsWaitMs } from './back-off.js'
import { fillBatch } from './batch.js'
import { BufferedDrain, type DrainSetting } from './buffered-drain.js'
import type { BatchAnswer } from './consumer.js'
import type { ConnectionFailure } from './drain-connection.js'

/** Bytes to which the body of a POST is filled. Source: logplex's source. */
const BATCH_BYTES = 102_400
/** Source: logplex's source. */
const LIMITS = { connectMs: 3000, batchMs: 5000, idleMs: 144_000 }
/** How often a frame is sent, at most: once, and again twice. Source: logplex's source. */
const TRIES = 3
/** Time without success after which the buffer shrinks. Source: logplex's source. */
const SHRINK_MS = 300_000
const TOO_MANY_REQUESTS = 429

const NOTHING = new Uint8Array(0)

/**
 * A drain that posts. A body that is not taken is posted again under the same frame id; a time-out may
 * follow after the consumer took it, so there are duplicates. Source: logplex's source,
 * `logplex_http_drain`.
 */
export class HttpsDrain extends BufferedDrain {
  /** Frames of the body that is being sent or will be again, without a report of loss. */
  private body: Uint8Array = NOTHING
  private bodies = 0
  private tries = 0
  /** Attempts to connect since the last connection. */
  private connectTries = 0
  /** Messages that were dropped and not yet reported. */
  private unreported = 0
  private unreportedSinceMicros = 0
  private readonly frameIds: FrameIds
  private readonly stream: RandomSource

  constructor(setting: DrainSetting) {
    super(setting, 'https', LIMITS)
    this.frameIds = new FrameIds(setting.token)
    this.stream = setting.stream
  }

  opened(): void {
    this.connectTries = 0
    this.proceed()
  }

  answered(answer: Exclude<BatchAnswer, 'broken'>): void {
    const status = answer === 'taken' ? 200 : answer
    if (status >= 200 && status < 300) this.succeed()
    else if (status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS) this.refuse()
    else this.postpone()
  }

  protected proceed(): void {
    const { buffer, connection } = this
    if (this.sending === 0 && buffer.length === 0) return
    if (connection.state === 'closed') connection.open()
    else this.post()
  }

  protected resume(): void {
    this.proceed()
  }

  protected recover(failure: ConnectionFailure): void {
    if (failure === 'hung up') return
    if (failure === 'broken' || failure === 'timed out') this.useTry()
    this.waitToConnect()
  }

  private succeed(): void {
    this.connection.lastGoodMs = this.scheduler.now
    this.delivered += this.sending
    this.reported += this.unreported
    this.sending = 0
    this.unreported = 0
    this.restoreBuffer()
    this.proceed()
  }

  private refuse(): void {
    this.failures += 1
    this.dropBody()
    this.proceed()
  }

  private postpone(): void {
    this.failures += 1
    this.connection.close()
    this.useTry()
    this.waitToConnect()
  }

  private post(): void {
    if (this.sending === 0) this.takeBody()
    else this.repeated += 1
    const { batch, body, token } = this
    batch.clear()
    if (this.unreported > 0) this.writeLoss(this.unreported, this.unreportedSinceMicros)
    batch.bytes(body)
    this.batches += 1
    const messages = this.sending + (this.unreported > 0 ? 1 : 0)
    const headers = httpsHeaders({ token, messages, frameId: this.frameIds.of(this.bodies) })
    this.connection.send({ bytes: batch.view().slice(), messages, headers })
  }

  private takeBody(): void {
    const { buffer, batch } = this
    batch.clear()
    this.addUnreported(buffer.lost, buffer.lostSinceMicros)
    buffer.forgetLoss()
    this.sending = fillBatch(buffer, BATCH_BYTES, batch)
    this.body = batch.view().slice()
    this.bodies += 1
    this.tries = TRIES
  }

  /** The body was sent in vain. */
  private useTry(): void {
    if (this.sending === 0) return
    this.tries -= 1
    if (this.tries === 0) this.dropBody()
  }

  private dropBody(): void {
    this.discarded += this.sending
    this.addUnreported(this.sending, this.channel.nowMicros)
    this.sending = 0
    this.body = NOTHING
  }

  private addUnreported(lost: number, sinceMicros: number): void {
    if (lost === 0) return
    if (this.unreported === 0) this.unreportedSinceMicros = sinceMicros
    this.unreported += lost
  }

  private waitToConnect(): void {
    const { lastGoodMs } = this.connection
    const goodOnce = lastGoodMs > Number.NEGATIVE_INFINITY
    if (goodOnce && this.scheduler.now - lastGoodMs > SHRINK_MS) this.shrinkBuffer()
    this.wait(httpsWaitMs(this.connectTries, this.stream))
    this.connectTries += 1
  }
}
