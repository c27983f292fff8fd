// What the recursion can be asked beside waits: who is lost, who gives up, stations in a row, and
// the choice of the station with the least work. Each against a model with events.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FifoStation, WaitingLine } from '../../src/index.js'
import { Customer, EventStation } from './event-station.js'
import {
  anyWorkload,
  arrivalsOf,
  firstDifference,
  play,
  type Workload,
  workloadWithoutTies,
} from './workload.js'

const LOST = Number.NaN
const servers: fc.Arbitrary<number> = fc.integer({ min: 1, max: 6 })

function startsOf(customers: readonly Customer[]): Float64Array {
  return Float64Array.from(customers, ({ startMs }) => startMs)
}

test('a station with few places loses the same customers', () => {
  const places = fc.integer({ min: 0, max: 40 })
  let lost = 0
  fc.assert(
    fc.property(workloadWithoutTies, servers, places, ({ gapsMs, demandsMs }, servers, places) => {
      const customers = play({ gapsMs, demandsMs }, (simulation) => {
        const station = new EventStation(simulation, { servers, places })
        return (customer) => station.arrive(customer)
      })
      const station = new FifoStation({ servers })
      const line = new WaitingLine()
      const starts = arrivalsOf({ gapsMs, demandsMs }).map((arrivalMs, index) => {
        if (station.freeAtMs > arrivalMs && line.lengthAt(arrivalMs) >= places) return LOST
        const startMs = station.serve(arrivalMs, demandsMs[index] as number)
        line.join(startMs)
        return startMs
      })
      expect(firstDifference(starts, startsOf(customers))).toBeNull()
      lost += starts.filter(Number.isNaN).length
    }),
    { numRuns: 300 },
  )
  expect(lost).toBeGreaterThan(1000)
})

test('everybody finds as many waiting', () => {
  fc.assert(
    fc.property(workloadWithoutTies, servers, (workload, servers) => {
      const found: number[] = []
      play(workload, (simulation) => {
        const station = new EventStation(simulation, { servers })
        return (customer) => {
          station.arrive(customer)
          found.push(station.found)
        }
      })
      const station = new FifoStation({ servers })
      const line = new WaitingLine()
      const lengths = arrivalsOf(workload).map((arrivalMs, index) => {
        const length = line.lengthAt(arrivalMs)
        line.join(station.serve(arrivalMs, workload.demandsMs[index] as number))
        return length
      })
      expect(firstDifference(lengths, found)).toBeNull()
    }),
    { numRuns: 300 },
  )
})

test('the same customers lose their patience', () => {
  const patience = fc.integer({ min: 1, max: 200 })
  let gaveUp = 0
  fc.assert(
    fc.property(workloadWithoutTies, servers, patience, (workload, servers, patienceMs) => {
      const customers = play(workload, (simulation) => {
        const station = new EventStation(simulation, { servers, patienceMs })
        return (customer) => station.arrive(customer)
      })
      const station = new FifoStation({ servers })
      const starts = arrivalsOf(workload).map((arrivalMs, index) =>
        station.freeAtMs > arrivalMs + patienceMs
          ? LOST
          : station.serve(arrivalMs, workload.demandsMs[index] as number),
      )
      expect(firstDifference(starts, startsOf(customers))).toBeNull()
      gaveUp += starts.filter(Number.isNaN).length
    }),
    { numRuns: 300 },
  )
  expect(gaveUp).toBeGreaterThan(1000)
})

