// M/M/1 whose customers give up when service has not begun after a constant time: Barrer's formula.
// Every customer who waits arms a timer of one ring, which is cancelled when service begins.
import { describe, expect, test } from 'vitest'
import { createSimulation, Fifo, type Simulation, type Timeout } from '../../src/index.js'
import { type Customer, exponentialDraw, open } from './arrivals.js'
import { barrer } from './formulas.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const DEMAND_MS = 10
const CUSTOMERS = 2_000_000

class Waiter {
  ticket = -1
  gaveUp = false

  constructor(
    readonly counter: Counter,
    readonly customer: Customer,
  ) {}
}

/** One server; who has lost patience is passed over. */
class Counter {
  /** Customers who gave up after another time than the patience. */
  untimely = 0
  /** Customers whose timer could not be cancelled though it had not expired. */
  stuck = 0
  readonly gaveUp = new SteadyMean()
  private busy = false
  private readonly line = new Fifo<Waiter>()
  private readonly patience: Timeout<Waiter>

  constructor(
    private readonly simulation: Simulation,
    patienceMs: number,
  ) {
    this.patience = simulation.timeout(patienceMs, giveUp)
  }

  arrive(customer: Customer): void {
    customer.arrivedAt = this.simulation.now
    const waiter = new Waiter(this, customer)
    if (this.busy) {
      waiter.ticket = this.patience.arm(waiter)
      this.line.push(waiter)
    } else {
      this.serve(waiter)
    }
  }

  giveUp(waiter: Waiter): void {
    const { simulation, patience } = this
    if (simulation.now !== waiter.customer.arrivedAt + patience.delayMs) this.untimely += 1
    waiter.gaveUp = true
    this.gaveUp.record(1)
  }

  /** Ends a service and begins the next. */
  finish(): void {
    this.busy = false
    for (let next = this.line.shift(); next !== null; next = this.line.shift()) {
      if (next.gaveUp) continue
      if (!this.patience.cancel(next.ticket)) this.stuck += 1
      this.serve(next)
      return
    }
  }

  private serve({ customer }: Waiter): void {
    this.busy = true
    this.gaveUp.record(0)
    this.simulation.schedule(customer.demandMs, finish, this)
  }
}

function finish(counter: Counter): void {
  counter.finish()
}

function giveUp(waiter: Waiter): void {
  waiter.counter.giveUp(waiter)
}

function observe(load: number, patienceMs: number): Counter {
  const simulation = createSimulation({ seed: 'patience' })
  const counter = new Counter(simulation, patienceMs)
  const arrivals = {
    gap: exponentialDraw(simulation.stream('gaps'), DEMAND_MS / load),
    demand: exponentialDraw(simulation.stream('demands'), DEMAND_MS),
    customers: CUSTOMERS,
  }
  open(simulation, arrivals, (customer) => counter.arrive(customer))
  simulation.run()
  return counter
}

describe('M/M/1 with a constant patience', () => {
  const patienceMs = 25

  for (const load of [0.8, 1.2]) {
    const theory = barrer(load / DEMAND_MS, 1 / DEMAND_MS, patienceMs)
    const { gaveUp, stuck, untimely } = observe(load, patienceMs)

    test(`loses as many as Barrer says at load ${load}`, () => {
      expectMean(gaveUp, theory, 0.015)
      expectOther(gaveUp, barrer(load / DEMAND_MS, 1 / DEMAND_MS, 1.05 * patienceMs))
    })

    test(`gives up exactly when the patience ends at load ${load}`, () => {
      expect({ stuck, untimely }).toEqual({ stuck: 0, untimely: 0 })
    })

    test(`with 5 % less patience is found out at load ${load}`, () => {
      expectOther(observe(load, 0.95 * patienceMs).gaveUp, theory)
    })
  }
})
