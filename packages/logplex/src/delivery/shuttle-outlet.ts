import type { LogChannel } from '../channel/log-channel.js'
import { LogRow } from '../channel/log-row.js'
import { formatTimestamp } from '../lines/timestamp.js'
import { Batch } from './batch.js'
import { type LogplexInput, SHUTTLE_PROCESS } from './logplex-input.js'
import { Loss } from './loss.js'
import { POST_TIMEOUT_MS, type ResolvedDelivery } from './options.js'
import type { Shuttle } from './shuttle.js'

// Source of all numbers: log-shuttle's source, `config.go` and `http_outlet.go`.
const ATTEMPTS_MAX = 3
/** Pause after the first failure; after the second it is twice as long. */
const PAUSE_MS = 1000
/** The same after a connection that was closed without an answer. */
const CLOSED_PAUSE_MS = 100
/** With this part of the room for waiting batches taken, a failed batch is not sent again. */
const FILL_TO_GIVE_UP = 0.6

/** One of the senders of a log-shuttle: it posts a batch, waits for the answer, and tries again. */
export class ShuttleOutlet {
  isIdle = true
  /** Lines that were given up: L13 tells. */
  lost = 0
  /** Lines that logplex answered with an error. */
  refused = 0
  /** Lines that reports told of which logplex took. */
  reported = 0

  private batch = new Batch()
  private attempt = 0
  private readonly drops = new Loss()
  private readonly losses = new Loss()
  private readonly report = new LogRow()
  private readonly scheduler: ResolvedDelivery['scheduler']
  private readonly halfTripMs: number

  constructor(
    private readonly shuttle: Shuttle,
    options: ResolvedDelivery,
    private readonly channel: LogChannel,
    private readonly input: LogplexInput,
  ) {
    this.scheduler = options.scheduler
    this.halfTripMs = options.roundTripMs / 2
  }

  /**
   * Sends a batch, and before its lines what is to be reported. When the batch is lost, so is that
   * report: log-shuttle does not count it again.
   */
  send(batch: Batch): void {
    this.isIdle = false
    this.batch = batch
    this.attempt = 0
    this.drops.takeOver(this.shuttle.drops)
    this.losses.takeOver(this.shuttle.losses)
    this.post()
  }

  post(): void {
    this.attempt += 1
    this.scheduler.schedule(this.halfTripMs, arrive, this)
  }

  /** The batch is at logplex. */
  arrive(): void {
    const { scheduler, halfTripMs } = this
    const { trouble } = this.input
    if (trouble === 'none') {
      scheduler.schedule(POST_TIMEOUT_MS - halfTripMs, fail, this, PAUSE_MS)
    } else if (trouble === 'closed') {
      scheduler.schedule(halfTripMs, fail, this, CLOSED_PAUSE_MS)
    } else {
      if (trouble === 'error') this.refuse()
      else this.handIn()
      scheduler.schedule(halfTripMs, finish, this)
    }
  }

  /** The attempt has failed. */
  fail(pauseMs: number): void {
    if (this.attempt < ATTEMPTS_MAX && this.shuttle.fill < FILL_TO_GIVE_UP) {
      this.scheduler.schedule(this.attempt * pauseMs, postAgain, this)
      return
    }
    const { batch, shuttle } = this
    this.lost += batch.length
    shuttle.losses.add(batch.length, this.channel.nowMicros)
    shuttle.release(batch)
    this.finish()
  }

  /** The outlet is through with its batch. */
  finish(): void {
    const next = this.shuttle.nextBatch()
    if (next === null) this.isIdle = true
    else this.send(next)
  }

  private handIn(): void {
    this.tell('L12', 'dropped', this.drops)
    this.tell('L13', 'lost', this.losses)
    const { batch } = this
    for (let index = 0; index < batch.length; index += 1) this.input.take(batch.row(index))
    this.shuttle.release(batch)
  }

  private refuse(): void {
    this.refused += this.batch.length
    this.shuttle.release(this.batch)
  }

  private tell(code: 'L12' | 'L13', what: 'dropped' | 'lost', loss: Loss): void {
    if (loss.count === 0) return
    const { report, channel } = this
    const since = formatTimestamp(loss.sinceMicros, channel.generation)
    report.atMicros = channel.nowMicros
    report.process = SHUTTLE_PROCESS
    report.text = `Error ${code}: ${loss.count} messages ${what} since ${since}.`
    if (this.input.take(report)) this.reported += loss.count
  }
}

function arrive(outlet: ShuttleOutlet): void {
  outlet.arrive()
}

function fail(outlet: ShuttleOutlet, pauseMs: number): void {
  outlet.fail(pauseMs)
}

function postAgain(outlet: ShuttleOutlet): void {
  outlet.post()
}

function finish(outlet: ShuttleOutlet): void {
  outlet.finish()
}
