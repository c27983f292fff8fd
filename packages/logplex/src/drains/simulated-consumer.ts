import type { Scheduler } from '@celadon/contracts'
import { argumentInvalid, requireInOrder } from '../errors.js'
import type {
  BatchAnswer,
  ConnectAnswer,
  DrainBatch,
  DrainCall,
  DrainConsumer,
} from './consumer.js'

/** A guess: a receiver in the same region. */
const DEFAULT_CONNECT_MS = 2
/** A guess: a receiver in the same region that only queues. */
const DEFAULT_ANSWER_MS = 1
const NO_CONTENT = 204

/** A time in which a simulated consumer is down. */
export interface ConsumerOutage {
  /** Milliseconds of virtual time at which it begins. Unless it is silent, a connection breaks off. */
  readonly fromMs: number
  /** Milliseconds of virtual time at which it is over. */
  readonly toMs: number
  /** `refuses` connections at once, or is `silent`: nothing is answered. Default `refuses`. */
  readonly manner?: 'refuses' | 'silent'
}

/** How a simulated consumer behaves. Times are milliseconds of virtual time. */
export interface SimulatedConsumerOptions {
  /** `@celadon/kernel`'s `Simulation` is one. */
  readonly scheduler: Scheduler
  /** Time that a connection takes. Default 2, a guess. */
  readonly connectMs?: number
  /** Messages that it works off in a second, one batch after the other. Default: no limit. */
  readonly messagesPerSecond?: number
  /** Time from the end of that work to the answer. Default 1, a guess. */
  readonly answerMs?: number
  /** HTTP status of the answer to a batch. Default: always 204. */
  readonly status?: (batch: DrainBatch) => number
  /** Whether the certificate is one that logplex trusts. Default true. */
  readonly trusted?: boolean
  /** When it is down, in the order of time and apart from each other. Default: never. */
  readonly outages?: readonly ConsumerOutage[]
  /** Gets each batch when the work on it is done, whatever the answer. Default: nobody does. */
  readonly receive?: (batch: DrainBatch) => void
}

/**
 * A consumer of a drain, prompt unless told otherwise: slow by `messagesPerSecond`, late by
 * `answerMs`, dead or flapping by `outages`, refusing by `status`. Make one for each drain.
 *
 * @throws `LOGPLEX_ARGUMENT_INVALID` when a time is negative, the speed is not above 0, or the outages
 * are out of order
 */
export function simulatedConsumer(options: SimulatedConsumerOptions): DrainConsumer {
  return new SimulatedConsumer(options)
}

class SimulatedConsumer implements DrainConsumer {
  private readonly options: Required<SimulatedConsumerOptions>
  private readonly messageMs: number
  private working = false
  /** Batches on which the work has not begun. */
  private readonly waiting: Work[] = []
  /** The attempt that opened the connection; null when there is none. */
  private line: DrainCall<ConnectAnswer> | null = null

  constructor(options: SimulatedConsumerOptions) {
    this.options = {
      connectMs: DEFAULT_CONNECT_MS,
      messagesPerSecond: Number.POSITIVE_INFINITY,
      answerMs: DEFAULT_ANSWER_MS,
      status: noContent,
      trusted: true,
      outages: [],
      receive: ignore,
      ...options,
    }
    const { scheduler, outages } = this.options
    requireSound(this.options)
    this.messageMs = 1000 / this.options.messagesPerSecond
    for (const { fromMs } of outages) {
      if (fromMs >= scheduler.now) scheduler.schedule(fromMs - scheduler.now, breakOff, this)
    }
  }

  connect(call: DrainCall<ConnectAnswer>): void {
    const { scheduler, connectMs, trusted } = this.options
    const outage = this.outage()
    this.line = call
    if (outage?.manner === 'silent') return
    const answer = outage !== null ? 'refused' : trusted ? 'open' : 'bad certificate'
    scheduler.schedule(connectMs, tell, new Telling(call, answer))
  }

  receive(batch: DrainBatch, call: DrainCall<BatchAnswer>): void {
    this.waiting.push(new Work(this, batch, call, this.options.scheduler.now))
    this.begin()
  }

  /** Work that has not begun is not begun any more: nobody waits for it. */
  closed(): void {
    this.line = null
    this.waiting.length = 0
  }

  /** The work on a batch is done. */
  worked({ batch, call, atMs }: Work): void {
    this.working = false
    const { scheduler, receive, status, answerMs } = this.options
    if (!this.wasDownSince(atMs)) {
      receive(batch)
      const answer = batch.headers === null ? 'taken' : status(batch)
      scheduler.schedule(answerMs, tell, new Telling(call, answer))
    }
    this.begin()
  }

  private begin(): void {
    if (this.working) return
    const next = this.waiting.shift()
    if (next === undefined) return
    this.working = true
    this.options.scheduler.schedule(next.batch.messages * this.messageMs, work, next)
  }

  /** An outage begins. */
  breakOff(): void {
    const { line } = this
    if (line === null || this.outage()?.manner === 'silent') return
    // One of the two is heard: the answer while the connection is being made, the other afterwards.
    line.answer('refused')
    line.hangUp()
  }

  private outage(): ConsumerOutage | null {
    const { outages, scheduler } = this.options
    const { now } = scheduler
    return outages.find(({ fromMs, toMs }) => now >= fromMs && now < toMs) ?? null
  }

  /** An outage loses what is being worked on. */
  private wasDownSince(startMs: number): boolean {
    const { outages, scheduler } = this.options
    return outages.some(({ fromMs, toMs }) => fromMs <= scheduler.now && toMs > startMs)
  }
}

/** A batch on its way through a consumer. */
class Work {
  constructor(
    readonly consumer: SimulatedConsumer,
    readonly batch: DrainBatch,
    readonly call: DrainCall<BatchAnswer>,
    /** When it came. */
    readonly atMs: number,
  ) {}
}

/** An answer on its way to the drain. */
class Telling<Answer> {
  constructor(
    readonly call: DrainCall<Answer>,
    readonly answer: Answer,
  ) {}
}

function work(done: Work): void {
  done.consumer.worked(done)
}

function tell<Answer>({ call, answer }: Telling<Answer>): void {
  call.answer(answer)
}

function breakOff(consumer: SimulatedConsumer): void {
  consumer.breakOff()
}

function noContent(): number {
  return NO_CONTENT
}

function ignore(): void {}

function requireSound(options: Required<SimulatedConsumerOptions>): void {
  const { connectMs, answerMs, messagesPerSecond, outages } = options
  if (!(connectMs >= 0 && answerMs >= 0)) {
    throw argumentInvalid(
      `connectMs and answerMs must be 0 or more, but were ${connectMs} and ${answerMs}`,
    )
  }
  if (!(messagesPerSecond > 0)) {
    throw argumentInvalid(`messagesPerSecond must be above 0, but was ${messagesPerSecond}`)
  }
  requireInOrder('outages', outages)
}
