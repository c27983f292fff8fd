import { type Distribution, type RandomStream, Sampler, type Simulation } from '../../src/index.js'
import type { Station } from './station.js'

/** Draws the next gap or demand. */
export type Draw = () => number

export function exponentialDraw(stream: RandomStream, mean: number): Draw {
  return () => stream.exponential(mean)
}

export function sampledDraw(stream: RandomStream, distribution: Distribution): Draw {
  const sampler = new Sampler(distribution, stream)
  return () => sampler.next()
}

export class Customer {
  arrivedAt = 0
  startedAt = 0
  leftAt = 0
  /** Where the customer is or was last. */
  station: Station | null = null

  /** A count that a model may keep with the customer. */
  tally = 0

  /** @param rank lower ranks go first in a line that looks at ranks */
  constructor(
    public demandMs: number,
    readonly rank: number,
  ) {}

  get waitMs(): number {
    return this.startedAt - this.arrivedAt
  }

  get sojournMs(): number {
    return this.leftAt - this.arrivedAt
  }
}

/** Customers that come from outside, one gap after the other. */
export interface Arrivals {
  readonly gap: Draw
  readonly demand: Draw
  /** Default: 0 for everybody. */
  readonly rank?: Draw
  /** How many come in all. */
  readonly customers: number
}

class Entrance {
  arrived = 0

  constructor(
    readonly simulation: Simulation,
    readonly arrivals: Arrivals,
    readonly receive: (customer: Customer) => void,
  ) {}
}

/** Lets customers arrive, the first one after a gap, and hands each to `receive`. */
export function open(
  simulation: Simulation,
  arrivals: Arrivals,
  receive: (customer: Customer) => void,
): void {
  simulation.schedule(arrivals.gap(), arrive, new Entrance(simulation, arrivals, receive))
}

function arrive(entrance: Entrance): void {
  const { simulation, arrivals, receive } = entrance
  entrance.arrived += 1
  if (entrance.arrived < arrivals.customers) simulation.schedule(arrivals.gap(), arrive, entrance)
  receive(new Customer(arrivals.demand(), arrivals.rank?.() ?? 0))
}
