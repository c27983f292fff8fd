import type { Scheduler } from '@celadon/contracts'
import { argumentInvalid, requireInOrder } from '../errors.js'
import type { TailLine, TailReader } from './tail-reader.js'
import type { TailSession } from './tail-session.js'

/** A time in which a reader takes nothing, in milliseconds of virtual time. */
export interface ReaderPause {
  readonly fromMs: number
  readonly toMs: number
}

/** How a simulated reader reads. */
export interface SlowReaderOptions {
  /** `@celadon/kernel`'s `Simulation` is one. */
  readonly scheduler: Scheduler
  /** Lines that it reads in a second while it reads, above 0. */
  readonly linesPerSecond: number
  /** When it does not read, in the order of time and apart from each other. Default: never. */
  readonly pauses?: readonly ReaderPause[]
  /** Gets each line when it has been read. Default: nobody does. */
  readonly write?: (line: TailLine) => void
}

/**
 * A reader with a speed, such as `heroku logs --tail` on a poor connection. It has a packet read when
 * its lines are through, and only then asks for the next.
 *
 * @throws `LOGPLEX_ARGUMENT_INVALID` when the speed is not above 0 or the pauses are out of order
 */
export function slowReader(options: SlowReaderOptions): TailReader {
  return new SlowReader(options)
}

class SlowReader implements TailReader {
  private readonly scheduler: Scheduler
  private readonly lineMs: number
  private readonly pauses: readonly ReaderPause[]
  private readonly write: (line: TailLine) => void

  constructor({ scheduler, linesPerSecond, pauses = [], write = ignore }: SlowReaderOptions) {
    if (!(linesPerSecond > 0)) {
      throw argumentInvalid(`linesPerSecond must be a number above 0, but was ${linesPerSecond}`)
    }
    requireInOrder('pauses', pauses)
    this.scheduler = scheduler
    this.lineMs = 1000 / linesPerSecond
    this.pauses = pauses
    this.write = write
  }

  take(lines: readonly TailLine[], session: TailSession): void {
    const { scheduler } = this
    const doneMs = this.doneMs(scheduler.now, lines.length * this.lineMs)
    scheduler.schedule(doneMs - scheduler.now, readPacket, new Packet(lines, session, this.write))
  }

  /** When reading is through that takes `workMs` outside of the pauses. */
  private doneMs(nowMs: number, workMs: number): number {
    let endMs = nowMs + workMs
    for (const { fromMs, toMs } of this.pauses) {
      if (toMs <= nowMs) continue
      if (fromMs >= endMs) break
      endMs += toMs - Math.max(fromMs, nowMs)
    }
    return endMs
  }
}

/** A packet on its way through a reader. */
class Packet {
  constructor(
    readonly lines: readonly TailLine[],
    readonly session: TailSession,
    readonly write: (line: TailLine) => void,
  ) {}
}

function readPacket({ lines, session, write }: Packet): void {
  for (const line of lines) write(line)
  session.ready()
}

function ignore(): void {}
