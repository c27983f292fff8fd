import { syslogWaitMs } from './back-off.js'
import { fillBatch } from './batch.js'
import { BufferedDrain, type DrainSetting } from './buffered-drain.js'

/** Bytes to which a batch is filled. Source: logplex's source. */
const BATCH_BYTES = 4096
/** Source: logplex's source. */
const LIMITS = { connectMs: 4000, batchMs: 4000, idleMs: 240_000 }
/** A drain that sent successfully less than this ago waits as long. Source: logplex's source. */
const RECENT_MS = 30_000
/** Failures in a row after which a full buffer shrinks. Source: logplex's source. */
const SHRINK_FAILURES = 10

/**
 * A drain over TCP or TLS. What was in a batch when the connection broke is not sent again: nothing
 * is sent twice, and nobody knows whether it arrived. Source: logplex's source,
 * `logplex_tcpsyslog_drain` and `logplex_tlssyslog_drain`.
 */
export class SyslogDrain extends BufferedDrain {
  /** Since the last batch that was taken. */
  private failuresInRow = 0
  /** Messages whose loss the batch reports. */
  private reporting = 0

  constructor(setting: DrainSetting) {
    super(setting, 'syslog', LIMITS)
  }

  opened(): void {
    this.restoreBuffer()
    this.proceed()
  }

  answered(): void {
    this.connection.lastGoodMs = this.scheduler.now
    this.failuresInRow = 0
    this.delivered += this.sending
    this.reported += this.reporting
    this.sending = 0
    this.reporting = 0
    this.proceed()
  }

  protected proceed(): void {
    const { buffer, connection, batch } = this
    if (buffer.length === 0) return
    if (connection.state === 'closed') {
      this.reconnect()
      return
    }
    batch.clear()
    this.reporting = buffer.lost
    if (buffer.lost > 0) this.writeLoss(buffer.lost, buffer.lostSinceMicros)
    buffer.forgetLoss()
    this.sending = fillBatch(buffer, BATCH_BYTES, batch)
    this.batches += 1
    const messages = this.sending + (this.reporting > 0 ? 1 : 0)
    connection.send({ bytes: batch.view().slice(), messages, headers: null })
  }

  protected resume(): void {
    this.connection.open()
  }

  protected recover(): void {
    this.failuresInRow += 1
    this.unconfirmed += this.sending
    this.sending = 0
    this.reporting = 0
    this.reconnect()
  }

  private reconnect(): void {
    const { connection, buffer, failuresInRow } = this
    if (failuresInRow > 0) {
      if (failuresInRow > SHRINK_FAILURES && buffer.full && buffer.lost > 0) this.shrinkBuffer()
      this.wait(syslogWaitMs(failuresInRow))
    } else if (this.scheduler.now - connection.lastGoodMs < RECENT_MS) {
      this.wait(RECENT_MS)
    } else {
      connection.open()
    }
  }
}
