import { ByteWriter } from '../bytes/byte-writer.js'
import { LineFilter, type LineSelection } from '../channel/line-filter.js'
import { type LogChannel, TAIL_BUFFER_LINES } from '../channel/log-channel.js'
import type { LogOutlet } from '../channel/log-outlet.js'
import { argumentInvalid, requireWhole } from '../errors.js'
import { forbiddenLine, overflowLine, unavailableLine } from './tail-notices.js'
import type { TailLine, TailReader } from './tail-reader.js'
import type { TailSession, TailStatistics, TailStatus } from './tail-session.js'

/** How long a session may be connected to. Source: logplex's source, `session_expiry_s`. */
const LIFE_MS = 360_000
/** How long a connection lasts. A guess: users report about an hour. */
const CONNECTION_MS = 3_600_000
/** Bytes to which a packet is filled. Source: logplex's source, `logplex_tail_buffer`. */
const PACKET_BYTES = 4096

/**
 * A tail session whose buffer is a view on the ring: the lines from `next` to `newest`. So nothing
 * is copied, and the text of a line is made when the reader takes it.
 */
export class BufferedTail implements TailSession, LogOutlet {
  lastId = 0
  private phase: TailStatus = 'created'
  private reader: TailReader | null = null
  private connectedMs = 0
  private isReady = false
  private isHandingOn = false

  /** Number of the oldest line in the buffer. */
  private next = 1
  /** Number of the newest one. */
  private newest = 0
  private unreported = 0
  private unreportedSinceMicros = 0

  private taken = 0
  private delivered = 0
  private filtered = 0
  private dropped = 0
  private abandoned = 0
  private backlog = 0
  private missed = 0

  private readonly createdMs: number
  private readonly filter: LineFilter
  private readonly line = new ByteWriter()

  constructor(
    private readonly channel: LogChannel,
    selection: LineSelection,
    private readonly backlogLines: number,
  ) {
    this.createdMs = channel.clock.now
    this.filter = new LineFilter(selection)
  }

  get status(): TailStatus {
    return this.phase === 'open' && this.isOver ? 'timed-out' : this.phase
  }

  get statistics(): TailStatistics {
    const { taken, delivered, filtered, dropped, abandoned, waiting, backlog, missed } = this
    return { taken, delivered, filtered, dropped, abandoned, waiting, backlog, missed }
  }

  connect(reader: TailReader, after?: number): TailStatus {
    const { channel } = this
    if (this.phase !== 'created') {
      throw argumentInvalid(
        `a tail session has one connection, but this one is ${this.status}; create another to go on`,
      )
    }
    if (after !== undefined) requireWhole('after', after, 0, channel.ring.written)
    if (channel.clock.now - this.createdMs >= LIFE_MS) {
      this.phase = 'expired'
      return this.phase
    }
    this.open(reader, this.lookBack(after))
    return this.phase
  }

  ready(): void {
    this.isReady = true
    this.take()
  }

  disconnect(): void {
    this.leave(this.status === 'timed-out' ? 'timed-out' : 'left')
  }

  take(): void {
    if (this.phase !== 'open') return
    if (this.isOver) {
      this.leave('timed-out')
      return
    }
    const { written } = this.channel.ring
    this.taken += written - this.newest
    this.newest = written
    while (this.waiting > TAIL_BUFFER_LINES) this.dropOldest()
    this.handOn()
  }

  private get isOver(): boolean {
    return this.channel.clock.now - this.connectedMs >= CONNECTION_MS
  }

  private get waiting(): number {
    return this.reader === null ? 0 : this.newest - this.next + 1
  }

  /** What the reader gets first. */
  private lookBack(after: number | undefined): TailLine[] {
    const { ring, history, nowMicros, generation } = this.channel
    const oldest = history.oldest(nowMicros)
    const count = after === undefined ? this.backlogLines : ring.written - after
    const numbers = history.newest(count, this.filter, nowMicros)
    const lines = numbers.filter((id) => id > (after ?? 0)).map((id) => this.lineOf(id))
    if (after !== undefined) this.missed = Math.max(0, oldest - after - 1)
    this.backlog = lines.length
    if (history.state === 'unavailable') {
      lines.push({ id: ring.written, text: unavailableLine(nowMicros, generation) })
    }
    return lines
  }

  private open(reader: TailReader, lines: TailLine[]): void {
    const { channel } = this
    const { ring, nowMicros, generation, tailsForbidden } = channel
    if (tailsForbidden) {
      lines.push({ id: ring.written, text: forbiddenLine(nowMicros, generation) })
      this.phase = 'forbidden'
    } else {
      this.phase = 'open'
      this.reader = reader
      this.connectedMs = channel.clock.now
      this.next = ring.written + 1
      this.newest = ring.written
      channel.attach(this)
    }
    this.isReady = lines.length === 0
    if (lines.length > 0) this.hand(lines, reader)
  }

  private leave(phase: TailStatus): void {
    if (this.phase !== 'open') return
    this.abandoned += this.waiting
    this.phase = phase
    this.reader = null
    this.unreported = 0
    this.channel.detach(this)
  }

  private dropOldest(): void {
    if (this.unreported === 0) this.unreportedSinceMicros = this.channel.nowMicros
    this.unreported += 1
    this.dropped += 1
    this.next += 1
  }

  /** Hands packets on while the reader wants them; a reader may ask for the next one at once. */
  private handOn(): void {
    if (this.isHandingOn) return
    this.isHandingOn = true
    try {
      while (this.isReady && this.reader !== null && !this.isOver) {
        const lines = this.packet()
        if (lines.length === 0) return
        this.isReady = false
        this.hand(lines, this.reader)
      }
    } finally {
      this.isHandingOn = false
    }
  }

  private hand(lines: readonly TailLine[], reader: TailReader): void {
    const last = lines.at(-1)
    if (last !== undefined) this.lastId = last.id
    reader.take(lines, this)
  }

  /** Takes lines out of the buffer, up to 4096 bytes, or one that is longer. */
  private packet(): TailLine[] {
    const { ring } = this.channel
    const lines: TailLine[] = []
    let room = PACKET_BYTES - this.report(lines)
    while (this.next <= this.newest && room > 0) {
      const row = ring.row(this.next)
      if (this.filter.passes(row.source, row.process)) {
        const line = this.lineOf(this.next)
        const bytes = this.line.length
        if (bytes >= room && bytes < PACKET_BYTES) break
        room -= bytes
        lines.push(line)
        this.delivered += 1
      } else {
        this.filtered += 1
      }
      this.next += 1
    }
    return lines
  }

  /**
   * Adds the line that tells of the loss, if there is any, and returns its bytes. It passes the
   * reader's filter as every line does: who reads `--source app` is not told. Source: logplex's
   * source, `tail_filter`.
   */
  private report(lines: TailLine[]): number {
    if (this.unreported === 0) return 0
    const { nowMicros, generation } = this.channel
    const text = overflowLine(this.unreported, this.unreportedSinceMicros, nowMicros, generation)
    this.unreported = 0
    if (!this.filter.passes('heroku', 'logplex')) return 0
    lines.push({ id: this.next - 1, text })
    return text.length + 1
  }

  private lineOf(number: number): TailLine {
    const { ring, encoder } = this.channel
    this.line.clear()
    encoder.line(ring.row(number), this.line)
    return { id: number, text: this.line.toString().slice(0, -1) }
  }
}
