import { Fifo } from '@celadon/kernel'
import type { LogChannel } from '../channel/log-channel.js'
import { LogRow } from '../channel/log-row.js'
import type { LogplexOutage, OutageAnswer, ResolvedDelivery } from './options.js'

/** Messages that wait in logplex at most. Source: logplex's source, `queue_length`. */
const QUEUE_LINES_MAX = 2000

/** The process in whose name log-shuttle reports. */
export const SHUTTLE_PROCESS = 'log-shuttle'

/** Logplex as the dynos see it: it answers or does not, and works through what it takes. */
export class LogplexInput {
  /** Lines of processes that reached the app's log. */
  delivered = 0
  /** Lines of processes that found the queue full. */
  overflowed = 0
  /** Lines of processes in the queue. */
  waiting = 0

  private readonly scheduler: ResolvedDelivery['scheduler']
  private readonly outages: readonly LogplexOutage[]
  private readonly lineMs: number
  private readonly queue = new Fifo<LogRow>()

  constructor(
    options: ResolvedDelivery,
    private readonly channel: LogChannel,
  ) {
    this.scheduler = options.scheduler
    this.outages = options.outages
    this.lineMs = 1000 / options.linesPerSecond
  }

  /** What a POST gets that arrives now; `null` when all is well. */
  get trouble(): OutageAnswer | null {
    const { now } = this.scheduler
    for (const { fromMs, toMs, answer = 'none' } of this.outages) {
      if (now >= fromMs && now < toMs) return answer
    }
    return null
  }

  /** Takes a line in; false when the queue is full. The row may be written over afterwards. */
  take(row: LogRow): boolean {
    const isLine = row.process !== SHUTTLE_PROCESS
    if (this.lineMs === 0) {
      if (isLine) this.delivered += 1
      this.channel.add(row)
      return true
    }
    if (this.queue.length >= QUEUE_LINES_MAX) {
      if (isLine) this.overflowed += 1
      return false
    }
    if (isLine) this.waiting += 1
    this.queue.push(Object.assign(new LogRow(), row))
    if (this.queue.length === 1) this.scheduler.schedule(this.lineMs, workThrough, this)
    return true
  }

  /** The line at the head of the queue is done. */
  finish(): void {
    const row = this.queue.shift()
    if (row === null) return
    if (row.process !== SHUTTLE_PROCESS) {
      this.waiting -= 1
      this.delivered += 1
    }
    this.channel.add(row)
    if (this.queue.length > 0) this.scheduler.schedule(this.lineMs, workThrough, this)
  }
}

function workThrough(input: LogplexInput): void {
  input.finish()
}
