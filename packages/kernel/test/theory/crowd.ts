import fc from 'fast-check'
import { createSimulation, type Simulation, TimeWeighted } from '../../src/index.js'
import { Customer } from './arrivals.js'
import { LastComeFirst, type Line, LowestRankFirst } from './lines.js'
import { Station, type StationOptions } from './station.js'

const RANKS = 3

export interface CrowdSetting {
  readonly seed: number
  readonly customers: number
  readonly servers: number
  readonly places: number
  /** Means; whole milliseconds are drawn, 0 included. */
  readonly gapMs: number
  readonly demandMs: number
  readonly discipline: 'first' | 'last' | 'rank'
}

export const crowdSettings: fc.Arbitrary<CrowdSetting> = fc.record({
  seed: fc.nat(),
  customers: fc.integer({ min: 1, max: 2000 }),
  servers: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(1500)),
  places: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(Number.POSITIVE_INFINITY)),
  gapMs: fc.integer({ min: 1, max: 20 }),
  demandMs: fc.integer({ min: 1, max: 2000 }),
  discipline: fc.constantFrom('first', 'last', 'rank'),
})

/**
 * A crowd whose arrivals are all scheduled beforehand, so that thousands of events wait. Times are
 * whole milliseconds: sums of them are exact, and many events fall on the same moment.
 */
export class Crowd {
  readonly simulation: Simulation
  readonly station: Station
  /** In the order of their arrival. */
  readonly customers: readonly Customer[]
  readonly arrivalsMs: readonly number[]
  readonly inSystem: TimeWeighted = new TimeWeighted()
  arrived = 0
  left = 0
  /** What went wrong, if anything did. */
  readonly faults: string[] = []
  private lastNow = 0

  constructor(private readonly setting: CrowdSetting) {
    const simulation = createSimulation({ seed: setting.seed })
    const gaps = simulation.stream('gaps')
    const demands = simulation.stream('demands')
    const ranks = simulation.stream('ranks')
    let atMs = 0
    this.simulation = simulation
    this.station = new Station(simulation, optionsOf(setting), () => {
      this.left += 1
      this.inspect()
    })
    this.arrivalsMs = Array.from({ length: setting.customers }, () => {
      atMs += gaps.below(2 * setting.gapMs + 1)
      return atMs
    })
    this.customers = this.arrivalsMs.map(
      () => new Customer(demands.below(2 * setting.demandMs + 1), ranks.below(RANKS)),
    )
    this.arrivalsMs.forEach((time, index) => {
      simulation.schedule(time, arrive, this, index)
    })
  }

  arrive(index: number): void {
    if (index !== this.arrived) this.faults.push(`${index} came as number ${this.arrived}`)
    if (this.simulation.now !== this.arrivalsMs[index]) this.faults.push(`${index} came untimely`)
    this.arrived += 1
    this.station.arrive(this.customers[index] as Customer)
    this.inspect()
  }

  /** Notes what must never be seen, after each event. */
  private inspect(): void {
    const { station, arrived, left, setting } = this
    const { now } = this.simulation
    if (now < this.lastNow) this.faults.push(`the clock ran back to ${now}`)
    if (arrived !== left + station.lost + station.length) this.faults.push(`lost count at ${now}`)
    if (station.busy < Math.min(setting.servers, station.length)) this.faults.push(`idle at ${now}`)
    this.lastNow = now
    this.inSystem.set(station.length, now)
  }
}

function arrive(crowd: Crowd, index: number): void {
  crowd.arrive(index)
}

function optionsOf({ servers, places, discipline }: CrowdSetting): StationOptions {
  const lines: { readonly [discipline: string]: () => Line } = {
    last: () => new LastComeFirst(),
    rank: () => new LowestRankFirst(RANKS),
  }
  const line = lines[discipline]?.()
  return line === undefined ? { servers, places } : { servers, places, line }
}
