import { Fifo } from '@celadon/kernel'
import type { LogChannel } from '../channel/log-channel.js'
import type { LogRow } from '../channel/log-row.js'
import { Batch } from './batch.js'
import type { LogplexInput } from './logplex-input.js'
import { Loss } from './loss.js'
import type { ResolvedDelivery } from './options.js'
import { ShuttleOutlet } from './shuttle-outlet.js'

// All numbers are log-shuttle's defaults. Source: log-shuttle's source, `config.go`.
const BATCH_LINES = 500
const BATCH_MS = 250
const WAITING_BATCHES_MAX = 50
const OUTLETS = 4

/**
 * log-shuttle: the process beside an app's process that reads what it prints, collects it in batches
 * and posts them to logplex. When too many batches wait it drops the newest whole; the app's process
 * is never held up.
 */
export class Shuttle {
  /** Lines that the process has printed. */
  taken = 0
  /** Lines that were dropped since the batches before them waited: L12 tells. */
  dropped = 0
  /** Dropped lines that no post has told of yet. */
  readonly drops: Loss = new Loss()
  /** Lost lines that no post has told of yet. */
  readonly losses: Loss = new Loss()

  private filling: Batch | null = null
  private timer = 0
  private waitingLines = 0
  private readonly free: Batch[] = []
  private readonly batches = new Fifo<Batch>()
  private readonly outlets: readonly ShuttleOutlet[]
  private readonly scheduler: ResolvedDelivery['scheduler']

  constructor(
    options: ResolvedDelivery,
    private readonly channel: LogChannel,
    input: LogplexInput,
  ) {
    this.scheduler = options.scheduler
    this.outlets = Array.from(
      { length: OUTLETS },
      () => new ShuttleOutlet(this, options, channel, input),
    )
  }

  /** The row for the next line of the process. Fill it in, then `commit` it. */
  claim(): LogRow {
    this.taken += 1
    this.waitingLines += 1
    if (this.filling === null) {
      this.filling = this.free.pop() ?? new Batch()
      this.timer = this.scheduler.schedule(BATCH_MS, endBatch, this)
    }
    const row = this.filling.claim()
    row.atMicros = this.channel.nowMicros
    return row
  }

  commit(): void {
    if (this.filling?.length !== BATCH_LINES) return
    this.scheduler.cancel(this.timer)
    this.endBatch()
  }

  /** Hands the batch that was being filled on. */
  endBatch(): void {
    const batch = this.filling
    if (batch === null) return
    this.filling = null
    const idle = this.outlets.find((outlet) => outlet.isIdle)
    if (idle !== undefined) idle.send(batch)
    else if (this.batches.length < WAITING_BATCHES_MAX) this.batches.push(batch)
    else this.drop(batch)
  }

  /** The batch that has waited longest, for an outlet that is idle. */
  nextBatch(): Batch | null {
    return this.batches.shift()
  }

  /** Part of the room for waiting batches that is taken, 0 to 1. */
  get fill(): number {
    return this.batches.length / WAITING_BATCHES_MAX
  }

  /** Lines on their way: being collected, waiting or being posted. */
  get waiting(): number {
    return this.waitingLines
  }

  get lost(): number {
    return sum(this.outlets, (outlet) => outlet.lost)
  }

  get refused(): number {
    return sum(this.outlets, (outlet) => outlet.refused)
  }

  get reported(): number {
    return sum(this.outlets, (outlet) => outlet.reported)
  }

  /** A batch is through, in whichever way; it is used again. */
  release(batch: Batch): void {
    this.waitingLines -= batch.length
    batch.clear()
    this.free.push(batch)
  }

  private drop(batch: Batch): void {
    this.dropped += batch.length
    this.drops.add(batch.length, this.channel.nowMicros)
    this.release(batch)
  }
}

function endBatch(shuttle: Shuttle): void {
  shuttle.endBatch()
}

function sum(
  outlets: readonly ShuttleOutlet[],
  countOf: (outlet: ShuttleOutlet) => number,
): number {
  return outlets.reduce((total, outlet) => total + countOf(outlet), 0)
}
