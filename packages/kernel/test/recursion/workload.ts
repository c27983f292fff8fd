import fc from 'fast-check'
import { createSimulation, RandomStream, type Simulation } from '../../src/index.js'
import { Customer } from './event-station.js'

/** Customers from outside. Both ways to compute a model are given the same ones. */
export interface Workload {
  /** Time between a customer and the one before. */
  readonly gapsMs: Float64Array
  readonly demandsMs: Float64Array
}

const SMOOTH = ['exponential', 'lognormal', 'uniform'] as const
/** With these, many things happen at exactly the same time. */
const TIED = ['constant', 'lattice'] as const
type Shape = (typeof SMOOTH)[number] | (typeof TIED)[number]

function draw(shape: Shape, stream: RandomStream, mean: number): number {
  switch (shape) {
    case 'exponential':
      return stream.exponential(mean)
    case 'lognormal':
      return mean * Math.exp(2 * stream.normal() - 2)
    case 'uniform':
      return 2 * mean * stream.float()
    case 'constant':
      return mean
    case 'lattice':
      return mean * stream.below(3)
  }
}

export function drawn(seed: string, count: number, shape: Shape, mean: number): Float64Array {
  const stream = new RandomStream(seed)
  return new Float64Array(count).map(() => draw(shape, stream, mean))
}

/** Loads from nearly nothing to many times what the servers can do, when `servers` is up to 80. */
function workloads(shapes: readonly Shape[]): fc.Arbitrary<Workload> {
  const mean = fc.integer({ min: 1, max: 40 })
  return fc
    .record({
      seed: fc.string(),
      count: fc.integer({ min: 1, max: 600 }),
      gap: fc.constantFrom(...shapes),
      gapMs: mean,
      demand: fc.constantFrom(...shapes),
      demandMs: mean.chain((low) => fc.constantFrom(low, 10 * low, low / 10)),
    })
    .map(({ seed, count, gap, gapMs, demand, demandMs }) => ({
      gapsMs: drawn(`${seed}/gaps`, count, gap, gapMs),
      demandsMs: drawn(`${seed}/demands`, count, demand, demandMs),
    }))
}

export const anyWorkload: fc.Arbitrary<Workload> = workloads([...SMOOTH, ...TIED])
export const workloadWithoutTies: fc.Arbitrary<Workload> = workloads(SMOOTH)

/** When each customer comes, added up as the simulation's clock does. */
export function arrivalsOf({ gapsMs }: Workload): Float64Array {
  let nowMs = 0
  return gapsMs.map((gapMs) => {
    nowMs += gapMs
    return nowMs
  })
}

/** Lets the customers come to a model with events, and runs it to its end. */
export function play(
  workload: Workload,
  model: (simulation: Simulation) => (customer: Customer) => void,
): readonly Customer[] {
  const { gapsMs, demandsMs } = workload
  const simulation = createSimulation()
  const receive = model(simulation)
  const customers: Customer[] = []
  const arrive = (_: null, index: number): void => {
    if (index + 1 < gapsMs.length) {
      simulation.schedule(gapsMs[index + 1] as number, arrive, null, index + 1)
    }
    const customer = new Customer(index, demandsMs[index] as number)
    customers.push(customer)
    receive(customer)
  }
  simulation.schedule(gapsMs[0] as number, arrive, null, 0)
  simulation.run()
  return customers
}

/** Where two results differ first, bit for bit but for the sign of 0; null when nowhere. */
export function firstDifference(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
): string | null {
  if (found.length !== expected.length) return `${found.length} and ${expected.length} values`
  for (let index = 0; index < found.length; index += 1) {
    const [a, b] = [found[index] as number, expected[index] as number]
    if (a !== b && !(Number.isNaN(a) && Number.isNaN(b))) return `${a}, not ${b}, at ${index}`
  }
  return null
}
