import { Fifo } from '../../src/index.js'
import type { Customer } from './arrivals.js'

/** Where customers wait; `shift` takes the one that is served next. The kernel's Fifo is one. */
export interface Line {
  readonly length: number
  push(customer: Customer): void
  shift(): Customer | null
}

/** Last come, first served. */
export class LastComeFirst implements Line {
  private readonly customers: Customer[] = []

  get length(): number {
    return this.customers.length
  }

  push(customer: Customer): void {
    this.customers.push(customer)
  }

  shift(): Customer | null {
    return this.customers.pop() ?? null
  }
}

/** The lowest rank first; within a rank, first come, first served. */
export class LowestRankFirst implements Line {
  length = 0
  private readonly ranks: readonly Fifo<Customer>[]

  constructor(ranks: number) {
    this.ranks = Array.from({ length: ranks }, () => new Fifo<Customer>())
  }

  push(customer: Customer): void {
    this.length += 1
    this.ranks[customer.rank]?.push(customer)
  }

  shift(): Customer | null {
    for (const rank of this.ranks) {
      if (rank.length === 0) continue
      this.length -= 1
      return rank.shift()
    }
    return null
  }
}
