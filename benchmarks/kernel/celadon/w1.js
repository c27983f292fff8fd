import { createSimulation } from '@celadon/kernel'
import { measure } from '../common/measure.js'
import { seededStream } from '../common/streams.js'

const ARRIVAL_RATE = 0.9

/** At a load of 0.9 that many customers have probability 0.9^65536. */
const RING = 65_536

/** One server; a ring has the times at which those came who are in the system. */
class Station {
  constructor(customers) {
    this.simulation = createSimulation()
    this.arrivals = seededStream(1, 2, 3, 4)
    this.services = seededStream(5, 6, 7, 8)
    this.arrivedAt = new Float64Array(RING)
    this.first = 0
    this.end = 0
    this.customers = customers
    this.departed = 0
    this.sum = 0
  }
}

function arrive(station) {
  station.arrivedAt[station.end % RING] = station.simulation.now
  station.end += 1
  if (station.end - station.first === 1) serve(station)
}

function serve(station) {
  station.simulation.schedule(station.services.exponential(1), depart, station)
}

function depart(station) {
  station.sum += station.simulation.now - station.arrivedAt[station.first % RING]
  station.first += 1
  station.departed += 1
  if (station.departed >= station.customers) station.simulation.pause()
  if (station.first !== station.end) serve(station)
}

measure((customers) => {
  const station = new Station(customers)
  const { simulation, arrivals } = station
  simulation.source(() => arrivals.exponential(1) / ARRIVAL_RATE, arrive, station)
  simulation.run()
  return { operations: station.departed, statistics: { mean: station.sum / station.departed } }
})
