import { Fifo, type Simulation, type Timeout } from '../../src/index.js'

export class Customer {
  /** When service began; NaN when it did not. */
  startMs: number = Number.NaN
  patience = -1
  gaveUp = false

  constructor(
    readonly index: number,
    readonly demandMs: number,
  ) {}
}

export interface EventStationOptions {
  readonly servers: number
  /** Places in the line. Default: any number. */
  readonly places?: number
  /** Who waits longer leaves. Default: nobody does. */
  readonly patienceMs?: number
  readonly onEnd?: (customer: Customer) => void
}

/** What a `FifoStation` computes, as a model with events. */
export class EventStation {
  /** How many waited when the last customer came. */
  found = 0
  private busy = 0
  private waiting = 0
  private readonly line = new Fifo<Customer>()
  private readonly patience: Timeout<Customer> | null

  constructor(
    private readonly simulation: Simulation,
    private readonly options: EventStationOptions,
  ) {
    const { patienceMs } = options
    const giveUp = (customer: Customer): void => {
      customer.gaveUp = true
      this.waiting -= 1
    }
    this.patience = patienceMs === undefined ? null : simulation.timeout(patienceMs, giveUp)
  }

  /** Customers in service and waiting. */
  get length(): number {
    return this.busy + this.waiting
  }

  arrive(customer: Customer): void {
    const { servers, places = Number.POSITIVE_INFINITY } = this.options
    this.found = this.waiting
    if (this.busy < servers) {
      this.busy += 1
      this.serve(customer)
    } else if (this.waiting < places) {
      customer.patience = this.patience?.arm(customer) ?? -1
      this.waiting += 1
      this.line.push(customer)
    }
  }

  end(customer: Customer): void {
    const next = this.next()
    if (next === null) {
      this.busy -= 1
    } else {
      this.waiting -= 1
      this.patience?.cancel(next.patience)
      this.serve(next)
    }
    this.options.onEnd?.(customer)
  }

  private next(): Customer | null {
    for (let next = this.line.shift(); next !== null; next = this.line.shift()) {
      if (!next.gaveUp) return next
    }
    return null
  }

  private serve(customer: Customer): void {
    const { simulation } = this
    customer.startMs = simulation.now
    simulation.schedule(customer.demandMs, (station) => station.end(customer), this as EventStation)
  }
}
