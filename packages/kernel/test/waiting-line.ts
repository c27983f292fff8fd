import {
  createSimulation,
  type Distribution,
  exponential,
  type RandomStream,
  Sampler,
  type Simulation,
} from '../src/index.js'

export interface WaitingLineOptions {
  readonly seed: string
  /** Arrivals a millisecond, in all. */
  readonly arrivalRate: number
  readonly service: Distribution
  /** Servers of each line. Default 1. */
  readonly servers?: number
  /** Lines that an arrival chooses from at random. Default 1. */
  readonly lines?: number
  /** Who is served next. Default `first`. */
  readonly next?: 'first' | 'last'
  readonly customers: number
}

interface Line {
  idle: number
  readonly waiting: Customer[]
  head: number
}

interface Customer {
  readonly line: Line
  readonly arrivedAt: number
  readonly serviceMs: number
}

interface Model {
  readonly simulation: Simulation
  readonly gaps: Sampler
  readonly services: Sampler
  readonly choice: RandomStream
  readonly lines: readonly Line[]
  readonly lastComeFirst: boolean
  readonly customers: number
  readonly waits: number[]
}

/** Waiting times of the customers of a queueing system, in the order in which service began. */
export function waitingTimes(options: WaitingLineOptions): number[] {
  const { seed, arrivalRate, service, servers = 1, lines = 1, next = 'first', customers } = options
  const simulation = createSimulation({ seed })
  const model: Model = {
    simulation,
    gaps: new Sampler(exponential({ mean: 1 / arrivalRate }), simulation.stream('gaps')),
    services: new Sampler(service, simulation.stream('services')),
    choice: simulation.stream('choice'),
    lines: Array.from({ length: lines }, () => ({ idle: servers, waiting: [], head: 0 })),
    lastComeFirst: next === 'last',
    customers,
    waits: [],
  }
  simulation.schedule(model.gaps.next(), arrive, model, 1)
  simulation.run()
  return model.waits
}

function arrive(model: Model, count: number): void {
  const { simulation, lines } = model
  const line = lines[lines.length === 1 ? 0 : model.choice.below(lines.length)] as Line
  const customer = { line, arrivedAt: simulation.now, serviceMs: model.services.next() }
  if (line.idle > 0) {
    line.idle -= 1
    serve(model, customer)
  } else {
    line.waiting.push(customer)
  }
  if (count < model.customers) simulation.schedule(model.gaps.next(), arrive, model, count + 1)
}

function serve(model: Model, customer: Customer): void {
  const { simulation, waits } = model
  waits.push(simulation.now - customer.arrivedAt)
  simulation.schedule(customer.serviceMs, () => leave(model, customer.line), null)
}

function leave(model: Model, line: Line): void {
  const next = model.lastComeFirst ? line.waiting.pop() : line.waiting[line.head++]
  if (next !== undefined) {
    serve(model, next)
    return
  }
  line.waiting.length = 0
  line.head = 0
  line.idle += 1
}