describe('stations in a row', () => {
  /** At each station, customers have the demands of others. */
  function demandsInRow({ demandsMs }: Workload, stations: number): readonly Float64Array[] {
    return Array.from({ length: stations }, (_, stage) =>
      demandsMs.map((_, index) => demandsMs[(7 * index + stage) % demandsMs.length] as number),
    )
  }

  /** When service begins at the last station, by customer. */
  function lastStarts(workload: Workload, row: readonly number[]): Float64Array {
    const demands = demandsInRow(workload, row.length)
    const starts = new Float64Array(workload.gapsMs.length)
    play(workload, (simulation) => {
      const stations = row.map((servers, stage) => {
        const onEnd = ({ index, startMs }: Customer): void => {
          starts[index] = startMs
          enter(index, stage + 1)
        }
        return new EventStation(simulation, { servers, onEnd })
      })
      const enter = (index: number, stage: number): void => {
        const demandMs = demands[stage]?.[index] as number
        stations[stage]?.arrive(new Customer(index, demandMs))
      }
      return ({ index }) => enter(index, 0)
    })
    return starts
  }

  test('single servers feed each other in the order of arrival', () => {
    fc.assert(
      fc.property(anyWorkload, fc.integer({ min: 2, max: 4 }), (workload, length) => {
        const row = new Array<number>(length).fill(1)
        const stations = row.map(() => new FifoStation())
        const demands = demandsInRow(workload, length)
        const starts = arrivalsOf(workload).map((arrivalMs, index) => {
          let startMs = 0
          let endMs = arrivalMs
          stations.forEach((station, stage) => {
            const demandMs = demands[stage]?.[index] as number
            startMs = station.serve(endMs, demandMs)
            endMs = startMs + demandMs
          })
          return startMs
        })
        expect(firstDifference(starts, lastStarts(workload, row))).toBeNull()
      }),
    )
  })

  test('several servers do once their customers are sorted', () => {
    fc.assert(
      fc.property(workloadWithoutTies, servers, servers, (workload, first, second) => {
        const station = new FifoStation({ servers: first })
        const [before, after] = demandsInRow(workload, 2)
        const ends = arrivalsOf(workload).map((arrivalMs, index) => {
          const demandMs = before?.[index] as number
          return station.serve(arrivalMs, demandMs) + demandMs
        })
        const order = [...ends.keys()].sort((a, b) => (ends[a] as number) - (ends[b] as number))
        const next = new FifoStation({ servers: second })
        const starts = new Float64Array(ends.length)
        for (const index of order) {
          starts[index] = next.serve(ends[index] as number, after?.[index] as number)
        }
        expect(firstDifference(starts, lastStarts(workload, [first, second]))).toBeNull()
      }),
    )
  })
})

test('single servers chosen by the least work are one station with as many servers', () => {
  fc.assert(
    fc.property(anyWorkload, fc.integer({ min: 1, max: 20 }), (workload, servers) => {
      const singles = Array.from({ length: servers }, () => new FifoStation())
      const station = new FifoStation({ servers })
      const arrivals = arrivalsOf(workload)
      const together = arrivals.map((arrivalMs, index) =>
        station.serve(arrivalMs, workload.demandsMs[index] as number),
      )
      const apart = arrivals.map((arrivalMs, index) =>
        singles
          .reduce((least, single) => (single.freeAtMs < least.freeAtMs ? single : least))
          .serve(arrivalMs, workload.demandsMs[index] as number),
      )
      expect(firstDifference(together, apart)).toBeNull()
    }),
    { numRuns: 300 },
  )
})

test('whoever goes where fewest are is served at the same time', () => {
  const ways = fc.integer({ min: 2, max: 6 })
  fc.assert(
    fc.property(workloadWithoutTies, ways, (workload, ways) => {
      const customers = play(workload, (simulation) => {
        const stations = Array.from(
          { length: ways },
          () => new EventStation(simulation, { servers: 1 }),
        )
        return (customer) => {
          stations
            .reduce((least, each) => (each.length < least.length ? each : least))
            .arrive(customer)
        }
      })
      const stations = Array.from({ length: ways }, () => new FifoStation())
      const lines = stations.map(() => new WaitingLine())
      const starts = arrivalsOf(workload).map((arrivalMs, index) => {
        const demandMs = workload.demandsMs[index] as number
        const lengths = lines.map((line) => line.lengthAt(arrivalMs))
        const way = lengths.indexOf(Math.min(...lengths))
        const startMs = stations[way]?.serve(arrivalMs, demandMs) ?? LOST
        lines[way]?.join(startMs + demandMs)
        return startMs
      })
      expect(firstDifference(starts, startsOf(customers))).toBeNull()
    }),
    { numRuns: 300 },
  )
})

test('a server that hangs for good leaves the others', () => {
  const station = new FifoStation({ servers: 2 })
  expect(station.serve(0, Number.POSITIVE_INFINITY)).toBe(0)
  expect(station.serve(1, 10)).toBe(1)
  expect(station.serve(2, 10)).toBe(11)
  expect(station.serve(3, Number.POSITIVE_INFINITY)).toBe(21)
  expect(station.serve(4, 1)).toBe(Number.POSITIVE_INFINITY)
})
