import type { Exchange } from './exchange.js'

/** Exchanges that wait in a router, first come first served; any of them can leave in between. */
export class ExchangeQueue {
  length = 0
  private first: Exchange | null = null
  private last: Exchange | null = null

  get head(): Exchange | null {
    return this.first
  }

  push(exchange: Exchange): void {
    exchange.previous = this.last
    exchange.next = null
    exchange.queued = true
    if (this.last === null) this.first = exchange
    else this.last.next = exchange
    this.last = exchange
    this.length += 1
  }

  remove(exchange: Exchange): void {
    if (!exchange.queued) return
    if (exchange.previous === null) this.first = exchange.next
    else exchange.previous.next = exchange.next
    if (exchange.next === null) this.last = exchange.previous
    else exchange.next.previous = exchange.previous
    exchange.previous = null
    exchange.next = null
    exchange.queued = false
    this.length -= 1
  }
}
