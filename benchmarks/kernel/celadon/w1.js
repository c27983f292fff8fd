import { createSimulation, Fifo } from '@celadon/kernel'
import { measure } from '../common/measure.js'
import { seededStream } from '../common/streams.js'

const ARRIVAL_RATE = 0.9

/** One server and its customers: the times at which those came who are in the system. */
class Station {
  constructor(customers) {
    this.simulation = createSimulation()
    this.arrivals = seededStream(1, 2, 3, 4)
    this.services = seededStream(5, 6, 7, 8)
    this.arrivedAt = new Fifo()
    this.customers = customers
    this.departed = 0
    this.sum = 0
  }
}

function arrive(station) {
  station.arrivedAt.push(station.simulation.now)
  if (station.arrivedAt.length === 1) serve(station)
}

function serve(station) {
  station.simulation.schedule(station.services.exponential(1), depart, station)
}

function depart(station) {
  station.sum += station.simulation.now - station.arrivedAt.shift()
  station.departed += 1
  if (station.departed >= station.customers) station.simulation.pause()
  if (station.arrivedAt.length > 0) serve(station)
}

measure((customers) => {
  const station = new Station(customers)
  const { simulation, arrivals } = station
  simulation.source(() => arrivals.exponential(1) / ARRIVAL_RATE, arrive, station)
  simulation.run()
  return { operations: station.departed, statistics: { mean: station.sum / station.departed } }
})
