import { Fifo, type Simulation } from '../../src/index.js'
import type { Customer } from './arrivals.js'
import type { Line } from './lines.js'

export interface StationOptions {
  /** Default 1. */
  readonly servers?: number
  /** Customers that fit in, those in service included. Default: any number. */
  readonly places?: number
  /** Default: first come, first served. */
  readonly line?: Line
}

/** Servers with one line before them. Who finds no place is lost. */
export class Station {
  /** Customers in service. */
  busy = 0
  lost = 0
  private readonly servers: number
  private readonly places: number
  private readonly line: Line

  constructor(
    readonly simulation: Simulation,
    options: StationOptions,
    readonly onLeave: (customer: Customer) => void,
  ) {
    const { servers = 1, places = Number.POSITIVE_INFINITY, line = new Fifo<Customer>() } = options
    this.servers = servers
    this.places = places
    this.line = line
  }

  /** Customers in service and waiting. */
  get length(): number {
    return this.busy + this.line.length
  }

  /** Takes a customer in, or loses it and returns false. */
  arrive(customer: Customer): boolean {
    if (this.length >= this.places) {
      this.lost += 1
      return false
    }
    customer.station = this
    customer.arrivedAt = this.simulation.now
    if (this.busy < this.servers) this.serve(customer)
    else this.line.push(customer)
    return true
  }

  /** Ends the service of a customer and begins that of the next. */
  finish(customer: Customer): void {
    this.busy -= 1
    const next = this.line.shift()
    if (next !== null) this.serve(next)
    customer.leftAt = this.simulation.now
    this.onLeave(customer)
  }

  private serve(customer: Customer): void {
    this.busy += 1
    customer.startedAt = this.simulation.now
    this.simulation.schedule(customer.demandMs, finish, customer)
  }
}

function finish(customer: Customer): void {
  customer.station?.finish(customer)
}
