import type { Exchange } from './exchange.js'

/** Exchanges that wait in a router, oldest first; any of them can leave in between. */
export class ExchangeQueue {
  length = 0
  head: Exchange | null = null
  private last: Exchange | null = null

  /** Adds an exchange behind all others. */
  push(exchange: Exchange): void {
    exchange.queue = this
    exchange.previous = this.last
    exchange.next = null
    if (this.last === null) this.head = exchange
    else this.last.next = exchange
    this.last = exchange
    this.length += 1
  }

  /** Adds an exchange before all others: one that had left the queue already. */
  putBack(exchange: Exchange): void {
    exchange.queue = this
    exchange.previous = null
    exchange.next = this.head
    if (this.head === null) this.last = exchange
    else this.head.previous = exchange
    this.head = exchange
    this.length += 1
  }

  /** Takes an exchange out that is in this queue. */
  remove(exchange: Exchange): void {
    if (exchange.previous === null) this.head = exchange.next
    else exchange.previous.next = exchange.next
    if (exchange.next === null) this.last = exchange.previous
    else exchange.next.previous = exchange.previous
    exchange.queue = null
    exchange.previous = null
    exchange.next = null
    this.length -= 1
  }
}
